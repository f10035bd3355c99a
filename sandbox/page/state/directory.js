// Who and what an id stands for.
import { state } from "./store.js";

export function person(id) {
  return state.screen.people.find((each) => each.id === id);
}

export function byName(id) {
  return person(id)?.real_name ?? id;
}

export function me() {
  return person(state.screen.person);
}

export function humans() {
  return state.screen.people.filter((each) => !each.is_bot);
}

export function group(id) {
  return state.screen.groups.find((each) => each.id === id);
}

export function channel(idOrName) {
  return state.screen.channels.find((each) => each.id === idOrName || each.name === idOrName);
}

export function appOf(user) {
  return state.screen.apps.find((each) => each.bot_user === user);
}

export function app(id) {
  return state.screen.apps.find((each) => each.id === id);
}

export function direct(user) {
  return state.screen.channels.find((each) => each.kind === "im" && each.members.includes(user) && each.joined);
}

export function other(im) {
  return im.members.find((member) => member !== state.screen.person) ?? state.screen.person;
}

export function titleOf(one) {
  return one.kind === "im" ? byName(other(one)) : one.name;
}

export function messagesOf(channelId) {
  return [...(state.messages.get(channelId)?.values() ?? [])].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}
