/** What a reader gets of a story: where its free part ends, and which blocks have an audience of their own. */
import { entitlementOf, type Gate } from '../../trust/entitlement.ts';
import type { Reader } from '../../trust/reader.ts';
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

/** The blocks that anybody reads, whoever they are: what summaries, search and links are made of. */
export function blocksForAll(blocks: readonly Block[], visibility: Gate['visibility']): Block[] {
  return splitAtPaywall(blocks, visibility).free.filter(({ audience }) => audience === undefined);
}

/** The blocks that this reader may see. Where this reader may not read the whole, a paywall block ends them. */
export function visibleBlocks(blocks: readonly Block[], gate: Gate, reader: Reader): Block[] {
  const { free, gated } = splitAtPaywall(blocks, gate.visibility);
  const isWhole = entitlementOf(reader, gate).level === 'FULL';
  const shown = (isWhole ? [...free, ...gated] : free).filter((block) => isFor(block, reader));
  return isWhole ? shown : [...shown, { kind: 'paywall' }];
}

const open = { visibility: 'PUBLIC', requiredTierIds: [] } as const;

function isFor({ audience }: Block, reader: Reader): boolean {
  return audience === undefined || entitlementOf(reader, { ...open, audience }).level === 'FULL';
}
