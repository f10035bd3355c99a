// Short notices: what Slack tells a person when something did not work.
import { changed, state } from "./store.js";

const WORDS = {
  operation_timeout: "The app did not answer in time. Nothing may have happened: look before you try again.",
  dispatch_failed: "The app could not be reached. Nothing happened. Try again.",
  trouble_connecting: "We had some trouble connecting. Try again.",
};
const LASTS = 12_000;

export const words = (error) => WORDS[error] ?? error;

export function notice(text) {
  const toast = { id: crypto.randomUUID(), text };
  state.toasts = [...state.toasts, toast];
  setTimeout(() => dismiss(toast.id), LASTS);
  changed();
}

export function dismiss(id) {
  state.toasts = state.toasts.filter((toast) => toast.id !== id);
  changed();
}

export function noticeTrouble(before, news, whole) {
  if (whole) return;
  news.troubles.slice(before.troubles.length).forEach((each) => notice(words(each.error)));
}
