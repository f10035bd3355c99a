// What a screen reader is told of new messages, in a polite voice.
import { byName } from "./directory.js";
import { plain } from "../text/plain.js";
import { state } from "./store.js";

export function hear(news) {
  const last = news.messages.filter((each) => isNew(each) && each.user !== news.person).at(-1);
  if (last) state.heard = `${byName(last.user)}: ${plain(last.text)}`;
}

function isNew(message) {
  return !message.deleted && !message.edited && state.messages.get(message.channel)?.get(message.ts) === message;
}
