// Inputs that are typed into.
import { h } from "../dom/h.js";
import { choiceOf, untouched } from "../state/choices.js";
import { path } from "../state/surfaces.js";
import { fill, use } from "../state/using.js";
import { tied } from "./tied.js";

const TYPES = { email_text_input: "email", url_text_input: "url" };
const LONGEST = 3000;

export function typed(surface, block, element) {
  const many = element.multiline || element.type === "rich_text_input";
  const value = textOf(choiceOf(surface, block, element));
  const made = (event) => madeOf(element, event.target.value);
  return h(many ? "textarea" : "input", {
    key: path(block, element),
    ...tied(surface, block, element),
    class: "typed",
    type: many ? null : (TYPES[element.type] ?? "text"),
    rows: many ? "4" : null,
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    placeholder: element.placeholder?.text,
    maxlength: String(element.max_length ?? LONGEST),
    autocomplete: "off",
    "data-focus": element.focus_on_load ? "" : null,
    first: { value },
    now: untouched(surface, block, element, { value }),
    oninput: (event) => fill(surface, block, element, made(event)),
    onkeydown: (event) => event.key === "Enter" && !many && entered(event, surface, block, element, made(event)),
  });
}

function madeOf(element, text) {
  if (element.type !== "rich_text_input" || !text) return text;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

function textOf(choice) {
  if (typeof choice !== "object" || choice === null) return choice ?? "";
  const texts = (part) => part.text ?? (part.elements ?? []).map(texts).join("");
  return texts(choice);
}

// Enter tells the app where the input asks for it; elsewhere it submits, as in any form.
function entered(event, surface, block, element, choice) {
  const asked = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (!block.dispatch_action || !asked.includes("on_enter_pressed")) return;
  event.preventDefault();
  use(surface, block, element, choice);
}
