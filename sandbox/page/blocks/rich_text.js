import { h } from "../dom/h.js";
import { dated } from "../text/dates.js";
import { channelLink, link, mention } from "../text/entities.js";
import { character, withEmoji } from "../text/emoji.js";
import { named } from "../text/plain.js";

export function richText(block) {
  return block.elements.map(part);
}

function part(element) {
  const inside = element.elements ?? [];
  if (element.type === "rich_text_preformatted") return h("pre", { tabindex: "0" }, inside.map(piece));
  if (element.type === "rich_text_quote") return h("blockquote", {}, inside.map(piece));
  if (element.type === "rich_text_list") return list(element, inside);
  return h("div", { class: "words" }, inside.map(piece));
}

function list(element, inside) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  return h(tag, { class: `indent-${element.indent ?? 0}`, start: (element.offset ?? 0) + 1 }, inside.map((item) => h("li", {}, part(item))));
}

const PIECES = {
  text: (it) => lines(it.text),
  link: (it) => link(it.url, it.text || it.url),
  user: (it) => mention(`@${it.user_id}`, named(`@${it.user_id}`)),
  usergroup: (it) => mention(`!subteam^${it.usergroup_id}`, named(`!subteam^${it.usergroup_id}`)),
  channel: (it) => channelLink(it.channel_id, named(`#${it.channel_id}`)),
  broadcast: (it) => mention(`!${it.range}`, `@${it.range}`),
  emoji: (it) => withEmoji(it.unicode ? String.fromCodePoint(...it.unicode.split("-").map((code) => parseInt(code, 16))) : character(it.name)),
  date: (it) => dated(`!date^${it.timestamp}^${it.format}`, it.fallback).text,
  color: (it) => it.value,
};

function piece(element) {
  const drawn = PIECES[element.type]?.(element) ?? "";
  return styled(element.style ?? {}, drawn);
}

function styled(style, drawn) {
  const tags = [style.code && "code", style.bold && "strong", style.italic && "em", style.strike && "s"];
  return tags.filter(Boolean).reduce((inner, tag) => h(tag, {}, inner), drawn);
}

function lines(text) {
  return text.split("\n").map((line, at) => [at > 0 && h("br"), withEmoji(line)]);
}
