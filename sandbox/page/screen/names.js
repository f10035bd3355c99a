// "@fay" as a person types it, "<@U0001>" as the workspace keeps it.
import { state } from "../state/store.js";

const NAME = /(^|\s)@([\w.-]+)/g;

export function withIds(text) {
  return text.replace(NAME, (whole, before, name) => `${before}${markOf(name) ?? whole.trim()}`);
}

function markOf(name) {
  const { people, groups } = state.screen;
  const person = people.find((each) => each.name === name);
  if (person) return `<@${person.id}>`;
  const group = groups.find((each) => each.handle === name);
  if (group) return `<!subteam^${group.id}|@${group.handle}>`;
  return ["here", "channel", "everyone"].includes(name) ? `<!${name}>` : null;
}

export function namesLike(start) {
  const { people, groups } = state.screen;
  const wanted = start.toLowerCase();
  const fits = (...words) => words.some((word) => word?.toLowerCase().startsWith(wanted));
  return [
    ...groups.filter((each) => fits(each.handle, each.name)).map((each) => ({ write: `@${each.handle}`, text: `@${each.handle}`, more: each.name })),
    ...people.filter((each) => fits(each.name, each.real_name)).map((each) => ({ write: `@${each.name}`, text: each.real_name, more: each.profile.title || (each.is_bot ? "app" : "") })),
  ];
}
