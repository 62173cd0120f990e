/** The demo newsroom's own words: nothing points at nothing, and everything a newsroom has is in it somewhere. */
import { describe, expect, it } from '@jest/globals';
import { articlesAt, stories } from '../../../newsroom/demo/fill.ts';
import { people } from '../../../newsroom/demo/people.ts';
import { pictures } from '../../../newsroom/demo/pictures.ts';
import { sections, tags } from '../../../newsroom/demo/topics.ts';
import { videos } from '../../../newsroom/demo/videos.ts';
import type { Block } from '../../../subgraphs/articles/blocks.ts';

const now = new Date('2026-03-10T09:00:00Z');
const same = (keys: readonly string[]) => new Map(keys.map((key) => [key, key]));
const articles = articlesAt(now, {
  images: same(pictures.map(({ key }) => key)),
  videos: same(videos.map(({ key }) => key)),
  authors: same(people.map(({ slug }) => slug)),
  tiers: same(['reader', 'supporter', 'patron']),
});
const slugs = new Set(stories.map(({ slug }) => slug));
const textOf = (block: Block): string =>
  Object.entries(block)
    .filter(([name]) => ['html', 'text', 'items', 'rows', 'header', 'linkText', 'code'].includes(name))
    .map(([, value]) => JSON.stringify(value))
    .join(' ');
