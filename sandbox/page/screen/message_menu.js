// What can be done with a message: reply, the apps' message shortcuts, and, with one's own, edit and delete.
import { h, icon } from "../dom/h.js";
import { act } from "../state/asks.js";
import { local, touch } from "../state/local.js";
import { notice, words } from "../state/notices.js";
import { go } from "../state/place.js";
import { state } from "../state/store.js";
import { menu } from "../elements/menu.js";

export function messageMenu(message, owner, kind) {
  const items = [...shortcuts(message), ...ofMine(message, owner)];
  return h(
    "div",
    { class: "message-tools" },
    kind !== "thread" && !message.seen_by && replyButton(message),
    items.length > 0 && menu(owner, "message", { label: "More with this message", items }),
  );
}

function replyButton(message) {
  const onclick = () => go({ channel: message.channel, thread: message.thread_ts ?? message.ts });
  return h("button", { type: "button", class: "icon-button", "aria-label": "Reply in thread", title: "Reply in thread", onclick }, icon("thread"));
}

function shortcuts(message) {
  return state.screen.apps.flatMap((app) =>
    app.shortcuts.filter((each) => each.kind === "message").map((each) => ({
      words: each.name,
      more: app.name,
      take: () => ask("shortcut", { callback_id: each.callback_id, ...where(message) }),
    })),
  );
}

function ofMine(message, owner) {
  if (message.user !== state.screen.person) return [];
  const edit = () => {
    local(owner, "editing").open = true;
    touch(owner);
  };
  return [
    { words: "Edit message", take: edit },
    { words: "Delete message", danger: true, take: () => ask("delete", where(message)) },
  ];
}

const where = (message) => ({ channel: message.channel, ts: message.ts });

export async function ask(deed, about) {
  try {
    const said = await act(deed, about);
    if (said.error) notice(words(said.error));
  } catch (problem) {
    notice(problem.message);
  }
}
