// Changing one's own message where it stands.
import { h } from "../dom/h.js";
import { local, touch } from "../state/local.js";
import { plain } from "../text/plain.js";
import { ask } from "./message_menu.js";
import { withIds } from "./names.js";

export function editor(message, owner) {
  const own = local(owner, "editing", { open: false });
  if (!own.open) return null;
  const shut = () => {
    own.open = false;
    touch(owner);
  };
  const save = (text) => {
    shut();
    if (text.trim()) ask("edit", { channel: message.channel, ts: message.ts, text: withIds(text.trim()) });
  };
  return h("textarea", {
    class: "typed",
    rows: "2",
    "aria-label": "Edit message. Enter saves, Escape leaves it as it was",
    first: { value: plain(message.text) },
    made: (node) => node.focus(),
    onkeydown: (event) => {
      if (event.key === "Escape") shut();
      else if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        save(event.target.value);
      }
    },
  });
}
