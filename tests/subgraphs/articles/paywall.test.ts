import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block, Visibility } from '../../../subgraphs/articles/blocks.ts';
import { visibleBlocks } from '../../../subgraphs/articles/story/paywall.ts';
import { prepareArticle } from '../../../subgraphs/articles/story/prepare.ts';
import { entitlementOf } from '../../../subgraphs/trust/entitlement.ts';
import { anonymous, type Reader } from '../../../subgraphs/trust/reader.ts';
import { story } from '../../support/stories.ts';

const paragraph = (html: string): Block => ({ kind: 'paragraph', html });
const gate = (visibility: Visibility, requiredTierIds: string[] = []) => ({ visibility, requiredTierIds });

const readers = fc.record({
  memberId: fc.constant(null),
  scopes: fc.constantFrom(new Set<string>(), new Set(['articles:write']), new Set(['media:write'])),
  name: fc.constant('somebody'),
  client: fc.constant(null),
  status: fc.constantFrom<Reader['status']>('ANONYMOUS', 'FREE', 'PAID', 'COMPED', 'GIFT'),
  tierIds: fc.subarray(['gold', 'silver']),
});
const gates = fc.record({
  visibility: fc.constantFrom<Visibility>('PUBLIC', 'MEMBERS', 'PAID', 'TIERS'),
  requiredTierIds: fc.subarray(['gold', 'silver']),
});
const bodies = fc.array(
  fc.oneof(
    fc.constantFrom<Block>({ kind: 'divider' }, { kind: 'heading', level: 2, text: 'H' }),
    fc.string().map(paragraph),
  ),
  { maxLength: 12 },
);

describe('what a reader may see of a story', () => {
  it('follows Ghost for each visibility', () => {
    const reader = (status: Reader['status'], ...tierIds: string[]): Reader => ({
      ...anonymous,
      status,
      tierIds,
    });
    const levels = [anonymous, reader('FREE'), reader('PAID'), reader('COMPED'), reader('FREE', 'gold')].map(
      (who) =>
        [gate('PUBLIC'), gate('MEMBERS'), gate('PAID'), gate('TIERS', ['gold'])].map(
          (one) => entitlementOf(who, one).reason,
        ),
    );
    expect(levels).toEqual([
      ['FREE', 'LOGIN_REQUIRED', 'LOGIN_REQUIRED', 'LOGIN_REQUIRED'],
      ['FREE', 'MEMBER', 'UPGRADE_REQUIRED', 'UPGRADE_REQUIRED'],
      ['FREE', 'MEMBER', 'MEMBER', 'UPGRADE_REQUIRED'],
      ['FREE', 'MEMBER', 'MEMBER', 'UPGRADE_REQUIRED'],
      ['FREE', 'MEMBER', 'UPGRADE_REQUIRED', 'TIER'],
    ]);
  });

  it('ends at the mark of the CMS, and nothing follows the paywall', () => {
    const body: Block[] = [paragraph('a'), { kind: 'paywall' }, paragraph('b'), paragraph('c')];
    expect(visibleBlocks(body, gate('PAID'), anonymous)).toEqual([paragraph('a'), { kind: 'paywall' }]);
    expect(visibleBlocks(body, gate('PUBLIC'), anonymous)).toEqual([
      paragraph('a'),
      paragraph('b'),
      paragraph('c'),
    ]);
    const member: Reader = { ...anonymous, status: 'PAID', tierIds: [] };
    expect(visibleBlocks(body, gate('PAID'), member)).toEqual([
      paragraph('a'),
      paragraph('b'),
      paragraph('c'),
    ]);
  });

  it('ends after three paragraphs where there is no mark', () => {
    const body = ['a', 'b', 'c', 'd'].map(paragraph);
    expect(visibleBlocks(body, gate('MEMBERS'), anonymous)).toEqual([
      ...body.slice(0, 3),
      { kind: 'paywall' },
    ]);
  });

  it('never gives away a whole gated story, however short', () => {
    const texts = (count: number) => Array.from({ length: count }, (_, n) => paragraph(`text ${n}`));
    const shown = (body: Block[]) => visibleBlocks(body, gate('PAID'), anonymous).length - 1;
    expect([1, 2, 3, 4, 9].map((count) => shown(texts(count)))).toEqual([0, 1, 2, 3, 3]);
    expect(shown([{ kind: 'list', ordered: false, items: ['all', 'of', 'it'] }])).toBe(0);
    expect(shown([])).toBe(0);
  });

  it('gives a preview exactly where the entitlement says so, for any reader, gate and body', () => {
    fc.assert(
      fc.property(
        bodies,
        fc.nat(12),
        fc.boolean(),
        gates,
        readers,
        (blocks, place, isMarked, one, reader) => {
          const mark: Block[] = isMarked ? [{ kind: 'paywall' }] : [];
          const body = [...blocks.slice(0, place), ...mark, ...blocks.slice(place)];
          const shown = visibleBlocks(body, one, reader);
          const isWhole = entitlementOf(reader, one).level === 'FULL';
          expect(shown.findIndex(({ kind }) => kind === 'paywall')).toBe(isWhole ? -1 : shown.length - 1);
          if (isWhole) expect(shown).toEqual(blocks);
          else expect(shown.slice(0, -1)).toEqual(blocks.slice(0, shown.length - 1));
          if (!isWhole && isMarked) expect(shown).toHaveLength(Math.min(place, blocks.length) + 1);
        },
      ),
    );
  });

  it('keeps gated words and links out of the abstract, the keywords, the related stories and the search text', () => {
    const known = { sections: new Map([['city', 'id']]), tags: new Map(), authors: new Set<string>() };
    const body = [
      paragraph('Open words.'),
      { kind: 'paywall' } as const,
      paragraph('secret secret secret secret'),
    ];
    const prepared = prepareArticle(story('gated', { visibility: 'MEMBERS', body }), {
      lists: known,
      now: new Date(),
    });
    expect(JSON.stringify([prepared.article, prepared.searched, prepared.links])).not.toContain('secret');
    expect(prepared.article.wordCount).toBe(6);
  });
});
