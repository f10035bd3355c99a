import { h } from "../dom/h.js";
import { dismiss } from "../state/notices.js";
import { state } from "../state/store.js";
import { closer } from "./thread.js";

export function toasts() {
  return h(
    "div",
    { key: "toasts", class: "toasts", role: "alert" },
    state.lost && !state.again && h("p", { key: "lost", class: "toast" }, "The workspace does not answer. Trying again…"),
    state.toasts.map((toast) => h("p", { key: toast.id, class: "toast" }, h("span", {}, toast.text), closer("Dismiss", () => dismiss(toast.id)))),
  );
}
