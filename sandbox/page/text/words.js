// A text object of Block Kit: plain text or mrkdwn.
import { h } from "../dom/h.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { unescaped } from "./plain.js";

export function words(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : plainLines(text.text);
}

export function plainLines(text) {
  return unescaped(text)
    .split("\n")
    .map((line, at) => [at > 0 && h("br"), withEmoji(line)]);
}
