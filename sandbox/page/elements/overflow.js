import { use } from "../state/using.js";
import { words } from "../text/words.js";
import { menu } from "./menu.js";
import { path } from "../state/surfaces.js";

export function overflow(surface, block, element) {
  const items = element.options.map((option) => ({
    words: words(option.text),
    more: option.description?.text,
    take: () => use(surface, block, element, option.value),
  }));
  return menu(surface.key, path(block, element), { label: element.accessibility_label ?? "More actions", items, action: element.action_id });
}
