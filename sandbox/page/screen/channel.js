// A channel: its name, its messages, and a place to write.
import { h, icon } from "../dom/h.js";
import { act } from "../state/asks.js";
import { messagesOf, other, person, titleOf } from "../state/directory.js";
import { state } from "../state/store.js";
import { notice } from "../state/notices.js";
import { go } from "../state/place.js";
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { messageList } from "./message_list.js";

export function channelPane(one) {
  return h(
    "main",
    { key: `channel:${one.id}`, class: "pane", role: state.place.list ? "region" : null, "aria-label": titleOf(one) },
    channelHead(one),
    messageList(one.id, inChannel(one.id), "channel"),
    one.joined ? composer({ key: one.id, channel: one.id, to: nameOf(one) }) : joining(one),
  );
}

export function inChannel(id) {
  return messagesOf(id).filter((each) => !each.thread_ts || each.thread_ts === each.ts || each.subtype === "thread_broadcast");
}

function nameOf(one) {
  return one.kind === "im" ? titleOf(one) : `#${one.name}`;
}

function channelHead(one) {
  const sign = one.kind === "im" ? avatar(person(other(one)), "tiny") : icon(one.kind === "private" ? "lock" : "hash");
  const people = one.members.map(person).filter((each) => each && !each.is_bot);
  return h(
    "div",
    { class: "pane-head" },
    toList(),
    h("h2", {}, sign, titleOf(one)),
    one.topic && h("span", { class: "topic faint" }, one.topic),
    one.kind !== "im" &&
      h("span", { class: "members faint", title: people.map((each) => each.real_name).join(", ") }, `${people.length} ${people.length === 1 ? "person" : "people"}`),
  );
}

export function toList() {
  return h("button", { type: "button", class: "icon-button only-narrow", "aria-label": "Channels", onclick: () => go({ list: "1" }) }, icon("list"));
}

function joining(one) {
  const join = () => act("join", { channel: one.id }).catch((problem) => notice(problem.message));
  return h("div", { class: "joining" }, `You are not in #${one.name}. `, h("button", { type: "button", class: "button primary", onclick: join }, "Join channel"));
}
