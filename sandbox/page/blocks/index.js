// One module per kind of block. A surface is what the blocks stand on: a message, a modal, a home page.
import { h } from "../dom/h.js";
import { actions } from "./actions.js";
import { context } from "./context.js";
import { header } from "./header.js";
import { image } from "./image.js";
import { input } from "./input.js";
import { markdown } from "./markdown.js";
import { richText } from "./rich_text.js";
import { section } from "./section.js";
import { table } from "./table.js";
import { video } from "./video.js";

const KINDS = {
  actions, context, header, image, input, markdown, section, table, video,
  rich_text: richText,
  divider: () => h("hr", {}),
};

export function drawBlocks(surface, blocks) {
  return blocks.map((block) =>
    h("div", { key: block.block_id, class: `block block-${block.type}`, "data-block": block.block_id }, draw(surface, block)),
  );
}

function draw(surface, block) {
  const kind = KINDS[block.type];
  return kind ? kind(block, surface) : h("p", { class: "faint" }, `A ${block.type} block, which this page does not draw.`);
}
