// One module per family of elements.
import { h } from "../dom/h.js";
import { picture } from "../blocks/image.js";
import { button } from "./button.js";
import { checkboxes, radioButtons } from "./ticks.js";
import { overflow } from "./overflow.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { select } from "./select.js";
import { typed } from "./typed.js";

const KINDS = {
  button, overflow, checkboxes,
  workflow_button: button,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  image: (surface, block, element) => picture(element, "thumbnail"),
};

export function drawElement(surface, block, element) {
  const kind = KINDS[element.type] ?? (element.type.endsWith("_select") ? select : byTyping(element));
  return kind(surface, block, element);
}

function byTyping(element) {
  const known = element.type.endsWith("_input") && element.type !== "file_input";
  return known ? typed : () => h("p", { class: "faint" }, `A ${element.type}, which this page does not offer.`);
}

// Groups are labelled by a legend, single controls by a label.
export function isGroup(element) {
  return element.type === "checkboxes" || element.type === "radio_buttons";
}
