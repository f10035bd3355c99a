// What stands between < and > in mrkdwn: people, groups, channels, dates, links.
import { h } from "../dom/h.js";
import { channel, group } from "../state/directory.js";
import { go } from "../state/place.js";
import { state } from "../state/store.js";
import { dated } from "./dates.js";
import { withEmoji } from "./emoji.js";
import { named, split, unescaped } from "./plain.js";

const PERMALINK = /\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?thread_ts=([\d.]+))?/;
const SAFE = /^(https?|mailto|tel):/i;

export function entity(inside) {
  const [what, label] = split(inside);
  if (what.startsWith("!date^")) return time(what, label);
  if (what.startsWith("#")) return channelLink(what.slice(1), named(inside));
  if (what.startsWith("@") || what.startsWith("!")) return mention(what, named(inside));
  return link(unescaped(what), label === null ? unescaped(what).replace(/^mailto:/, "") : unescaped(label));
}

export function mention(what, words) {
  const mine = isMe(what);
  return h("span", { class: mine ? "mention mention-me" : "mention", title: group(what.slice(9))?.name }, words);
}

function isMe(what) {
  const { person } = state.screen;
  if (what.startsWith("!subteam^")) return group(what.slice(9))?.users.includes(person);
  return what === `@${person}` || what.startsWith("!");
}

export function channelLink(id, words) {
  if (!channel(id)?.joined) return h("span", { class: "mention" }, words);
  return h("button", { type: "button", class: "mention", onclick: () => go({ channel: id }) }, words);
}

export function link(url, ...words) {
  const here = PERMALINK.exec(url);
  if (here) return toMessage(here, url, words);
  if (!SAFE.test(url)) return words;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words.map(withEmojiIfText));
}

function withEmojiIfText(word) {
  return typeof word === "string" ? withEmoji(word) : word;
}

function toMessage([, place, seconds, micros, thread], url, words) {
  const ts = `${seconds}.${micros}`;
  const onclick = (event) => {
    event.preventDefault();
    go({ channel: place, thread, message: ts });
  };
  return h("a", { href: url, onclick }, words[0] === url ? "the message" : words.map(withEmojiIfText));
}

function time(what, fallback) {
  const { text, link: url, seconds } = dated(what, fallback);
  if (seconds === undefined) return text;
  const shown = h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fallback }, text);
  return url ? link(url, shown) : shown;
}
