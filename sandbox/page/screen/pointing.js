// What a told story tells of is pointed at: a message and the button about to be pressed on it, or a part of a form.
import { state } from "../state/store.js";

let pointed = [];
let brought = null;

export function pointAt() {
  const { caption, look, over } = state.screen?.stage ?? {};
  const place = caption && !over ? placeOf(look) : null;
  const button = place && look.action ? place.querySelector(`[data-action="${CSS.escape(look.action)}"]`) : null;
  const wanted = [place, button].filter(Boolean);
  for (const node of pointed) if (!wanted.includes(node)) node.classList.remove("pointed");
  for (const node of wanted) node.classList.add("pointed");
  pointed = wanted;
  if (place) bringIntoSight(place);
  else brought = null;
}

function placeOf(look) {
  if (look.block) return document.querySelector(`.modal-body [data-block="${CSS.escape(look.block)}"]`);
  return look.message ? document.querySelector(`[data-ts="${CSS.escape(look.message)}"]`) : null;
}

// Once for each place that the story comes to: then it is its reader's.
function bringIntoSight(place) {
  if (brought === place) return;
  brought = place;
  const around = place.closest(".messages, .modal-body");
  place.scrollIntoView({ block: place.offsetHeight > around.clientHeight ? "start" : "nearest" });
  around.dispatchEvent(new Event("scroll")); // a list that was at its end stays there no more
}
