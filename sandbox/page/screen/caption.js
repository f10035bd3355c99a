// The caption of a told story, and how to have it go on after taking over.
import { h, icon } from "../dom/h.js";
import { post } from "../state/asks.js";
import { state } from "../state/store.js";

export function captionBar() {
  const { caption, taken_over: taken } = state.screen.stage;
  if (!caption) return null;
  return h(
    "footer",
    { key: "caption", class: `caption ${taken ? "taken" : ""}`, "data-harmless": "", "aria-label": "The story" },
    h("p", { class: "caption-words", "aria-live": "polite" }, caption),
    taken && h("p", { class: "taken-words", role: "status" }, "You have taken over. ", h("button", { type: "button", class: "button primary", onclick: () => post("resume") }, icon("play"), "Resume story")),
  );
}
