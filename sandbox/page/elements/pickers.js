// Dates and times, with the browser's own pickers.
import { h } from "../dom/h.js";
import { choiceOf } from "../state/choices.js";
import { me } from "../state/directory.js";
import { path } from "../state/surfaces.js";
import { chosen, fill } from "../state/using.js";
import { instant, wallClock } from "../text/zones.js";
import { tied } from "./tied.js";

export function datePicker(surface, block, element) {
  return picker("date", surface, block, element);
}

export function timePicker(surface, block, element) {
  return picker("time", surface, block, element);
}

// People see the wall clock of their own zone; apps get seconds since 1970.
export function dateTimePicker(surface, block, element) {
  const zone = me().tz;
  return picker("datetime-local", surface, block, element, {
    show: (seconds) => wallClock(seconds, zone),
    read: (wall) => instant(wall, zone),
  });
}

const AS_IT_IS = { show: (value) => value, read: (value) => value };

function picker(type, surface, block, element, { show, read } = AS_IT_IS) {
  const choice = choiceOf(surface, block, element);
  const made = (event) => (event.target.value ? read(event.target.value) : null);
  return h("input", {
    key: path(block, element),
    ...tied(surface, block, element),
    class: "picker",
    type,
    first: { value: choice ? show(choice) : "" },
    ...telling(surface, block, element, made),
  });
}

// In an input every step is kept. An action tells the app, so it waits until the person is done.
function telling(surface, block, element, made) {
  if (block.type === "input") return { onchange: (event) => fill(surface, block, element, made(event)) };
  const tell = (event) => {
    if (made(event) !== choiceOf(surface, block, element)) chosen(surface, block, element, made(event));
  };
  return { onblur: tell, onkeydown: (event) => event.key === "Enter" && tell(event) };
}
