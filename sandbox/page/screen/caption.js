// The bar of a told story: its clock, its caption, and what whoever watches may wish.
import { h, icon } from "../dom/h.js";
import { post } from "../state/asks.js";
import { changed, now, state, told } from "../state/store.js";
import { shown } from "../text/dates.js";
import { hold, step } from "./story.js";

export function captionBar() {
  const { stage } = state.screen;
  if (!stage.caption) return null;
  return h(
    "section",
    { key: "caption", class: `caption ${stage.taken_over ? "taken" : ""}`, "data-harmless": "", "aria-label": "The story" },
    stage.told > 0 && h("progress", { class: "told", "aria-label": "Told so far", value: String(stage.told), max: "1" }),
    clock(stage),
    h(
      "div",
      { class: "caption-said" },
      h("p", { class: "caption-words", "aria-live": "polite" }, stage.caption),
      stage.taken_over && h("p", { class: "taken-words", role: "status" }, "Paused. Case time stands."),
    ),
    state.again ? h("p", { class: "again-words", role: "status" }, "Setting it up again…") : h("div", { class: "wishes" }, wishes(stage)),
  );
}

function clock({ times }) {
  if (times.length === 0) return null;
  const runs = told(now.real() + 0.001) > told(now.real());
  return h(
    "p",
    { class: `story-clock ${runs ? "runs" : ""}` },
    h("time", {}, shown(now() / 1000)),
    h("span", { class: "clock-words" }, runs ? "clock runs" : "clock stands"),
  );
}

function wishes({ over, playing, offers, speeds, speed }) {
  const offered = (what) => offers.includes(what);
  return [
    over && offered("again") && button("Play again", "again", playAgain, true),
    (!over || offered("run")) && (playing ? pause(over) : resume(over)),
    !over && offered("next") && button("Next", "skip", step),
    speeds.length > 0 && pace(speeds, speed),
    !over && offered("again") && button("Play again", "again", playAgain),
  ];
}

function pause(over) {
  return button(over ? "Stop the clock" : "Pause", "pause", hold);
}

function resume(over) {
  return button(over ? "Let time run" : "Resume story", "play", () => post("resume"), !over);
}

function playAgain() {
  state.again = true;
  post("again");
  changed();
}

function button(words, sign, onclick, isMain = false) {
  return h("button", { key: words, type: "button", title: words, class: `button ${isMain ? "primary" : ""}`, onclick }, icon(sign), h("span", { class: "button-words" }, words));
}

function pace(speeds, speed) {
  const all = speeds.includes(speed) ? speeds : [...speeds, speed].sort((a, b) => a - b);
  return h(
    "select",
    { key: "speed", class: "speed", "aria-label": "Speed", now: { value: String(speed) }, onchange: (event) => post("speed", { speed: Number(event.target.value) }) },
    all.map((each) => h("option", { key: String(each), value: String(each) }, each === 0.5 ? "½×" : `${Number(each.toPrecision(3))}×`)),
  );
}
