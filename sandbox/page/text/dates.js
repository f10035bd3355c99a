// Times in the zone of the person who looks, and Slack's <!date^...> in all its forms.
import { me } from "../state/directory.js";
import { now } from "../state/store.js";

const DATES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};
const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const DAY = 86_400_000;

const writers = new Map(); // making one is slow, and a screen needs thousands of dates

export function shown(seconds, how = "time") {
  return writer(how, me().tz).format(new Date(seconds * 1000));
}

function writer(how, timeZone) {
  const key = `${how} ${timeZone}`;
  if (!writers.has(key)) writers.set(key, new Intl.DateTimeFormat("en-GB", { ...DATES[how], timeZone }));
  return writers.get(key);
}

export function dayOf(seconds) {
  return pretty(seconds, "date_long");
}

export function ago(seconds) {
  const past = now() / 1000 - seconds;
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(past) >= length) return words.format(-Math.trunc(past / length), unit);
  }
  return past >= 0 ? "just now" : "in a moment";
}

// `what` is "!date^seconds^format^link"; the fallback is for whoever cannot show it.
export function dated(what, fallback) {
  const [, stamp, format = "", link] = what.split("^");
  const seconds = Number(stamp);
  if (!Number.isFinite(seconds)) return { text: fallback ?? what };
  const text = format.replace(/\{(\w+)\}/g, (whole, token) => token_(token, seconds) ?? whole);
  return { text, link, seconds };
}

function token_(token, seconds) {
  if (token === "ago") return ago(seconds);
  if (token in DATES) return shown(seconds, token);
  const base = token.replace(/_pretty$/, "");
  return base in DATES ? pretty(seconds, base) : null;
}

function pretty(seconds, how) {
  const day = shown(seconds, "date");
  if (day === shown(now() / 1000, "date")) return "Today";
  if (day === shown((now() - DAY) / 1000, "date")) return "Yesterday";
  if (day === shown((now() + DAY) / 1000, "date")) return "Tomorrow";
  return shown(seconds, how);
}
