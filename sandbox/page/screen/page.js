// The whole page: people above, places at the side, one place in the middle, a thread or the phone beside it.
import { h, listed } from "../dom/h.js";
import { channel } from "../state/directory.js";
import { state } from "../state/store.js";
import { captionBar } from "./caption.js";
import { channelPane } from "./channel.js";
import { confirmDialog } from "./confirm.js";
import { homePane } from "./home.js";
import { modalDialog } from "./modal.js";
import { openingCard } from "./opening.js";
import { peopleBar } from "./people_bar.js";
import { phonePanel } from "./phone.js";
import { sidebar } from "./sidebar.js";
import { threadPane } from "./thread.js";
import { toasts } from "./toasts.js";

export function drawPage() {
  if (!state.screen) return [h("main", { class: "empty" }, state.place.person ? "Opening the workspace…" : "Nobody is here yet.")];
  const beside = besidePane();
  return listed([
    peopleBar(),
    h("div", { key: "places", class: placesClass(beside), role: state.place.list ? "main" : null }, sidebar(), middle(), beside),
    openingCard(),
    inFront() ? null : captionBar(),
    toasts(),
    modalDialog(state.confirm ? null : captionBar()),
    confirmDialog(captionBar()),
  ]);
}

// Nothing behind a dialog can be reached: the story's bar goes with it.
function inFront() {
  return Boolean(state.confirm) || state.screen.modals.length > 0;
}

// On a phone the list of places takes the place of the channel, and is then what matters.
function placesClass(beside) {
  return ["places", state.place.list && "show-list", beside && "show-beside"].filter(Boolean).join(" ");
}

function middle() {
  const { place } = state;
  if (place.home) return homePane(place.home);
  const here = channel(place.channel);
  return here ? channelPane(here) : h("main", { key: "nowhere", class: "pane empty" }, "Choose a channel.");
}

function besidePane() {
  if (state.panel === "phone") return phonePanel();
  const { place } = state;
  const here = channel(place.channel);
  return here && place.thread ? threadPane(here, place.thread) : null;
}
