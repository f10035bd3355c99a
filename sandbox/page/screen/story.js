// A story that a script tells moves the page along, until a human touches the page.
import { post } from "../state/asks.js";
import { channel } from "../state/directory.js";
import { go } from "../state/place.js";
import { state } from "../state/store.js";

const ALONE = new Set(["Shift", "Control", "Alt", "Meta", "F5", "F12"]);
let turnedTo = "{}";

export function watchHands() {
  addEventListener("pointerdown", takeOver, true);
  addEventListener("keydown", (event) => ALONE.has(event.key) || takeOver(event), true);
}

function takeOver(event) {
  const stage = state.screen?.stage;
  if (!event.isTrusted || !stage?.caption || stage.over || stage.taken_over) return;
  if (event.target.closest?.("[data-harmless]")) return;
  stage.taken_over = true;
  post("takeover");
}

// Turns the page where the story looks, once for each time that the story looks somewhere else.
export function keepTurning() {
  const stage = state.screen?.stage;
  const wanted = JSON.stringify(stage?.look ?? {});
  if (!stage || stage.taken_over || wanted === turnedTo) return;
  turnedTo = wanted;
  const { person = state.place.person, ...place } = stage.look;
  const home = place.home && state.screen.apps.find((each) => each.name === place.home || place.home === true);
  const at = { ...place, home: home?.id, channel: channel(place.channel)?.id ?? place.channel };
  if (Object.keys(stage.look).length) go({ ...(Object.keys(place).length ? at : state.place), person });
}
