// Pressing, choosing and filling in, on any surface.
import { act, Refused } from "./asks.js";
import { choose } from "./choices.js";
import { local, touch } from "./local.js";
import { notice, words } from "./notices.js";
import { changed, state } from "./store.js";
import { path } from "./surfaces.js";

const SOON = 150; // typing is told in small heaps, in milliseconds
const TYPED = /_input$/;
const waiting = new Map();
let line = Promise.resolve(); // what is filled in arrives in the order in which it was filled in

// Something was chosen: an action tells the app at once, an input keeps it until it is submitted.
export function chosen(surface, block, element, choice, typed) {
  choose(surface, block, element, choice);
  touch(surface.key);
  if (block.type === "input" && !element.type.includes("external")) return fill(surface, block, element, choice);
  return use(surface, block, element, choice, typed);
}

export function fill(surface, block, element, choice) {
  choose(surface, block, element, choice);
  clearError(surface, block);
  const heap = waiting.get(surface.key) ?? { surface, values: {}, timer: null };
  waiting.set(surface.key, heap);
  (heap.values[block.block_id] ??= {})[element.action_id] = choice;
  clearTimeout(heap.timer);
  heap.timer = setTimeout(() => flush(surface), TYPED.test(element.type) ? SOON : 0);
}

export function flush(surface) {
  const heap = waiting.get(surface.key);
  waiting.delete(surface.key);
  if (heap) {
    clearTimeout(heap.timer);
    line = line.then(() => tell(surface, heap.values));
  }
  return line;
}

async function tell(surface, values) {
  try {
    await act("fill", { ...surface.where, values });
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    const blocks = Object.keys(values);
    if (blocks.length === 1) showError(surface, blocks[0], problem.message);
  }
}

export async function use(surface, block, element, choice, typed) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  await flush(surface);
  const at = path(block, element);
  const busy = local(surface.key, "busy");
  busy[at] = true;
  touch(surface.key);
  try {
    const where = { block_id: block.block_id, action_id: element.action_id, ...surface.where };
    const sure = element.confirm ? { confirm: true } : {};
    const said = await act("use", { ...where, ...sure, choice: choice ?? null, typed: typed ?? "" });
    if (said.error) complain(surface, words(said.error));
  } catch (problem) {
    complain(surface, problem.message);
  } finally {
    delete busy[at];
    touch(surface.key);
  }
}

export function isBusy(surface, block, element) {
  return Boolean(local(surface.key, "busy")[path(block, element)]);
}

export function complain(surface, words_) {
  if (surface.kind !== "modal") return notice(words_);
  local(surface.key, "trouble").words = words_;
  touch(surface.key);
}

export function showError(surface, blockId, words_) {
  local(surface.key, "errors")[blockId] = words_;
  touch(surface.key);
}

function clearError(surface, block) {
  const own = local(surface.key, "errors");
  if (block.block_id in own) {
    delete own[block.block_id];
    touch(surface.key);
  }
}

function confirmed(question) {
  return new Promise((resolve) => {
    const settle = (sure) => {
      state.confirm = null;
      changed();
      resolve(sure);
    };
    state.confirm = { ...question, settle };
    changed();
  });
}
