// A thread beside its channel.
import { h, icon } from "../dom/h.js";
import { messagesOf, titleOf } from "../state/directory.js";
import { go } from "../state/place.js";
import { state } from "../state/store.js";
import { composer } from "./composer.js";
import { messageList } from "./message_list.js";

export function threadPane(channel, ts) {
  const messages = messagesOf(channel.id).filter((each) => each.ts === ts || each.thread_ts === ts);
  const { home, tab } = state.place;
  return h(
    "aside",
    { key: `thread:${ts}`, class: "pane beside", "aria-label": "Thread" },
    h(
      "div",
      { class: "pane-head" },
      h("h2", {}, "Thread"),
      h("span", { class: "faint" }, channel.kind === "im" ? titleOf(channel) : `#${channel.name}`),
      closer("Close thread", () => go({ channel: channel.id, home, tab })),
    ),
    messageList(channel.id, messages, "thread"),
    channel.joined && composer({ key: channel.id, channel: channel.id, thread: ts }),
  );
}

export function closer(label, onclick) {
  return h("button", { type: "button", class: "icon-button closer", "aria-label": label, title: label, onclick }, icon("cross"));
}
