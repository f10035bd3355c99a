// What this person's phone showed: the text of a message and nothing else of it.
import { h } from "../dom/h.js";
import { byName, channel, titleOf } from "../state/directory.js";
import { go } from "../state/place.js";
import { phoneSeen } from "../state/reading.js";
import { changed, state, told } from "../state/store.js";
import { shown } from "../text/dates.js";
import { withEmoji } from "../text/emoji.js";
import { plain } from "../text/plain.js";
import { closer } from "./thread.js";

export function phonePanel() {
  phoneSeen();
  const all = [...state.screen.notifications].reverse();
  const close = () => {
    state.panel = null;
    changed();
  };
  return h(
    "aside",
    { key: "phone", class: "pane beside phone", "aria-label": "Phone" },
    h("div", { class: "pane-head" }, h("h2", {}, "Phone"), h("span", { class: "faint" }, "what a locked screen shows"), closer("Close phone", close)),
    h(
      "div",
      { class: "phone-screen", tabindex: "0", role: "region", "aria-label": "Notifications" },
      all.length === 0 && h("p", { class: "faint nothing" }, "No notifications."),
      h("ol", {}, all.map(card)),
    ),
  );
}

function card(each) {
  const place = channel(each.channel);
  const where = place && (place.kind === "im" ? titleOf(place) : `#${place.name}`);
  return h(
    "li",
    { key: `${each.channel}:${each.ts}` },
    h(
      "button",
      { type: "button", class: "notification", onclick: () => go({ channel: each.channel, message: each.ts }) },
      h("span", { class: "from" }, h("strong", {}, byName(each.from)), h("span", { class: "faint" }, where), h("time", { class: "faint" }, shown(told(Number(each.ts))))),
      h("span", { class: "notification-text" }, withEmoji(plain(each.text))),
    ),
  );
}
