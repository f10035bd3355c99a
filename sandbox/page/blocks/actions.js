import { drawElement } from "../elements/index.js";

export function actions(block, surface) {
  return block.elements.map((element) => drawElement(surface, block, element));
}
