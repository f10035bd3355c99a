// A box with a list under it, by mouse and by keyboard alone (the ARIA pattern of a combobox).
import { h, icon } from "../dom/h.js";
import { withEmoji } from "../text/emoji.js";
import { beside } from "./beside.js";

export function combobox(it) {
  const list = `${it.about.id ?? it.key.replace(/\W+/g, "_")}-list`;
  return h(
    "div",
    { key: it.key, class: `combobox ${it.many ? "many" : ""} ${it.own.open ? "open" : ""}` },
    it.many && it.chosen.length > 0 && tokens(it),
    box(it, list),
    icon("down"),
    it.own.open && options(it, list),
  );
}

function tokens(it) {
  const row = ({ value, text }) => {
    const drop = () => it.choose(it.chosen.map((each) => each.value).filter((each) => each !== value));
    const cross = h("button", { type: "button", "aria-label": `Remove ${text}`, onclick: drop }, icon("cross"));
    return h("li", { key: value }, withEmoji(text), cross);
  };
  return h("ul", { class: "tokens" }, it.chosen.map(row));
}

function box(it, list) {
  const chosen = it.many ? "" : (it.chosen[0]?.text ?? "");
  return h("input", {
    ...it.about,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": String(it.own.open),
    "aria-controls": it.own.open ? list : null,
    "aria-activedescendant": it.own.open && it.offered.length ? `${list}-${active(it)}` : null,
    placeholder: it.full ? "No more can be chosen" : !it.many && chosen ? chosen : it.placeholder,
    "data-focus": it.focus ? "" : null,
    now: { value: it.own.open ? it.own.query : chosen },
    onclick: () => open(it),
    oninput: (event) => typed(it, event.target.value),
    onkeydown: (event) => keys(it, event),
    onblur: () => shut(it),
  });
}

function options(it, list) {
  const rows = it.offered.map((option, at) => [
    option.group && option.group !== it.offered[at - 1]?.group && h("div", { class: "group", role: "presentation" }, option.group),
    row(it, option, `${list}-${at}`, at === active(it)),
  ]);
  const nothing = h("div", { class: "faint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing fits. Type to search.");
  return h(
    "div",
    {
      id: list,
      class: "popup",
      role: "listbox",
      "aria-label": "Options",
      "aria-multiselectable": it.many ? "true" : null,
      popover: "manual",
      made: (node) => node.showPopover(),
      drawn: (node) => {
        beside(node.parentElement, node, true);
        node.querySelector(".active")?.scrollIntoView({ block: "nearest" });
      },
      onmousedown: (event) => event.preventDefault(), // the box keeps the focus
    },
    rows.flat().some(Boolean) ? rows : nothing,
  );
}

function row(it, option, id, isActive) {
  const taken = it.chosen.some((each) => each.value === option.value);
  return h(
    "div",
    { id, role: "option", class: isActive ? "active" : null, "aria-selected": String(taken), onclick: () => take(it, option) },
    h("span", {}, withEmoji(option.text)),
    option.more && h("span", { class: "faint" }, option.more),
  );
}

const active = (it) => Math.max(0, Math.min(it.own.active, it.offered.length - 1));

function open(it) {
  if (it.own.open || it.full) return;
  const taken = it.offered.findIndex((each) => each.value === it.chosen[0]?.value);
  Object.assign(it.own, { open: true, query: "", active: Math.max(0, taken) });
  it.search("");
  it.redraw();
}

function shut(it) {
  if (!it.own.open) return;
  Object.assign(it.own, { open: false, query: "" });
  it.redraw();
}

function typed(it, query) {
  if (it.full) return it.redraw();
  Object.assign(it.own, { open: true, query, active: 0 });
  it.search(query);
  it.redraw();
}

function take(it, option) {
  if (!option) return;
  const before = it.chosen.map((each) => each.value);
  it.choose(it.many ? [...before, option.value] : [option.value]);
  Object.assign(it.own, { open: false, query: "" });
  emptyAtOnce(it, option);
  it.redraw();
}

// The redraw comes with the next frame; who types on before it must not type behind the old query.
function emptyAtOnce(it, option) {
  const box = document.activeElement;
  if (box?.getAttribute("role") === "combobox") box.value = it.many ? "" : option.text;
}

function keys(it, event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(it, event);
  else if (event.key === "Enter") enter(it, event);
  else if (event.key === "Escape" && it.own.open) {
    event.preventDefault();
    event.stopPropagation();
    shut(it);
  } else if (event.key === "Backspace" || event.key === "Delete") drop(it);
}

function step(it, event) {
  event.preventDefault();
  if (!it.own.open) return open(it);
  it.own.active = (active(it) + (event.key === "ArrowDown" ? 1 : -1) + it.offered.length) % Math.max(1, it.offered.length);
  it.redraw();
}

function enter(it, event) {
  event.preventDefault();
  if (it.own.open) take(it, it.offered[active(it)]);
  else open(it);
}

function drop(it) {
  if (it.own.query || !it.emptied || it.chosen.length === 0) return;
  it.choose(it.chosen.slice(0, -1).map((each) => each.value));
}
