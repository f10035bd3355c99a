// What has been read: per person and channel, the ts of the last message that was before their eyes.
import { messagesOf } from "./directory.js";
import { state } from "./store.js";

const read = new Map();
const phones = new Map();

const place = (channel) => `${state.screen.person}/${channel}`;

export function isUnread(message) {
  return message.user !== state.screen.person && message.ts > lastRead(message.channel);
}

// What was there when this page first showed this person their channels counts as read.
export function lastRead(channel) {
  const key = place(channel);
  if (!read.has(key)) read.set(key, messagesOf(channel).at(-1)?.ts ?? "0");
  return read.get(key);
}

export function unread(channel) {
  return messagesOf(channel).filter(isUnread);
}

export function markRead(channel) {
  const last = messagesOf(channel).at(-1)?.ts;
  if (last) read.set(place(channel), last);
}

export function unseenOnPhone(person) {
  const count = state.screen.notified[person] ?? 0;
  if (!phones.has(person)) phones.set(person, person === state.screen.person ? count : 0);
  return count - phones.get(person);
}

export function phoneSeen() {
  phones.set(state.screen.person, state.screen.notified[state.screen.person] ?? 0);
}
