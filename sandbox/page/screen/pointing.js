// The message that a told story tells of, and the button that is about to be pressed on it, are pointed at.
import { state } from "../state/store.js";

let pointed = [];
let brought = null;

export function pointAt() {
  const { caption, look, over } = state.screen?.stage ?? {};
  const row = caption && !over && look.message ? document.querySelector(`[data-ts="${CSS.escape(look.message)}"]`) : null;
  const button = row && look.action ? row.querySelector(`[data-action="${CSS.escape(look.action)}"]`) : null;
  const wanted = [row, button].filter(Boolean);
  for (const node of pointed) if (!wanted.includes(node)) node.classList.remove("pointed");
  for (const node of wanted) node.classList.add("pointed");
  pointed = wanted;
  if (row) bringIntoSight(row);
}

// Once for each message that the story comes to: then the list is its reader's.
function bringIntoSight(row) {
  if (brought === row) return;
  brought = row;
  const list = row.closest(".messages");
  row.scrollIntoView({ block: row.offsetHeight > list.clientHeight ? "start" : "nearest" });
}
