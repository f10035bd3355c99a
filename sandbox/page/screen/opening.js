// What a told story is, before it begins: somebody reads this first.
import { h, icon } from "../dom/h.js";
import { post } from "../state/asks.js";
import { state } from "../state/store.js";

export function openingCard() {
  const { opening, playing } = state.screen.stage;
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
        ? h("div", { key: "start", class: "opening-start" }, startButton(), playing && alone(opening.begins_after))
        : h("p", { key: "soon", class: "faint", role: "status" }, "Getting ready…"),
    ),
  );
}

function startButton() {
  return h("button", { type: "button", class: "button primary", onclick: start }, icon("play"), "Start");
}

// A story that nobody holds goes on without its reader.
function alone(seconds) {
  const whole = Math.round(seconds);
  const unit = whole === 1 ? "second" : "seconds";
  return whole > 0 && h("span", { class: "faint" }, `Begins by itself after ${whole} ${unit}.`);
}

async function start() {
  await post("resume");
  await post("next");
}
