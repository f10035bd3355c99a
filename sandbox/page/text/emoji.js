// Emoji by their short names. The marks that bots lean on are drawn by the page itself, so that they look
// the same on every machine, even on one without an emoji font; their character stays in the text.
import { h } from "../dom/h.js";

const SHORT = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", ballot_box_with_check: "☑️", bell: "🔔", bread: "🍞", bulb: "💡",
  calendar: "📅", clock1: "🕐", eyes: "👀", exclamation: "❗", fire: "🔥", gear: "⚙️", grey_question: "❔",
  hand: "✋", heart: "❤️", heavy_check_mark: "✔️", hourglass: "⌛", house: "🏠", large_blue_circle: "🔵",
  large_green_circle: "🟢", large_orange_circle: "🟠", large_orange_diamond: "🔶", large_red_circle: "🔴",
  large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍", memo: "📝", no_entry: "⛔", octagonal_sign: "🛑",
  ok_hand: "👌", paperclip: "📎", phone: "☎️", police_car: "🚓", pray: "🙏", pushpin: "📌", question: "❓",
  raised_hands: "🙌", red_circle: "🔴", robot_face: "🤖", rocket: "🚀", rotating_light: "🚨", small_red_triangle: "🔺",
  smile: "😄", slightly_smiling_face: "🙂", sos: "🆘", stew: "🍲", stopwatch: "⏱️", tada: "🎉", telephone_receiver: "📞",
  thumbsup: "👍", thumbsdown: "👎", warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", x: "❌",
  zap: "⚡",
};
const DRAWN = {
  "🔺": "triangle", "🔶": "diamond", "⚪": "ring", "✅": "done", "❌": "cross", "⚠": "warning", "🔴": "red",
  "🟠": "orange", "🟡": "yellow", "🟢": "green", "🔵": "blue", "🔔": "bell", "👍": "thumb", "⏱": "watch", "🚨": "light",
};
const MARK = new RegExp(`(${Object.keys(DRAWN).join("|")})\\uFE0F?`, "gu");
const SHORTCODE = /:([a-z0-9_+-]+):/g;

export function withEmoji(text) {
  const parts = text.replace(SHORTCODE, (whole, name) => SHORT[name] ?? whole).split(MARK);
  return parts.map((part) => (DRAWN[part] ? mark(part) : part));
}

export function character(name) {
  return SHORT[name] ?? `:${name}:`;
}

function mark(character_) {
  return h("span", { class: `mark mark-${DRAWN[character_]}` }, character_);
}
