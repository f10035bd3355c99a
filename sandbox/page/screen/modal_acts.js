// Submitting a modal and closing it.
import { act } from "../state/asks.js";
import { choiceOf } from "../state/choices.js";
import { local, touch } from "../state/local.js";
import { words } from "../state/notices.js";
import { complain, flush, showError } from "../state/using.js";
import { idsOf } from "../elements/tied.js";
import { problemWith } from "../elements/checks.js";
import { ask } from "./message_menu.js";

export function isSending(surface) {
  return local(surface.key, "sending").now === true;
}

export async function submit(surface) {
  if (isSending(surface) || !complete(surface)) return;
  sending(surface, true);
  try {
    await flush(surface);
    const said = await act("submit");
    if (said.error) complain(surface, words(said.error));
    else leadTo(surface, Object.keys(said.errors ?? {})[0]);
  } catch (problem) {
    complain(surface, problem.message);
  } finally {
    sending(surface, false);
  }
}

function sending(surface, now) {
  local(surface.key, "sending").now = now;
  if (now) local(surface.key, "trouble").words = "";
  touch(surface.key);
}

// What Slack's own form refuses before the app hears of it.
function complete(surface) {
  const inputs = surface.blocks.filter((block) => block.type === "input");
  const wrong = inputs.map((block) => [block, problemWith(block, choiceOf(surface, block, block.element))]).filter(([, problem]) => problem);
  for (const [block, problem] of wrong) showError(surface, block.block_id, problem);
  leadTo(surface, wrong[0]?.[0].block_id);
  return wrong.length === 0;
}

// The error may be on its way still: the focus goes there once the error is drawn.
function leadTo(surface, blockId) {
  local(surface.key, "lead").to = blockId;
  touch(surface.key);
}

export function follow(surface, form) {
  const lead = local(surface.key, "lead");
  const error = lead.to && form.querySelector(`#${idsOf(surface, { block_id: lead.to }).error}`);
  if (!error) return;
  lead.to = null;
  const block = error.closest(".block");
  block.querySelector("input, textarea").focus();
  block.scrollIntoView({ block: "nearest" });
}

export function closeTop() {
  ask("close", {});
}

export function closeAll() {
  ask("close", { everything: true });
}
