// A drawing that is handed out again, unchanged, while what it was drawn from stays the same.
const drawings = new Map();

export function drawnOnce(key, from, drawing) {
  const known = drawings.get(key);
  if (known && known.from.length === from.length && known.from.every((each, at) => each === from[at])) {
    return known.drawing;
  }
  const fresh = drawing();
  drawings.set(key, { from, drawing: fresh });
  return fresh;
}
