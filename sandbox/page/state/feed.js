// Follows the workspace as one person: a long poll that brings only what changed.
import { get } from "./asks.js";
import { noticeTrouble } from "./notices.js";
import { hear } from "./hearing.js";
import { beginReading } from "./reading.js";
import { state, changed } from "./store.js";

const PATIENCE = 25;
const RETRY = 1000;
let following = null;

export function follow(person) {
  following?.abort();
  following = new AbortController();
  state.screen = null;
  state.messages = new Map();
  keepUp(person, following.signal);
}

async function keepUp(person, signal) {
  let since = 0;
  let of = {}; // the workspace that the number counts in
  while (!signal.aborted) {
    try {
      const news = await get("screen", { person, since, ...of, seconds: since ? PATIENCE : 0 }, signal);
      if (signal.aborted) return;
      state.lost = false;
      take(news, since === 0);
      since = news.changes;
      of = { began: news.stage.began };
    } catch (problem) {
      if (signal.aborted) return;
      state.lost = true;
      changed();
      await new Promise((resolve) => setTimeout(resolve, RETRY));
      since = 0;
    }
  }
}

function take(news, whole) {
  const before = state.screen;
  if (whole) state.messages = new Map();
  if (JSON.stringify(directory(before)) !== JSON.stringify(directory(news))) state.directory += 1;
  beginReading(news);
  state.screen = news;
  state.behind = news.now * 1000 - Date.now();
  news.messages.forEach(keep);
  if (!whole) hear(news);
  noticeTrouble(before, news, whole);
  changed();
}

function directory(screen) {
  return screen && [screen.people, screen.groups, screen.channels];
}

function keep(message) {
  const channel = state.messages.get(message.channel) ?? new Map();
  state.messages.set(message.channel, channel);
  if (message.deleted) channel.delete(message.ts);
  else channel.set(message.ts, message);
}
