// Where one writes: messages, replies, slash commands. Enter sends, Shift+Enter begins a new line.
import { h, icon } from "../dom/h.js";
import { act } from "../state/asks.js";
import { local, touch } from "../state/local.js";
import { words } from "../state/notices.js";
import { state } from "../state/store.js";
import { menu } from "../elements/menu.js";
import { ask } from "./message_menu.js";
import { withIds } from "./names.js";
import { typedByStory } from "./story.js";
import { suggestionKeys, suggestions, suggestFor } from "./suggestions.js";

export function composer({ key, channel, thread, to }) {
  const owner = `${state.place.person}:composer:${key}:${thread ?? ""}`;
  const own = local(owner, "composer", { text: "", problem: "", offered: [], active: 0 });
  const it = { owner, own, channel, thread, redraw: () => touch(owner) };
  return h(
    "div",
    { key: owner, class: "composer" },
    own.problem && h("p", { class: "error", role: "alert" }, own.problem),
    suggestions(it),
    h(
      "div",
      { class: "composer-box" },
      shortcutMenu(owner),
      field(it, thread ? "Reply…" : `Message ${to}`),
      h("button", { type: "button", class: "send", "aria-label": "Send", title: "Send", onclick: (event) => send(it, event.currentTarget.parentElement.querySelector("textarea")) }, icon("send")),
    ),
  );
}

function field(it, label) {
  const open = it.own.offered.length > 0;
  const told = it.thread ? "" : typedByStory();
  const now = told || it.own.told ? { value: it.own.text || told } : null;
  it.own.told = told;
  return h("textarea", {
    rows: "1",
    "aria-label": label,
    placeholder: label,
    "aria-haspopup": "listbox",
    "aria-autocomplete": "list",
    "aria-controls": open ? "suggestions" : null,
    "aria-activedescendant": open ? `suggestion-${it.own.active}` : null,
    first: { value: it.own.text },
    now,
    oninput: (event) => typing(it, event.target),
    onkeydown: (event) => keys(it, event),
    onblur: () => suggestFor(it, null),
  });
}

function typing(it, node) {
  it.own.text = node.value;
  it.own.problem = "";
  suggestFor(it, node);
}

function keys(it, event) {
  if (suggestionKeys(it, event)) return;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send(it, event.target);
}

async function send(it, node) {
  const text = node.value.trim();
  if (!text) return;
  node.value = "";
  Object.assign(it.own, { text: "", problem: "", offered: [] });
  it.redraw();
  try {
    const about = { text: withIds(text), channel: it.channel, ...(it.thread ? { thread: it.thread } : {}) };
    const said = await act("type", about);
    if (said.error) throw new Error(`${text.split(" ")[0]}: ${words(said.error)}`);
  } catch (problem) {
    it.own.problem = problem.message;
    if (!node.value) node.value = it.own.text = text; // nothing that was typed is lost
    it.redraw();
  }
}

function shortcutMenu(owner) {
  const items = state.screen.apps.flatMap((app) =>
    app.shortcuts.filter((each) => each.kind === "global").map((each) => ({ words: each.name, more: app.name, take: () => ask("shortcut", { callback_id: each.callback_id }) })),
  );
  return items.length > 0 && menu(owner, "shortcuts", { label: "Shortcuts", face: icon("bolt"), items });
}
