import { h } from "../dom/h.js";
import { drawElement } from "../elements/index.js";
import { words } from "../text/words.js";

export function section(block, surface) {
  const said = h("div", { class: "section-words" }, text(block), fields(block));
  if (!block.accessory) return said;
  return [said, h("div", { class: "accessory" }, drawElement(surface, block, block.accessory))];
}

function text(block) {
  return block.text && h("div", { class: "words" }, words(block.text));
}

function fields(block) {
  if (!block.fields) return null;
  return h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "words" }, words(field))));
}
