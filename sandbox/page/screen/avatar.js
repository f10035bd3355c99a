import { h } from "../dom/h.js";

const HUES = 6;

export function avatar(one, size = "") {
  const name = one?.real_name ?? "?";
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const hue = [...(one?.id ?? "")].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
  return h("span", { class: `avatar ${size} ${one?.is_bot ? "bot" : `hue-${hue}`}`, "aria-hidden": "true" }, initials);
}
