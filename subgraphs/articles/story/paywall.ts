/** Where a story's free part ends, and what a reader gets of it. */
import { entitlementOf, type Gate, type Reader } from '../../entitlement.ts';
import type { Block } from '../blocks.ts';

/** Where the CMS set no mark, so many paragraphs are free. */
const freeParagraphs = 3;

/** A body split at its paywall. `gated` is empty where the story is public. */
interface Split {
  free: Block[];
  gated: Block[];
}

/** Splits at the CMS's own mark, else after a fixed number of paragraphs. The mark itself is in neither part. */
export function splitAtPaywall(blocks: readonly Block[], visibility: Gate['visibility']): Split {
  const text = blocks.filter(({ kind }) => kind !== 'paywall');
  if (visibility === 'PUBLIC') return { free: text, gated: [] };
  const mark = blocks.findIndex(({ kind }) => kind === 'paywall');
  const end = mark >= 0 ? mark : endOfParagraphs(text);
  return { free: text.slice(0, end), gated: text.slice(end) };
}

function endOfParagraphs(blocks: readonly Block[]): number {
  let paragraphs = 0;
  for (const [position, { kind }] of blocks.entries()) {
    if (kind === 'paragraph') paragraphs += 1;
    if (paragraphs === freeParagraphs) return position + 1;
  }
  // A gated story without so many paragraphs gives away its first block at most.
  return Math.min(1, blocks.length);
}

/** The blocks that this reader may see. Where text is held back, a paywall block ends them. */
export function visibleBlocks(blocks: readonly Block[], gate: Gate, reader: Reader): Block[] {
  const { free, gated } = splitAtPaywall(blocks, gate.visibility);
  if (gate.visibility === 'PUBLIC') return free;
  if (entitlementOf(reader, gate).level === 'FULL') return [...free, ...gated];
  return [...free, { kind: 'paywall' }];
}
