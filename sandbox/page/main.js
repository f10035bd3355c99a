// The browser page of the local workspace.
import { isTold, keepTurning, watchHands } from "./screen/story.js";
import { pointAt } from "./screen/pointing.js";
import { drawPage } from "./screen/page.js";
import { follow } from "./state/feed.js";
import { readPlace, settle } from "./state/place.js";
import { changed, drawWith, now, state } from "./state/store.js";
import { get } from "./state/asks.js";
import { useKeptTheme } from "./screen/theme.js";
import { mend } from "./dom/mend.js";

const LOOK = 250;
const TURNS = 400; // the page of one person stands until that of the next is there, for so long
let followed = null;
let turnedAt = -Infinity;

async function begin() {
  useKeptTheme();
  keepStill();
  watchHands();
  drawWith(draw);
  setInterval(growOlder, LOOK);
  addEventListener("popstate", () => {
    state.place = readPlace();
    state.panel = null;
    changed();
  });
  state.place = readPlace();
  state.place.person ??= await firstPerson();
  changed();
}

// A told story may run fast, so it is the minute of its clock that counts.
function growOlder() {
  const minute = Math.floor(now() / 60_000);
  if (minute === state.minute) return;
  state.minute = minute;
  changed();
}

function isTurning() {
  return !state.screen && performance.now() - turnedAt < TURNS;
}

// What stands there meanwhile is nobody's to press.
function keepStill() {
  const swallow = (event) => {
    if (!isTurning()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const kind of ["click", "keydown", "input", "change", "submit"]) addEventListener(kind, swallow, true);
}

async function firstPerson() {
  const { people } = await get("info", {});
  return people.find((each) => !each.is_bot)?.name;
}

function draw() {
  keepTurning();
  const { person } = state.place;
  if (person && person !== followed) {
    followed = person;
    turnedAt = performance.now();
    follow(person);
    setTimeout(changed, TURNS);
  }
  if (isTurning()) return;
  settle();
  document.documentElement.toggleAttribute("data-story", isTold(state.screen?.stage));
  mend(document.getElementById("page"), drawPage());
  pointAt();
  const spoken = document.getElementById("spoken");
  if (spoken.textContent !== (state.heard ?? "")) spoken.textContent = state.heard ?? "";
}

begin();
