// One message.
import { h, icon, onlyRead } from "../dom/h.js";
import { drawBlocks } from "../blocks/index.js";
import { byName, person } from "../state/directory.js";
import { version } from "../state/local.js";
import { drawnOnce } from "../state/memo.js";
import { go } from "../state/place.js";
import { state, told } from "../state/store.js";
import { ofMessage } from "../state/surfaces.js";
import { shown } from "../text/dates.js";
import { character, withEmoji } from "../text/emoji.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { avatar } from "./avatar.js";
import { fileList } from "./files.js";
import { messageMenu } from "./message_menu.js";
import { mentionsMe } from "./mentions.js";
import { editor } from "./editor.js";

export function messageRow(message, joined, kind) {
  const owner = `${state.place.person}:${kind}:${message.channel}:${message.ts}`;
  const aging = JSON.stringify(message.blocks ?? message.text).includes("{ago}") ? state.minute : 0;
  const from = [message, joined, version(owner), state.directory, aging, state.screen.person, mentionsMe(message)];
  return drawnOnce(owner, from, () => draw(message, joined, kind, owner));
}

function draw(message, joined, kind, owner) {
  const author = person(message.user);
  const classes = ["message", joined && "joined", message.seen_by && "private", mentionsMe(message) && "calls-me"];
  return h(
    "li",
    { key: message.ts, class: classes.filter(Boolean).join(" "), "data-ts": message.ts, tabindex: "-1" },
    h("div", { class: "gutter" }, joined ? clock(message) : avatar(author)),
    h(
      "div",
      { class: "said" },
      message.seen_by && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
      joined ? onlyRead(author?.real_name) : by(author, message),
      editor(message, owner) ?? content(message, kind),
      fileList(message.files ?? []),
      reactions(message.reactions ?? []),
      kind !== "thread" && replies(message),
    ),
    messageMenu(message, owner, kind),
  );
}

function by(author, message) {
  return h(
    "div",
    { class: "by" },
    h("span", { class: "name" }, author?.real_name ?? message.user),
    author?.is_bot ? h("span", { class: "badge" }, "APP") : h("span", { class: "title" }, author?.profile.title),
    clock(message),
  );
}

function clock(message) {
  const seconds = told(Number(message.ts));
  return h("time", { class: "clock", datetime: new Date(seconds * 1000).toISOString(), title: shown(seconds, "date_long") }, shown(seconds));
}

function content(message, kind) {
  const edited = message.edited && h("span", { class: "edited" }, "(edited)");
  const attached = (message.attachments ?? []).map((each) => attachment(message, each, kind));
  if (!message.blocks?.length) return [message.text && h("div", { class: "words" }, mrkdwn(message.text), " ", edited), attached];
  return [h("div", { class: "blocks" }, drawBlocks(ofMessage(message, kind), message.blocks)), attached, edited];
}

function attachment(message, each, kind) {
  const inner = each.blocks ? drawBlocks(ofMessage({ ...message, blocks: each.blocks }, kind), each.blocks) : h("div", { class: "words" }, mrkdwn(each.text ?? each.fallback ?? ""));
  return h("div", { class: "attachment" }, each.pretext && h("div", {}, mrkdwn(each.pretext)), each.title && h("strong", {}, each.title), inner);
}

function reactions(all) {
  if (all.length === 0) return null;
  const chip = (each) => h("li", { key: each.name, title: each.users.map(byName).join(", ") }, withEmoji(character(each.name)), ` ${each.count}`);
  return h("ul", { class: "reactions", "aria-label": "Reactions" }, all.map(chip));
}

function replies(message) {
  if (!message.reply_count) return null;
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  return h(
    "button",
    { type: "button", class: "replies", onclick: () => go({ channel: message.channel, thread: message.ts }) },
    message.reply_users.slice(0, 3).map((user) => avatar(person(user), "tiny")),
    h("span", { class: "link" }, count),
    h("span", { class: "faint" }, `last ${shown(told(Number(message.latest_reply)))}`),
  );
}
