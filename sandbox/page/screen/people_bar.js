// Who one is. One click and the page is somebody else's.
import { h, icon, onlyRead } from "../dom/h.js";
import { humans } from "../state/directory.js";
import { go } from "../state/place.js";
import { phoneSeen, unseenOnPhone } from "../state/reading.js";
import { changed, state } from "../state/store.js";
import { avatar } from "./avatar.js";
import { turnTheme } from "./theme.js";

export function peopleBar() {
  return h(
    "header",
    { key: "people", class: "people-bar" },
    h("h1", { class: "only-read" }, `${state.screen.team}, local workspace`),
    h("nav", { class: "people", "aria-label": "Act as" }, h("span", { class: "act-as", "aria-hidden": "true" }, "Act as"), humans().map(personButton)),
    h("div", { class: "tools" }, phoneButton(), themeButton()),
  );
}

function personButton(one) {
  const mine = one.id === state.screen.person;
  const waiting = mine ? 0 : unseenOnPhone(one.id);
  return h(
    "button",
    { key: one.id, type: "button", class: "person", "aria-pressed": String(mine), onclick: () => mine || become(one) },
    avatar(one, "small"),
    h("span", { class: "who" }, h("span", { class: "name" }, one.real_name), h("span", { class: "title" }, one.profile.title)),
    waiting > 0 && h("span", { class: "count" }, String(waiting), onlyRead(" new on their phone")),
  );
}

export function become(one, place = {}) {
  const { channel, home } = state.place;
  go({ channel, home, ...place, person: one.name });
}

function phoneButton() {
  const waiting = unseenOnPhone(state.screen.person);
  const open = state.panel === "phone";
  const onclick = () => {
    state.panel = open ? null : "phone";
    phoneSeen();
    changed();
  };
  return h(
    "button",
    { type: "button", class: "tool", "aria-pressed": String(open), onclick },
    icon("phone"),
    h("span", { class: "tool-words" }, "Phone"),
    waiting > 0 && h("span", { class: "count" }, String(waiting), onlyRead(" new")),
  );
}

function themeButton() {
  return h("button", { type: "button", class: "tool", "aria-label": "Light or dark", title: "Light or dark", "data-harmless": "", onclick: turnTheme }, icon("theme"));
}
