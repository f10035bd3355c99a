// Channels, people and apps, with what is unread.
import { h, icon, onlyRead } from "../dom/h.js";
import { direct, other, person, titleOf } from "../state/directory.js";
import { go } from "../state/place.js";
import { unread } from "../state/reading.js";
import { state } from "../state/store.js";
import { avatar } from "./avatar.js";
import { openHome } from "./home.js";
import { mentionsMe } from "./mentions.js";

export function sidebar() {
  const { channels, apps, team } = state.screen;
  const open = channels.filter((each) => each.kind !== "im" && (each.joined || each.kind === "public") && !each.archived);
  const ims = channels.filter((each) => each.kind === "im" && each.joined && !person(other(each))?.is_bot);
  return h(
    "nav",
    { key: "sidebar", class: "sidebar", "aria-label": "Channels, people and apps" },
    h("div", { class: "team" }, team),
    part("Channels", open.map(channelRow)),
    ims.length > 0 && part("Direct messages", ims.map(personRow)),
    apps.length > 0 && part("Apps", apps.map(appRow)),
  );
}

function part(name, rows) {
  return h("section", { key: name, "aria-label": name }, h("h2", {}, name), h("ul", {}, rows));
}

function channelRow(one) {
  const here = !state.place.home && (state.place.channel === one.id || state.place.channel === one.name);
  const fresh = one.joined && !here ? unread(one.id) : [];
  const sign = icon(one.kind === "private" ? "lock" : "hash");
  return row(one.id, here, () => go({ channel: one.id }), sign, one.name, fresh, one.joined ? "" : "not-joined");
}

function personRow(one) {
  const here = state.place.channel === one.id;
  const fresh = here ? [] : unread(one.id);
  return row(one.id, here, () => go({ channel: one.id }), avatar(person(other(one)), "tiny"), titleOf(one), fresh, "", fresh.length);
}

function appRow(one) {
  const im = direct(one.bot_user);
  const here = state.place.home === one.id;
  const fresh = im && !(here && state.place.tab === "messages") ? unread(im.id) : [];
  return row(one.id, here, () => openHome(one), avatar(person(one.bot_user), "tiny"), one.name, fresh, "", fresh.length);
}

function row(key, here, onclick, sign, name, fresh, class_, count = fresh.filter(mentionsMe).length) {
  const classes = ["place", class_, fresh.length > 0 && "unread"].filter(Boolean).join(" ");
  return h(
    "li",
    { key },
    h(
      "button",
      { type: "button", class: classes, "aria-current": here ? "page" : null, onclick },
      sign,
      h("span", { class: "name" }, name),
      fresh.length > 0 && onlyRead(`${fresh.length} unread`),
      count > 0 && h("span", { class: "count", "aria-hidden": "true" }, String(count)),
    ),
  );
}
