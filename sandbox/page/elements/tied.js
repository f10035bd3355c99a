// How a control, its label, its hint and its error are tied together.
export function idsOf(surface, block) {
  const base = `${surface.key}-${block.block_id}`.replace(/\W+/g, "_");
  return { control: `${base}-control`, label: `${base}-label`, hint: `${base}-hint`, error: `${base}-error` };
}

export function tied(surface, block, element) {
  if (block.type !== "input") return { "aria-label": nameOf(block, element) };
  return {
    id: idsOf(surface, block).control,
    "aria-describedby": describedBy(surface, block),
    "aria-invalid": surface.errors[block.block_id] ? "true" : null,
    "aria-required": block.optional ? null : "true",
  };
}

export function describedBy(surface, block) {
  const ids = idsOf(surface, block);
  return [surface.errors[block.block_id] && ids.error, block.hint && ids.hint].filter(Boolean).join(" ") || null;
}

// Outside an input nothing labels a menu but its own words and the text beside it.
export function nameOf(block, element) {
  const own = element.placeholder?.text ?? element.type.replaceAll("_", " ");
  return element.accessibility_label ?? (block.text ? `${own}: ${block.text.text.slice(0, 80)}` : own);
}
