// Questions to the workspace's control API.
import { state } from "./store.js";

export class Refused extends Error {}

export async function get(path, query, signal) {
  return answer(await fetch(`/_control/${path}?${new URLSearchParams(query)}`, { signal }));
}

export async function post(path, body = {}) {
  const json = { "Content-Type": "application/json" };
  return answer(await fetch(`/_control/${path}`, { method: "POST", headers: json, body: JSON.stringify(body) }));
}

export function act(deed, ask = {}) {
  return post("act", { person: state.place.person, do: deed, ...ask });
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Refused(body.error);
  return body;
}
