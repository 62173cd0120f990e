/** Where a story's free part ends, and what a reader gets of it. */
import { entitlementOf, type Gate } from '../../entitlement.ts';
import type { Reader } from '../../reader.ts';
import type { Block } from '../blocks.ts';
import { textOf } from './words.ts';

/** Where the CMS set no mark, so many blocks of text are free. */
const freeTexts = 3;

/** A body split at its paywall. `gated` is empty where the story is public. */
interface Split {
  free: Block[];
  gated: Block[];
}

/** Splits at the CMS's own mark, else after a fixed number of blocks of text. The mark itself is in neither part. */
export function splitAtPaywall(blocks: readonly Block[], visibility: Gate['visibility']): Split {
  const text = blocks.filter(({ kind }) => kind !== 'paywall');
  if (visibility === 'PUBLIC') return { free: text, gated: [] };
  const mark = blocks.findIndex(({ kind }) => kind === 'paywall');
  const end = mark >= 0 ? mark : endOfFreeText(text);
  return { free: text.slice(0, end), gated: text.slice(end) };
}

/** After the third block of text, but always before the last: a gated story is never free in full. */
function endOfFreeText(blocks: readonly Block[]): number {
  const texts = blocks.flatMap((block, place) => (textOf(block) === '' ? [] : [place]));
  const last = texts[Math.min(freeTexts, texts.length - 1) - 1];
  return last === undefined ? 0 : last + 1;
}

/** The blocks that this reader may see. Where this reader may not read the whole, a paywall block ends them. */
export function visibleBlocks(blocks: readonly Block[], gate: Gate, reader: Reader): Block[] {
  const { free, gated } = splitAtPaywall(blocks, gate.visibility);
  if (gate.visibility === 'PUBLIC') return free;
  if (entitlementOf(reader, gate).level === 'FULL') return [...free, ...gated];
  return [...free, { kind: 'paywall' }];
}
