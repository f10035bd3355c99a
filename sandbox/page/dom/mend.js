// Makes the children of an element what they should be, touching only what differs. Elements keep their
// identity by key (or by order, tag and first class), so focus, caret, scrolling and typed text live through a redraw.
const KNOWN = Symbol("description");
const news = []; // what made and drawn elements want to be told of
const SVG = new Set(["svg", "use"]);

export function mend(parent, wanted) {
  arrange(parent, wanted);
  announce();
}

function arrange(parent, wanted) {
  const nodes = match([...parent.childNodes], wanted);
  const staying = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!staying.has(node)) remove(node);
  let cursor = parent.firstChild;
  wanted.forEach((child, place) => {
    const node = nodes[place] ? update(nodes[place], child) : make(child);
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  });
}

function match(nodes, wanted) {
  const keyed = new Map();
  const loose = [];
  for (const node of nodes) {
    const key = node[KNOWN]?.key;
    if (key === null || key === undefined) loose.push(node);
    else keyed.set(key, node);
  }
  let next = 0;
  return wanted.map((child) => {
    if (child.key !== null && child.key !== undefined) {
      const node = keyed.get(child.key);
      return node && fits(node, child) ? node : null;
    }
    const at = loose.findIndex((node, place) => place >= next && fits(node, child));
    if (at < 0) return null;
    next = at + 1;
    return loose[at];
  });
}

function fits(node, child) {
  if (typeof child === "string") return node.nodeType === Node.TEXT_NODE;
  const known = node[KNOWN];
  return known?.tag === child.tag && kindOf(known) === kindOf(child);
}

// The first class says what an element is, the others how it is at the moment.
function kindOf(child) {
  return child.rest.class?.split(" ", 1)[0];
}

function make(child) {
  if (typeof child === "string") return document.createTextNode(child);
  const node = SVG.has(child.tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", child.tag)
    : document.createElement(child.tag);
  dress(node, {}, child.rest);
  arrange(node, child.children);
  Object.assign(node, child.first ?? {});
  assign(node, child.now);
  node[KNOWN] = child;
  if (child.made) news.push(() => child.made(node));
  if (child.drawn) news.push(() => child.drawn(node));
  return node;
}

// Only once everything is in the page can an element take the focus, be measured or open over the others.
function announce() {
  for (const tell of news.splice(0)) tell();
}

function update(node, child) {
  if (typeof child === "string") {
    if (node.data !== child) node.data = child;
    return node;
  }
  const before = node[KNOWN];
  if (before === child) return node;
  dress(node, before.rest, child.rest);
  arrange(node, child.children);
  assign(node, child.now);
  node[KNOWN] = child;
  if (child.drawn) news.push(() => child.drawn(node));
  return node;
}

function remove(node) {
  node.remove();
  node[KNOWN]?.gone?.(node);
}

function assign(node, properties) {
  for (const [name, value] of Object.entries(properties ?? {})) if (node[name] !== value) node[name] = value;
}

function dress(node, before, after) {
  for (const name of Object.keys(before)) if (!(name in after)) put(node, name, null);
  for (const [name, value] of Object.entries(after)) if (before[name] !== value) put(node, name, value);
}

function put(node, name, value) {
  if (name.startsWith("on")) node[name] = value && ((event) => void value(event)); // a handler's `false` would cancel
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}
