import { h } from "../dom/h.js";
import { words } from "../text/words.js";

export function header(block) {
  return h("h3", {}, words(block.text));
}
