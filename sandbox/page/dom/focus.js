// When a redraw takes away what had the focus (a button that no longer works), the focus goes to the nearest
// place around it that is still there, never to the top of the page.
export function keepingFocus(draw) {
  const before = document.activeElement;
  const around = surroundings(before);
  draw();
  if (!before || before === document.body || before.isConnected) return;
  around.find((place) => place.isConnected)?.focus({ preventScroll: true });
}

function surroundings(node) {
  const places = [];
  for (let at = node?.parentElement; at; at = at.parentElement) if (at.hasAttribute("tabindex")) places.push(at);
  return places;
}
