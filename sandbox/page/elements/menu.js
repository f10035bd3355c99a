// A button that opens a menu. Arrow keys walk, Enter takes, Escape closes and gives the focus back.
import { h, icon } from "../dom/h.js";
import { local, touch } from "../state/local.js";
import { beside } from "./beside.js";

export function menu(owner, name, { label, face, items, action, class: class_ = "" }) {
  const own = local(owner, `menu:${name}`, { open: false });
  const set = (open) => {
    own.open = open;
    touch(owner);
  };
  return h(
    "div",
    { key: `menu:${name}`, class: `menu ${own.open ? "open" : ""} ${class_}` },
    opener(own, set, label, face, action),
    own.open && list(set, label, items),
  );
}

function opener(own, set, label, face, action) {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "data-action": action,
      "aria-haspopup": "menu",
      "aria-expanded": String(own.open),
      "aria-label": label,
      title: label,
      onclick: () => set(!own.open),
    },
    face ?? icon("more"),
  );
}

function list(set, label, items) {
  return h(
    "div",
    {
      class: "popup",
      role: "menu",
      "aria-label": label,
      popover: "manual",
      made: (node) => {
        node.showPopover();
        beside(node.previousSibling, node);
        node.firstChild?.focus();
      },
      onkeydown: (event) => walk(event, set),
      onfocusout: (event) => leaves(event, set),
    },
    items.map((item) => row(set, item)),
  );
}

function row(set, item) {
  const onclick = (event) => {
    event.currentTarget.closest(".menu").querySelector("button").focus();
    set(false);
    item.take();
  };
  const words = [h("span", {}, item.words), item.more && h("span", { class: "faint" }, item.more)];
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : null, onclick }, words);
}

function leaves(event, set) {
  const menu_ = event.currentTarget.closest(".menu");
  if (!menu_.contains(event.relatedTarget)) set(false);
}

function walk(event, set) {
  const rows = [...event.currentTarget.children];
  const at = rows.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key in steps) {
    event.preventDefault();
    rows.at(steps[event.key] % rows.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.closest(".menu").querySelector("button").focus();
    set(false);
  }
}
