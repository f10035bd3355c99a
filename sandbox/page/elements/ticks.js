// Checkboxes and radio buttons.
import { h } from "../dom/h.js";
import { choiceOf, untouched } from "../state/choices.js";
import { path } from "../state/surfaces.js";
import { chosen } from "../state/using.js";
import { words } from "../text/words.js";
import { nameOf } from "./tied.js";

export function checkboxes(surface, block, element) {
  const before = () => choiceOf(surface, block, element) ?? [];
  return ticks(surface, block, element, "checkbox", before(), (value, ticked) => {
    const others = before().filter((each) => each !== value);
    const order = element.options.map((option) => option.value);
    return (ticked ? [...others, value] : others).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  });
}

export function radioButtons(surface, block, element) {
  const before = choiceOf(surface, block, element);
  return ticks(surface, block, element, "radio", before === null ? [] : [before], (value) => value);
}

function ticks(surface, block, element, type, ticked, made) {
  const name = `${surface.key}/${path(block, element)}`;
  const alone = block.type === "input" ? {} : { role: "group", "aria-label": nameOf(block, element) };
  return h(
    "div",
    { key: path(block, element), class: "ticks", ...alone },
    element.options.map((option) =>
      h(
        "label",
        { key: option.value, class: "tick" },
        h("input", {
          type,
          name,
          value: option.value,
          autofocus: null,
          first: { checked: ticked.includes(option.value) },
          now: untouched(surface, block, element, { checked: ticked.includes(option.value) }),
          onchange: (event) => chosen(surface, block, element, made(option.value, event.target.checked)),
        }),
        h("span", {}, words(option.text), option.description && h("span", { class: "hint" }, words(option.description))),
      ),
    ),
  );
}
