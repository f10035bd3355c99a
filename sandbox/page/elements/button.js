import { h } from "../dom/h.js";
import { isBusy, use } from "../state/using.js";
import { words } from "../text/words.js";

export function button(surface, block, element) {
  const busy = isBusy(surface, block, element);
  return h(
    "button",
    {
      key: element.action_id,
      type: "button",
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label,
      "data-action": element.action_id,
      "aria-busy": busy ? "true" : null,
      onclick: () => busy || press(surface, block, element),
    },
    words(element.text),
  );
}

function press(surface, block, element) {
  if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener");
  use(surface, block, element);
}