const wordsOf = (body: readonly Block[]) =>
  body
    .map(textOf)
    .join(' ')
    .replace(/<[^>]*>/g, ' ')
    .split(/[\s",[\]\\]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

describe('the demo stories', () => {
  it('are two dozen or more, each with a slug of its own', () => {
    expect(stories.length).toBeGreaterThanOrEqual(24);
    expect(slugs.size).toBe(stories.length);
  });

  it('point only at sections, tags and stories that are there, and never at themselves', () => {
    for (const { slug, sectionSlug, tagSlugs = [], relatedSlugs = [], body } of articles) {
      expect(sections.map((section) => section.slug)).toContain(sectionSlug);
      for (const tag of tagSlugs) expect(tags.map((it) => it.slug)).toContain(tag);
      const cards = body.flatMap((block) => (block.kind === 'related' ? [block.slug] : []));
      const links = [
        ...body
          .map(textOf)
          .join(' ')
          .matchAll(/\/articles\/([a-z0-9-]+)/g),
      ].map(([, to]) => to);
      for (const to of [...relatedSlugs, ...cards, ...links]) {
        expect(slugs).toContain(to);
        expect(to).not.toBe(slug);
      }
    }
  });

  it('use every section, every tag and every picture', () => {
    expect(new Set(articles.map(({ sectionSlug }) => sectionSlug)).size).toBe(sections.length);
    expect(new Set(articles.flatMap(({ tagSlugs = [] }) => tagSlugs)).size).toBe(tags.length);
    const used = new Set(
      stories.flatMap(({ lead, body }) => [
        ...(lead?.kind === 'image' ? [lead.key] : []),
        ...body.flatMap((block) => (block.kind === 'image' ? [block.imageId] : [])),
      ]),
    );
    for (const { poster } of videos) used.add(poster);
    expect(pictures.map(({ key }) => key).filter((key) => !used.has(key))).toEqual([]);
  });

  it('use every kind of block, quotes both ways and lists both ways', () => {
    const blocks = stories.flatMap(({ body }) => body);
    expect([...new Set(blocks.map(({ kind }) => kind))].sort()).toEqual(
      'callout code divider embed heading image list paragraph paywall quote related table video'.split(' '),
    );
    const quotes = blocks.flatMap((block) => (block.kind === 'quote' ? [block] : []));
    expect(new Set(quotes.map(({ pull = false }) => pull))).toEqual(new Set([true, false]));
    expect(quotes.every(({ citation }) => citation !== undefined)).toBe(true);
    const lists = blocks.flatMap((block) => (block.kind === 'list' ? [block.ordered] : []));
    expect(new Set(lists)).toEqual(new Set([true, false]));
  });

  it('are mostly as long as news is', () => {
    const long = articles.filter(({ body }) => wordsOf(body) >= 220 && wordsOf(body) <= 600);
    expect(long.length).toBeGreaterThanOrEqual(20);
  });

  it('have a main story that is two minutes long with its two pictures', () => {
    const main = articles.find(({ slug }) => slug === 'port-almery-night-trams-approved');
    const words = wordsOf(main?.body ?? []);
    expect(Math.round((words / 275) * 60 + 12 + 11) / 60).toBeLessThan(2.5);
    expect(words).toBeGreaterThanOrEqual(326);
    expect(main?.body.filter(({ kind }) => kind === 'related').length).toBeGreaterThanOrEqual(2);
    expect(main?.corrections).toHaveLength(1);
    expect(main?.bylines?.map(({ role = 'BY' }) => role)).toEqual(['BY', 'BY', 'PHOTOS_BY', 'EDITED_BY']);
  });

  it('stop at a paywall only where they are gated, and one gated story has no mark', () => {
    const marked = articles.filter(({ body }) => body.some(({ kind }) => kind === 'paywall'));
    expect(marked.every(({ visibility = 'PUBLIC' }) => visibility !== 'PUBLIC')).toBe(true);
    const gated = articles.filter(({ visibility = 'PUBLIC' }) => visibility !== 'PUBLIC');
    expect(new Set(gated.map(({ visibility }) => visibility))).toEqual(new Set(['MEMBERS', 'PAID', 'TIERS']));
    expect(gated.length).toBe(marked.length + 1);
    expect(gated.find(({ visibility }) => visibility === 'TIERS')?.requiredTierIds).toEqual(['patron']);
  });

  it('hold one embargoed, one scheduled and one withdrawn story; the newest is minutes old', () => {
    const later = articles.filter(({ datePublished }) => (datePublished ?? now) > now);
    expect(later.filter(({ embargoedUntil }) => embargoedUntil !== undefined)).toHaveLength(1);
    expect(later.filter(({ embargoedUntil }) => embargoedUntil === undefined)).toHaveLength(1);
    expect(articles.filter(({ pubStatus }) => pubStatus === 'CANCELED')).toHaveLength(1);
    const ages = articles.map(({ datePublished }) => now.getTime() - (datePublished?.getTime() ?? 0));
    expect(Math.min(...ages.filter((age) => age > 0))).toBeLessThan(10 * 60_000);
    expect(Math.max(...ages)).toBeLessThan(21 * 24 * 60 * 60_000);
  });

  it('say on which weekday they appeared', () => {
    expect(JSON.stringify(articles)).not.toMatch(/%day/);
    const main = articles.find(({ slug }) => slug === 'port-almery-night-trams-approved');
    expect(JSON.stringify(main?.body[0])).toContain('voted on Tuesday for a line');
  });

  it('speak three languages', () => {
    expect(new Set(articles.map(({ inLanguage = 'en' }) => inLanguage))).toEqual(new Set(['en', 'es', 'ar']));
  });
});

describe('the demo pictures', () => {
  it('all have alt text and a caption, and all but one say who made them', () => {
    expect(pictures.filter(({ altText, caption }) => altText === '' || caption === '')).toEqual([]);
    const unknown = pictures.filter(
      ({ credit }) => credit?.creatorName === undefined && credit?.agency === undefined,
    );
    expect(unknown.map(({ key }) => key)).toEqual(['library']);
  });

  it('are of both kinds, those that partners may have and those they may not', () => {
    const rights = new Set(pictures.map(({ rights }) => rights?.syndicatable ?? false));
    expect(rights).toEqual(new Set([true, false]));
  });
});

describe('the demo people', () => {
  it('are eight, each with a short bio, a long one and a job', () => {
    expect(people).toHaveLength(8);
    for (const { bio = '', longBio = '', jobTitle = '' } of people) {
      expect(bio.length).toBeGreaterThan(40);
      expect(longBio.length).toBeGreaterThan(bio.length);
      expect(jobTitle).not.toBe('');
    }
  });
});
