// "Are you sure?", in the app's own words.
import { h } from "../dom/h.js";
import { state } from "../state/store.js";
import { words } from "../text/words.js";
import { givesFocusBack, opensAsDialog } from "./dialog.js";

export function confirmDialog(bar) {
  const question = state.confirm;
  if (!question) return null;
  return h(
    "dialog",
    {
      key: "confirm",
      class: "dialog confirm",
      role: "alertdialog",
      "aria-labelledby": "confirm-title",
      "aria-describedby": "confirm-text",
      made: opensAsDialog,
      gone: givesFocusBack,
      oncancel: (event) => {
        event.preventDefault();
        question.settle(false);
      },
    },
    h("h2", { id: "confirm-title" }, words(question.title)),
    h("div", { id: "confirm-text", class: "words" }, words(question.text)),
    h(
      "div",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button", onclick: () => question.settle(false) }, words(question.deny)),
      h("button", { type: "button", class: `button ${question.style === "danger" ? "danger solid" : "primary"}`, onclick: () => question.settle(true) }, words(question.confirm)),
    ),
    bar,
  );
}
