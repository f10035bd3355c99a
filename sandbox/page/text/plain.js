// Text as a phone or a screen reader has it: no marks, names instead of ids.
import { byName, channel, group } from "../state/directory.js";
import { dated } from "./dates.js";

const ENTITY = /<([^<>\n]+)>/g;

export function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function plain(text) {
  return unescaped((text ?? "").replace(ENTITY, (_, inside) => named(inside)));
}

export function named(inside) {
  const [what, label] = split(inside);
  if (what.startsWith("@")) return `@${byName(what.slice(1))}`;
  if (what.startsWith("#")) return `#${channel(what.slice(1))?.name ?? label ?? what.slice(1)}`;
  if (what.startsWith("!subteam^")) return `@${group(what.slice(9))?.handle ?? label?.replace(/^@/, "") ?? "group"}`;
  if (what.startsWith("!date^")) return dated(what, label).text;
  if (what.startsWith("!")) return `@${what.slice(1)}`;
  return label ?? what.replace(/^mailto:/, "");
}

export function split(inside) {
  const bar = inside.indexOf("|");
  return bar < 0 ? [inside, null] : [inside.slice(0, bar), inside.slice(bar + 1)];
}
