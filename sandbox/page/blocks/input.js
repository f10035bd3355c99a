// An input: its label, its control, its hint, and what is wrong with it, tied together for every reader.
import { h } from "../dom/h.js";
import { drawElement, isGroup } from "../elements/index.js";
import { describedBy, idsOf } from "../elements/tied.js";
import { words } from "../text/words.js";

export function input(block, surface) {
  const ids = idsOf(surface, block);
  const error = surface.errors[block.block_id];
  const label = [words(block.label), block.optional && h("span", { class: "faint" }, " (optional)")];
  const below = [
    block.hint && h("p", { class: "hint", id: ids.hint }, words(block.hint)),
    error && h("p", { class: "error", id: ids.error }, error),
  ];
  const control = drawElement(surface, block, block.element);
  if (isGroup(block.element)) {
    const about = { "aria-describedby": describedBy(surface, block), tabindex: "-1" };
    return h("fieldset", about, h("legend", {}, label), control, below);
  }
  return [h("label", { for: ids.control, id: ids.label }, label), control, below];
}
