import { h } from "../dom/h.js";
import { words } from "../text/words.js";
import { picture } from "./image.js";

export function context(block) {
  return block.elements.map((element) =>
    element.type === "image" ? picture(element, "context-picture") : h("span", { class: "words" }, words(element)),
  );
}
