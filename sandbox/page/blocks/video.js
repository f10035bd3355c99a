// A film is not played here; its picture, its words and the link to it are shown.
import { h } from "../dom/h.js";
import { link } from "../text/entities.js";
import { words } from "../text/words.js";
import { picture } from "./image.js";

export function video(block) {
  const title = words(block.title);
  const from = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  return h(
    "figure",
    { class: "video" },
    from && h("div", { class: "faint" }, from),
    h("figcaption", {}, link(block.title_url ?? block.video_url, title)),
    block.description && h("div", { class: "words" }, words(block.description)),
    picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "picture"),
  );
}
