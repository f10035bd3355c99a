// What blocks stand on, and what a person has made of the inputs on it so far.
import { local } from "./local.js";
import { state } from "./store.js";

// A message may stand in its channel and in the thread beside it: what is opened in one is not opened in the other.
export function ofMessage(message, kind) {
  const where = { channel: message.channel, ts: message.ts };
  return surface(`${kind}:${message.channel}:${message.ts}`, "message", where, message.blocks, message.values);
}

export function ofModal(view) {
  return { ...surface(view.id, "modal", {}, view.blocks, view.state.values, view.errors), view };
}

export function ofHome(view) {
  return surface(`${view.id}`, "home", { home: true, app: view.app_id }, view.blocks, view.state.values);
}

function surface(key, kind, where, blocks, values, errors = {}) {
  forgetChoicesWithoutInput(key, blocks);
  return { key: `${state.place.person}:${key}`, kind, where, blocks, values, errors: { ...errors, ...ownErrors(key) } };
}

export function ownErrors(key) {
  return local(`${state.place.person}:${key}`, "errors");
}

export function choices(key) {
  return local(key, "choices");
}

export const path = (block, element) => `${block.block_id}/${element.action_id}/${element.type}`;

export function interactive(block) {
  const inner = block.type === "actions" ? block.elements : [];
  return [...inner, block.accessory, block.element].filter((each) => each && each.type !== "image");
}

// An input that a redraw took away begins anew when another redraw brings it back.
function forgetChoicesWithoutInput(key, blocks) {
  const there = new Set(blocks.flatMap((block) => interactive(block).map((element) => path(block, element))));
  const made = choices(`${state.place.person}:${key}`);
  for (const each of Object.keys(made)) if (!there.has(each)) delete made[each];
}
