// What is looked at, kept in the address so that it can be reloaded, shared and gone back from:
// person, channel (id or name), thread (ts), home (app id), list (on a phone: the list of channels).
import { changed, state } from "./store.js";

export function readPlace() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

export function go(place) {
  const next = { person: state.place.person, ...place };
  const kept = Object.entries(next).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const hash = `#${new URLSearchParams(kept)}`;
  if (hash !== location.hash) history.pushState(null, "", hash);
  state.place = Object.fromEntries(kept);
  state.panel = null;
  changed();
}

// With no names, or those of a place that this person does not see, the first channel.
export function settle() {
  const { place, screen } = state;
  if (!screen || place.home || screen.channels.some((each) => [each.id, each.name].includes(place.channel))) return;
  const first = screen.channels.find((each) => each.joined && each.kind !== "im");
  if (first) state.place = { person: place.person, list: place.list, channel: first.id };
}
