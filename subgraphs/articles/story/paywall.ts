/** The paywall: where the free part of a story ends, and which blocks have their own audience. */
import { entitlementOf, type Gate } from '../../trust/entitlement.ts';
import type { Reader } from '../../trust/reader.ts';
import type { Block } from '../blocks.ts';
import { textOf } from './words.ts';

/** The number of free text blocks if the CMS sets no mark. */
const freeTexts = 3;

/** A body split at its paywall. `gated` is empty if the story is public. */
interface Split {
  free: Block[];
  gated: Block[];
}

/** Splits at the mark from the CMS, or after a fixed number of text blocks. The mark itself is in neither part. */
export function splitAtPaywall(blocks: readonly Block[], visibility: Gate['visibility']): Split {
  const text = blocks.filter(({ kind }) => kind !== 'paywall');
  if (visibility === 'PUBLIC') return { free: text, gated: [] };
  const mark = blocks.findIndex(({ kind }) => kind === 'paywall');
  const end = mark >= 0 ? mark : endOfFreeText(text);
  return { free: text.slice(0, end), gated: text.slice(end) };
}

/** After the third text block, but always before the last one: a gated story is never entirely free. */
function endOfFreeText(blocks: readonly Block[]): number {
  const texts = blocks.flatMap((block, place) => (textOf(block) === '' ? [] : [place]));
  const last = texts[Math.min(freeTexts, texts.length - 1) - 1];
  return last === undefined ? 0 : last + 1;
}

/** The blocks that every reader sees: the source of summaries, search and links. */
export function blocksForAll(blocks: readonly Block[], visibility: Gate['visibility']): Block[] {
  return splitAtPaywall(blocks, visibility).free.filter(({ audience }) => audience === undefined);
}

/** The blocks that a reader may see, with a paywall block at the end if the reader may not read the whole story. */
export function visibleBlocks(blocks: readonly Block[], gate: Gate, reader: Reader): Block[] {
  const { free, gated } = splitAtPaywall(blocks, gate.visibility);
  const isWhole = entitlementOf(reader, gate).level === 'FULL';
  const visible = (isWhole ? [...free, ...gated] : free).filter((block) => isFor(block, reader));
  return isWhole ? visible : [...visible, { kind: 'paywall' }];
}

const open = { visibility: 'PUBLIC', requiredTierIds: [] } as const;

function isFor({ audience }: Block, reader: Reader): boolean {
  return audience === undefined || entitlementOf(reader, { ...open, audience }).level === 'FULL';
}
