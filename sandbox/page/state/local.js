// The small state of an element while it is used: is its list open, what was typed in it. Each belongs to
// a surface (a message, a modal, a home page), whose version moves when it changes, so that the surface is
// drawn again and all the others are not.
import { changed } from "./store.js";

const kept = new Map();
const versions = new Map();

export function local(surface, name, first = {}) {
  const key = `${surface}|${name}`;
  if (!kept.has(key)) kept.set(key, { ...first });
  return kept.get(key);
}

export function touch(surface) {
  versions.set(surface, version(surface) + 1);
  changed();
}

export function version(surface) {
  return versions.get(surface) ?? 0;
}

export function forget(isGone) {
  for (const key of kept.keys()) if (isGone(key.split("|")[0])) kept.delete(key);
}
