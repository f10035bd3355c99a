// Files that came with a message: pictures are shown, the rest is named.
import { h, icon } from "../dom/h.js";

const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/i;

export function fileList(files) {
  return files.map((file) => (PICTURE.test(file.name) ? pictureFile(file) : h("a", { key: file.id, class: "file", href: local(file), download: file.name }, icon("file"), file.title)));
}

function pictureFile(file) {
  return h("figure", { key: file.id }, h("figcaption", {}, file.title), h("img", { class: "picture", src: local(file), alt: file.alt_txt || file.title }));
}

const local = (file) => `/files/${file.id}`;
