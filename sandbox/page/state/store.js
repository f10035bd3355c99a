// What the page knows. Everything that changes it calls `changed`, and the page is drawn once per frame.
import { keepingFocus } from "../dom/focus.js";

export const state = {
  screen: null, // the newest answer of the feed: people, channels, modals, homes, notifications
  messages: new Map(), // channel id -> Map of ts -> message
  place: {}, // what is being looked at, see place.js
  panel: null, // "notifications" or null
  confirm: null, // the question that stands in front of everything
  toasts: [],
  minute: 0, // ages ("5 minutes ago") are drawn anew when it moves
  behind: 0, // workspace clock minus this machine's, in milliseconds
  directory: 0, // moves when a name may have changed
};

let draw = () => {};
let asked = false;

export function drawWith(drawing) {
  draw = drawing;
}

export function changed() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(drawNow);
  setTimeout(drawNow, 100); // a hidden tab has no frames
}

function drawNow() {
  if (!asked) return;
  asked = false;
  keepingFocus(draw);
}

// The time of day that a told story has at that second of the workspace's; without a story it is the same.
export function told(seconds) {
  const times = state.screen?.stage?.times ?? [];
  const time = times.findLast((each) => each.began <= seconds) ?? times[0];
  return time ? time.shows + (seconds - time.began) * time.speed : seconds;
}

export function now() {
  return told(now.real()) * 1000;
}

// The workspace's second.
now.real = () => (Date.now() + state.behind) / 1000;
