// Pictures. One that cannot be loaded (this machine may have no network) leaves its words in its place.
import { h } from "../dom/h.js";
import { words } from "../text/words.js";

export function image(block) {
  const title = block.title && h("figcaption", {}, words(block.title));
  return h("figure", {}, title, picture(block, "picture"));
}

export function picture(image_, class_) {
  const onerror = (event) => event.target.classList.add("not-loaded");
  return h("img", { class: class_, src: address(image_), alt: image_.alt_text, title: image_.alt_text, onerror });
}

function address(image_) {
  const file = image_.slack_file;
  return image_.image_url ?? file?.url ?? `/files/${file?.id}`;
}
