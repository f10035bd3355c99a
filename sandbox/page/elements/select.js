// Every kind of menu of options, as one box to type in and one list to choose from.
import { act } from "../state/asks.js";
import { choiceOf, held } from "../state/choices.js";
import { humans, other, titleOf } from "../state/directory.js";
import { local, touch } from "../state/local.js";
import { path } from "../state/surfaces.js";
import { state } from "../state/store.js";
import { chosen, complain } from "../state/using.js";
import { combobox } from "./combobox.js";
import { tied } from "./tied.js";

export function select(surface, block, element) {
  const own = local(surface.key, path(block, element), { open: false, query: "", active: 0, offered: [], known: {} });
  remember(own, [held(surface, block, element)].flat());
  const many = element.type.startsWith("multi_");
  const choice = [choiceOf(surface, block, element) ?? []].flat();
  const outside = element.type.includes("external");
  const offered = outside ? own.offered : among(offers(element), own.query);
  return combobox({
    key: path(block, element),
    about: tied(surface, block, element),
    own,
    many,
    offered: offered.filter((option) => !many || !choice.includes(option.value)),
    chosen: choice.map((value) => ({ value, text: named(element, own, value) })),
    placeholder: element.placeholder?.text ?? (many ? "Choose some" : "Choose"),
    focus: element.focus_on_load,
    full: many && choice.length >= (element.max_selected_items ?? Infinity),
    emptied: block.optional || many,
    redraw: () => touch(surface.key),
    search: (query) => outside && search(surface, block, element, own, query),
    choose: (values) => chosen(surface, block, element, many ? values : (values[0] ?? null), own.query),
  });
}

function offers(element) {
  if (element.type.includes("users")) return humans().map((each) => ({ value: each.id, text: each.real_name, more: each.profile.title }));
  if (element.type.includes("channels")) return places((each) => each.kind === "public");
  if (element.type.includes("conversations")) return places(conversationFilter(element));
  if (element.option_groups) {
    return element.option_groups.flatMap((group) => group.options.map((each) => ({ ...option(each), group: group.label.text })));
  }
  return (element.options ?? []).map(option);
}

function option(each) {
  return { value: each.value, text: each.text.text, more: each.description?.text };
}

function places(fits) {
  return state.screen.channels.filter(fits).map((each) => ({ value: each.id, text: each.kind === "im" ? titleOf(each) : `#${each.name}` }));
}

function conversationFilter(element) {
  const { include, exclude_bot_users: noBots } = element.filter ?? {};
  const isBot = (each) => each.kind === "im" && state.screen.people.find((one) => one.id === other(each))?.is_bot;
  return (each) => each.joined && (!include || include.includes(each.kind)) && !(noBots && isBot(each));
}

function among(options, query) {
  const wanted = query.trim().toLowerCase();
  return options.filter((each) => `${each.text} ${each.more ?? ""}`.toLowerCase().includes(wanted));
}

function remember(own, options) {
  for (const each of options) if (each?.value) own.known[each.value] = each.text?.text ?? each.text;
}

function named(element, own, value) {
  return own.known[value] ?? offers(element).find((each) => each.value === value)?.text ?? value;
}

// The list of an app: asked for when enough is typed, and the last question's answer is the one shown.
async function search(surface, block, element, own, query) {
  if (query.length < (element.min_query_length ?? 3)) return;
  const asked = (own.asked = (own.asked ?? 0) + 1);
  const where = { block_id: block.block_id, action_id: element.action_id, ...surface.where };
  try {
    const found = await act("options", { ...where, typed: query });
    if (asked !== own.asked) return;
    own.offered = found.options.map(option);
    remember(own, own.offered);
    touch(surface.key);
  } catch (problem) {
    complain(surface, problem.message);
  }
}
