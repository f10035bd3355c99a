// A description of an element. `key` tells children apart; `first` is set once, when the element is made,
// so that what a person types or ticks afterwards is theirs; `now` is set at every drawing.
export function h(tag, about, ...children) {
  const { key = null, first = null, now = null, made = null, drawn = null, gone = null, ...rest } = about ?? {};
  return { tag, key, first, now, made, drawn, gone, rest, children: listed(children) };
}

export function listed(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && typeof child !== "boolean" && child !== "")
    .map((child) => (typeof child === "object" ? child : String(child)));
}

export function icon(name) {
  return h("svg", { class: "icon", "aria-hidden": "true" }, h("use", { href: `/page/icons.svg#${name}` }));
}

export function onlyRead(...words) {
  return h("span", { class: "only-read" }, ...words);
}
