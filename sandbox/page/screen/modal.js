// The modal in front. One dialog holds the whole stack; each view is a form of its own, by its id.
import { h, icon } from "../dom/h.js";
import { drawBlocks } from "../blocks/index.js";
import { app } from "../state/directory.js";
import { local } from "../state/local.js";
import { state } from "../state/store.js";
import { ofModal } from "../state/surfaces.js";
import { words } from "../text/words.js";
import { focusFirst, givesFocusBack, opensAsDialog } from "./dialog.js";
import { closeAll, closeTop, follow, isSending, submit } from "./modal_acts.js";

export function modalDialog(bar) {
  const stack = state.screen.modals;
  const view = stack.at(-1);
  if (!view) return null;
  return h(
    "dialog",
    {
      key: "modal",
      class: "dialog modal",
      "aria-labelledby": "modal-title",
      made: opensAsDialog,
      gone: givesFocusBack,
      oncancel: (event) => {
        event.preventDefault();
        closeTop();
      },
    },
    form(view, stack.length),
    bar,
  );
}

function form(view, depth) {
  const surface = ofModal(view);
  const trouble = local(surface.key, "trouble").words;
  const onsubmit = (event) => {
    event.preventDefault();
    if (view.submit) submit(surface);
  };
  return h(
    "form",
    {
      key: view.id,
      novalidate: true,
      "aria-busy": isSending(surface) ? "true" : null,
      onsubmit,
      made: (node) => node.closest("dialog[open]") && focusFirst(node),
      drawn: (node) => follow(surface, node),
    },
    head(view, depth),
    h("div", { class: "modal-body blocks", ...reachable(view) }, trouble && h("p", { class: "error trouble", role: "alert", key: "trouble" }, trouble), drawBlocks(surface, view.blocks)),
    foot(view, surface),
  );
}

// Words that scroll must be reachable by keyboard when nothing in them is.
function reachable(view) {
  const still = view.blocks.every((block) => !["input", "actions"].includes(block.type) && !block.accessory);
  return { tabindex: still ? "0" : "-1", role: "group", "aria-labelledby": "modal-title" };
}

function head(view, depth) {
  const back = h("button", { type: "button", class: "icon-button", "aria-label": "Back", title: "Back", onclick: () => closeTop() }, icon("back"));
  return h(
    "div",
    { class: "dialog-head" },
    depth > 1 && back,
    h("h2", { id: "modal-title" }, words(view.title)),
    h("button", { type: "button", class: "icon-button closer", "aria-label": "Close", title: "Close", onclick: () => closeAll() }, icon("cross")),
  );
}

function foot(view, surface) {
  const from = app(view.app_id)?.name;
  return h(
    "div",
    { class: "dialog-foot" },
    h("span", { class: "faint from" }, from),
    h("button", { type: "button", class: "button", onclick: () => closeTop() }, view.close ? words(view.close) : view.submit ? "Cancel" : "Close"),
    view.submit && h("button", { type: "submit", class: "button primary", "aria-busy": isSending(surface) ? "true" : null }, words(view.submit)),
  );
}
