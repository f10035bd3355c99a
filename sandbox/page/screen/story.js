// A story that a script tells moves the page along, until a human touches the page.
import { post } from "../state/asks.js";
import { channel } from "../state/directory.js";
import { go } from "../state/place.js";
import { state } from "../state/store.js";

const ALONE = new Set(["Shift", "Control", "Alt", "Meta", "F5", "F12"]);
let turnedTo = "{}";
let begun = null;
let stepping = false; // held, and yet led from caption to caption

export function watchHands() {
  addEventListener("pointerdown", takeOver, true);
  addEventListener("wheel", takeOver, { capture: true, passive: true });
  addEventListener("keydown", (event) => ALONE.has(event.key) || takeOver(event), true);
}

function takeOver(event) {
  const stage = state.screen?.stage;
  if (!event.isTrusted || !isTold(stage) || event.target.closest?.("[data-harmless]")) return;
  stepping = false;
  if (!stage.playing) return;
  hold();
}

export function isTold(stage) {
  return Boolean(stage?.caption || stage?.opening);
}

export function hold() {
  state.screen.stage.playing = false; // before the workspace says so: the page is its human's at once
  post("takeover");
}

export function step() {
  stepping = true;
  post("next");
}

// What somebody in the story is about to send.
export function typedByStory() {
  const { caption, look } = state.screen.stage;
  return caption && look.person === state.place.person ? (look.typed ?? "") : "";
}

// Turns the page where the story looks, once for each time that the story looks somewhere else or goes on.
export function keepTurning() {
  const stage = state.screen?.stage;
  if (!stage) return;
  beginAnew(stage);
  const wanted = JSON.stringify(stage.look);
  if (!stage.playing && !stage.over && !stepping) turnedTo = "{}";
  else if (wanted !== turnedTo) turn(stage.look, wanted);
}

function turn(look, wanted) {
  turnedTo = wanted;
  if (Object.keys(look).length === 0) return;
  const { person = state.place.person, message, action, block, typed, ...place } = look;
  const home = place.home && state.screen.apps.find((each) => each.name === place.home || place.home === true);
  const at = { ...place, home: home?.id, channel: channel(place.channel)?.id ?? place.channel };
  go({ ...(Object.keys(place).length ? at : state.place), person });
}

// Another workspace stands at this address now: nothing that the page knew is in it.
function beginAnew(stage) {
  begun ??= stage.began;
  if (stage.began === begun) return;
  history.replaceState(null, "", location.pathname);
  location.reload();
}
