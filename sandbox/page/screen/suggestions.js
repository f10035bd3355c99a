// While one types: the commands that begin so, the people and groups whose name begins so.
import { h } from "../dom/h.js";
import { state } from "../state/store.js";
import { namesLike } from "./names.js";

const COMMAND = /^\/[\w-]*$/;
const NAME = /(^|\s)@([\w.-]*)$/;
const MOST = 8;

export function suggestFor(it, node) {
  const before = node ? node.value.slice(0, node.selectionStart) : "";
  const name = NAME.exec(before);
  const offered = COMMAND.test(before) ? commandsLike(before) : name ? namesLike(name[2]) : [];
  if (offered.length === 0 && it.own.offered.length === 0) return it.own.problem === "" && it.redraw();
  Object.assign(it.own, { offered: offered.slice(0, MOST), active: 0 });
  it.redraw();
}

function commandsLike(start) {
  const all = state.screen.apps.flatMap((app) => app.commands.map((each) => ({ ...each, app: app.name })));
  const fits = all.filter((each) => each.name.startsWith(start) && each.name !== start);
  return fits.map((each) => ({ write: each.name, text: `${each.name} ${each.hint}`.trim(), more: each.description || each.app }));
}

export function suggestions(it) {
  const { offered, active } = it.own;
  if (offered.length === 0) return null;
  const row = (each, at) =>
    h(
      "div",
      { id: `suggestion-${at}`, role: "option", class: at === active ? "active" : null, "aria-selected": String(at === active), onclick: (event) => take(it, each, fieldNear(event.target)) },
      h("span", {}, each.text),
      h("span", { class: "faint" }, each.more),
    );
  return h("div", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": "Suggestions", onmousedown: (event) => event.preventDefault() }, offered.map(row));
}

function fieldNear(node) {
  return node.closest(".composer").querySelector("textarea");
}

// Is the key for the suggestions?
export function suggestionKeys(it, event) {
  const { offered, active } = it.own;
  if (offered.length === 0) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) it.own.active = (active + step + offered.length) % offered.length;
  else if (event.key === "Escape") it.own.offered = [];
  else if (event.key === "Tab" || event.key === "Enter") take(it, offered[active], event.target);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  it.redraw();
  return true;
}

function take(it, suggestion, node) {
  const caret = node.selectionStart;
  const before = node.value.slice(0, caret).replace(/[/@][\w.-]*$/, "");
  node.value = `${before}${suggestion.write} ${node.value.slice(caret)}`;
  it.own.text = node.value;
  it.own.offered = [];
  it.redraw();
}
