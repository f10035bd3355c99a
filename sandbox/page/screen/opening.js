// What a told story is, before it begins: somebody reads this first.
import { h, icon } from "../dom/h.js";
import { post } from "../state/asks.js";
import { state } from "../state/store.js";

export function openingCard() {
  const { opening } = state.screen.stage;
  if (!opening) return null;
  return h(
    "section",
    { key: "opening", class: "opening", "aria-labelledby": "opening-title", "data-harmless": "" },
    h(
      "div",
      { class: "opening-card" },
      h("h2", { id: "opening-title" }, opening.title),
      opening.sentences.map((each) => h("p", {}, each)),
      opening.ready
        ? h("button", { key: "start", type: "button", class: "button primary", onclick: start }, icon("play"), "Start")
        : h("p", { key: "soon", class: "faint", role: "status" }, "Getting ready…"),
    ),
  );
}

async function start() {
  await post("resume");
  await post("next");
}
