/** Anchors of a story's headings, for links to them. */
import type { Block } from '../blocks.ts';

/** The anchor of each heading; a repeated text gets a number. */
export function anchorsOf(blocks: readonly Block[]): Map<Block, string> {
  const counts = new Map<string, number>();
  const anchors = new Map<Block, string>();
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    const base =
      block.text
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 80) || 'section';
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    anchors.set(block, count === 1 ? base : `${base}-${count}`);
  }
  return anchors;
}
