// What has been read: per person and channel, the ts of the last message that was before their eyes, and per
// person how many notifications their phone had shown when they last looked. What was there before this page
// was opened counts as read.
import { messagesOf } from "./directory.js";
import { state } from "./store.js";

const read = new Map();
const phones = new Map();
let opened = null;

const place = (channel) => `${state.screen.person}/${channel}`;

export function beginReading(screen) {
  opened ??= { ts: screen.now.toFixed(6), notified: screen.notified };
}

export function isUnread(message) {
  return message.user !== state.screen.person && message.ts > lastRead(message.channel);
}

export function lastRead(channel) {
  return read.get(place(channel)) ?? opened.ts;
}

export function unread(channel) {
  return messagesOf(channel).filter(isUnread);
}

export function markRead(channel) {
  const last = messagesOf(channel).at(-1)?.ts;
  if (last && last > lastRead(channel)) read.set(place(channel), last);
}

export function unseenOnPhone(person) {
  return (state.screen.notified[person] ?? 0) - (phones.get(person) ?? opened.notified[person] ?? 0);
}

export function phoneSeen() {
  phones.set(state.screen.person, state.screen.notified[state.screen.person] ?? 0);
}
