// Puts something that floats under (or over) what it belongs to, inside the window.
const GAP = 4;

export function beside(anchor, floating, atLeastAsWide = false) {
  const box = anchor.getBoundingClientRect();
  if (atLeastAsWide) floating.style.minWidth = `${box.width}px`;
  const { offsetWidth: wide, offsetHeight: high } = floating;
  const under = box.bottom + GAP;
  const top = under + high <= innerHeight ? under : Math.max(GAP, box.top - GAP - high);
  floating.style.top = `${top}px`;
  floating.style.left = `${Math.max(GAP, Math.min(box.left, innerWidth - wide - GAP))}px`;
}
