// An app: its home page, and the messages one exchanges with it.
import { h } from "../dom/h.js";
import { drawBlocks } from "../blocks/index.js";
import { act } from "../state/asks.js";
import { app, direct, person } from "../state/directory.js";
import { notice } from "../state/notices.js";
import { go } from "../state/place.js";
import { state } from "../state/store.js";
import { ofHome } from "../state/surfaces.js";
import { avatar } from "./avatar.js";
import { inChannel, toList } from "./channel.js";
import { composer } from "./composer.js";
import { messageList } from "./message_list.js";

export function openHome(one, tab = one.has_home ? "home" : "messages") {
  go({ home: one.id, tab });
}

export function homePane(id) {
  const one = app(id) ?? state.screen.apps.find((each) => each.name === id);
  if (!one) return h("main", { key: "no-app", class: "pane empty" }, "There is no such app.");
  const tab = one.has_home ? (state.place.tab ?? "home") : "messages";
  return h(
    "main",
    { key: `home:${one.id}:${tab}:${state.place.person}`, class: "pane", role: state.place.list ? "region" : null, "aria-label": one.name, made: () => opened(one, tab) },
    h("div", { class: "pane-head" }, toList(), h("h2", {}, avatar(person(one.bot_user), "tiny"), one.name), one.has_home && tabs(one, tab)),
    tab === "home" ? homePage(one) : exchange(one),
  );
}

// Apps draw their page when somebody looks at it.
function opened(one, tab) {
  if (one.has_home) act("open_home", { app: one.id, tab }).catch((problem) => notice(problem.message));
}

function tabs(one, tab) {
  const button = (name, words) =>
    h("button", { type: "button", class: "tab", "aria-current": tab === name ? "page" : null, onclick: () => openHome(one, name) }, words);
  return h("nav", { class: "tabs", "aria-label": `Pages of ${one.name}` }, button("home", "Home"), button("messages", "Messages"));
}

function homePage(one) {
  const view = state.screen.homes[one.id];
  const blocks = view ? drawBlocks(ofHome(view), view.blocks) : h("p", { class: "faint" }, "This app shows nothing here yet.");
  return h("div", { class: "home", tabindex: "0", role: "region", "aria-label": "Home" }, h("div", { class: "blocks" }, blocks));
}

function exchange(one) {
  const im = direct(one.bot_user);
  const handle = `@${person(one.bot_user).name}`;
  return [
    messageList(im?.id ?? one.id, im ? inChannel(im.id) : [], "home"),
    composer({ key: one.id, channel: im?.id ?? handle, to: one.name }),
  ];
}
