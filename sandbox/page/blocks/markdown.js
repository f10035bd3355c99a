// Markdown blocks: headings, lists and bold are enough for what bots write in them.
import { h } from "../dom/h.js";
import { mrkdwn } from "../text/mrkdwn.js";

export function markdown(block) {
  return block.text.split(/\n{2,}/).map(paragraph);
}

function paragraph(text) {
  const heading = /^#{1,6} +(.*)$/.exec(text);
  if (heading) return h("h4", {}, inSlacksMarks(heading[1]));
  const lines = text.split("\n");
  if (lines.every((line) => /^[-*] /.test(line))) {
    return h("ul", {}, lines.map((line) => h("li", {}, inSlacksMarks(line.slice(2)))));
  }
  return h("p", {}, inSlacksMarks(text));
}

function inSlacksMarks(text) {
  return mrkdwn(text.replace(/\[([^\]]+)\]\(([^)]+)\)/g, "<$2|$1>").replace(/\*\*(.+?)\*\*/g, "*$1*"));
}
