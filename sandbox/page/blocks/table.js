import { h } from "../dom/h.js";
import { richText } from "./rich_text.js";
import { withEmoji } from "../text/emoji.js";

export function table(block) {
  const settings = block.column_settings ?? [];
  const [heads, ...rows] = block.rows;
  const row = (cells, tag) => h("tr", {}, cells.map((each, at) => h(tag, about(settings[at], tag), cell(each))));
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, row(heads, "th")), h("tbody", {}, rows.map((each) => row(each, "td")))),
  );
}

function about(setting, tag) {
  const names = [setting?.align && `align-${setting.align}`, setting?.is_wrapped && "wrapped"].filter(Boolean);
  return { class: names.join(" ") || null, scope: tag === "th" ? "col" : null };
}

function cell(each) {
  if (each.type === "rich_text") return richText(each);
  return withEmoji(String(each.text ?? each.value ?? ""));
}
