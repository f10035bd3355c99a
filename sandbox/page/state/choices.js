// A choice, in the form in which it is told to the workspace: a value, an id, a text, or a list of them.
import { choices, path } from "./surfaces.js";

const KEYS = {
  static_select: "selected_option", external_select: "selected_option", radio_buttons: "selected_option",
  multi_static_select: "selected_options", multi_external_select: "selected_options", checkboxes: "selected_options",
  users_select: "selected_user", multi_users_select: "selected_users",
  conversations_select: "selected_conversation", multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel", multi_channels_select: "selected_channels",
  datepicker: "selected_date", timepicker: "selected_time", datetimepicker: "selected_date_time",
  rich_text_input: "rich_text_value", file_input: "files",
};

export function choiceOf(surface, block, element) {
  const made = choices(surface.key);
  const at = path(block, element);
  return at in made ? made[at] : simple(held(surface, block, element));
}

// What is filled in by another hand, a story's or another page's, is drawn as long as nobody chose anything here.
export function untouched(surface, block, element, properties) {
  return path(block, element) in choices(surface.key) ? null : properties;
}

export function choose(surface, block, element, choice) {
  choices(surface.key)[path(block, element)] = choice;
}

// The options already chosen, with their words: an external list cannot be asked for them again.
export function held(surface, block, element) {
  const key = KEYS[element.type] ?? "value";
  const known = surface.values?.[block.block_id]?.[element.action_id];
  if (known) return known[key] ?? null;
  return element[`initial_${key.replace(/^selected_/, "")}`] ?? null;
}

function simple(value) {
  if (Array.isArray(value)) return value.map(simple);
  return value?.value ?? value;
}

export function isEmpty(choice) {
  return choice === null || choice === undefined || choice === "" || (Array.isArray(choice) && choice.length === 0);
}
