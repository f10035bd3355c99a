// Messages, oldest first. It stays at its end while its reader is at its end, and where it is otherwise.
import { h } from "../dom/h.js";
import { lastRead, markRead } from "../state/reading.js";
import { state, told } from "../state/store.js";
import { dayOf } from "../text/dates.js";
import { messageRow } from "./message.js";

const NEAR = 60; // pixels from the end that still count as being there
const TOGETHER = 300; // seconds within which one author's messages stand under one name
const fences = new Map(); // where "new" began when the channel was opened

export function messageList(id, messages, kind) {
  const fence = fenceOf(id, kind);
  const rows = messages.flatMap((message, at) => rowsFor(message, messages[at - 1], fence, kind));
  return h(
    "div",
    {
      class: "messages",
      tabindex: "0",
      role: "region",
      "aria-label": kind === "thread" ? "Replies" : "Messages",
      made: (node) => toEnd(node, id, kind),
      drawn: (node) => keepAtEnd(node, id, kind),
      onscroll: (event) => (event.target.atEnd = isAtEnd(event.target)),
    },
    messages.length === 0 && h("p", { class: "faint nothing" }, "No messages yet."),
    h("ol", {}, rows),
  );
}

function fenceOf(id, kind) {
  if (kind === "thread") return null;
  const key = `${state.screen.person}/${id}`;
  if (fences.get("open") !== key) {
    fences.set("open", key);
    fences.set("at", lastRead(id));
  }
  return fences.get("at");
}

function rowsFor(message, before, fence, kind) {
  const day = dayOf(told(Number(message.ts)));
  const newDay = !before || dayOf(told(Number(before.ts))) !== day;
  const firstNew = fence && message.ts > fence && message.user !== state.screen.person && (!before || before.ts <= fence);
  const joined = !newDay && !firstNew && goesOn(message, before);
  return [
    newDay && h("li", { key: `day:${message.ts}`, class: "line day" }, h("span", {}, day)),
    firstNew && h("li", { key: "new", class: "line new" }, h("span", {}, "New")),
    messageRow(message, joined, kind),
  ].filter(Boolean);
}

function goesOn(message, before) {
  const near = Number(message.ts) - Number(before.ts) < TOGETHER;
  return near && message.user === before.user && !message.seen_by === !before.seen_by && !before.reply_count && !message.app_id;
}

function isAtEnd(node) {
  return node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
}

function toEnd(node, id, kind) {
  node.atEnd = true;
  keepAtEnd(node, id, kind);
  new ResizeObserver(() => node.atEnd && (node.scrollTop = node.scrollHeight)).observe(node);
}

function keepAtEnd(node, id, kind) {
  if (showWanted(node)) return;
  if (node.atEnd) node.scrollTop = node.scrollHeight;
  if (node.atEnd && kind !== "thread" && document.visibilityState === "visible") markRead(id);
}

// A link to a message leads to it once; then the list is its reader's again.
function showWanted(node) {
  const wanted = state.place.message;
  const row = wanted && node.querySelector(`[data-ts="${CSS.escape(wanted)}"]`);
  if (!row || state.shown === location.hash) return false;
  state.shown = location.hash;
  node.atEnd = false;
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
  row.classList.add("sought");
  row.addEventListener("animationend", () => row.classList.remove("sought"), { once: true });
  return true;
}

