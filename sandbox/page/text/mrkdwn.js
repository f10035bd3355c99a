// Slack's mrkdwn, as elements.
import { h } from "../dom/h.js";
import { withEmoji } from "./emoji.js";
import { entity } from "./entities.js";
import { unescaped } from "./plain.js";

const FENCE = /```\n?([\s\S]*?)\n?```/;
const QUOTED = /^(?:&gt;|>) ?/;
const CODE = "`([^`\\n]+)`";
const ENTITY = "<([^<>\\n]+)>";
const spanned = (mark) => `(?<![\\p{L}\\p{N}${mark}])${mark}(?!\\s)([^${mark}\\n]+?)(?<!\\s)${mark}(?![\\p{L}\\p{N}${mark}])`;
const INLINE = new RegExp([CODE, ENTITY, spanned("\\*"), spanned("_"), spanned("~")].join("|"), "u");

export function mrkdwn(text) {
  const fence = FENCE.exec(text);
  if (!fence) return lines(text.split("\n"));
  const before = text.slice(0, fence.index).replace(/\n$/, "");
  const after = text.slice(fence.index + fence[0].length).replace(/^\n/, "");
  return [before && mrkdwn(before), h("pre", { tabindex: "0" }, unescaped(fence[1])), after && mrkdwn(after)];
}

function lines(all) {
  const drawn = [];
  for (let at = 0; at < all.length; ) {
    const quoted = all.slice(at).findIndex((line) => !QUOTED.test(line));
    const length = quoted < 0 ? all.length - at : quoted;
    if (length > 0) {
      drawn.push(h("blockquote", {}, lines(all.slice(at, at + length).map((line) => line.replace(QUOTED, "")))));
      at += length;
    } else {
      const follows = at + 1 < all.length && !QUOTED.test(all[at + 1]);
      drawn.push(inline(all[at]), follows && h("br"));
      at += 1;
    }
  }
  return drawn;
}

export function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return withEmoji(unescaped(text));
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [withEmoji(unescaped(before)), spanOf(found), after && inline(after)];
}

function spanOf([, code, what, bold, italic, struck]) {
  if (code) return h("code", {}, unescaped(code));
  if (what) return entity(what);
  if (bold) return h("strong", {}, inline(bold));
  if (italic) return h("em", {}, inline(italic));
  return h("s", {}, inline(struck));
}
