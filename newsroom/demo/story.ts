/** Helpers for writing demo stories as readable text. */

import type { Block } from '../../subgraphs/articles/blocks.ts';
import type { ArticleContent, ContributorRole } from '../../subgraphs/articles/content.ts';

/**
 * The input for a story: pictures, videos, people and tiers by their keys in this folder, times relative to now in
 * milliseconds (before now: negative). In texts, `%day%` is the weekday of publication and `%day-1%` the day before.
 */
export interface DemoStory
  extends Omit<
    ArticleContent,
    | 'sourceId'
    | 'bylines'
    | 'datePublished'
    | 'dateFirstPublished'
    | 'dateModified'
    | 'embargoedUntil'
    | 'leadMedia'
    | 'corrections'
    | 'requiredTierIds'
  > {
  slug: string;
  /** Slugs of people.ts. */
  by?: string[];
  others?: { role: ContributorRole; slug?: string; name?: string }[];
  published: number;
  modified?: number;
  /** Under embargo until `published`. */
  embargoed?: boolean;
  lead?: { kind: 'image' | 'video'; key: string; caption?: string; altText?: string };
  corrections?: {
    correctionType: NonNullable<ArticleContent['corrections']>[number]['correctionType'];
    text: string;
    at: number;
  }[];
  /** Slugs of membership.ts, for visibility TIERS. */
  requiredTiers?: string[];
}

const minute = 60_000;

export function minutes(count: number): number {
  return count * minute;
}

export function hours(count: number): number {
  return count * 60 * minute;
}

export function days(count: number): number {
  return count * 24 * 60 * minute;
}

/** A paragraph; may hold inline HTML. */
export function p(html: string): Block {
  return { kind: 'paragraph', html };
}

export function h(text: string, level: 2 | 3 = 2): Block {
  return { kind: 'heading', level, text };
}

export function list(...items: string[]): Block {
  return { kind: 'list', ordered: false, items };
}

export function steps(...items: string[]): Block {
  return { kind: 'list', ordered: true, items };
}

export function quote(html: string, citation: string): Block {
  return { kind: 'quote', html, citation };
}

/** A pull quote. */
export function pull(html: string, citation: string): Block {
  return { kind: 'quote', html, citation, pull: true };
}

/** A picture in the text, by its key in pictures.ts. */
export function image(key: string, caption?: string): Block {
  return { kind: 'image', imageId: key, role: 'INLINE', ...(caption === undefined ? {} : { caption }) };
}

export function video(key: string, caption: string): Block {
  return { kind: 'video', videoId: key, role: 'INLINE', caption };
}

export function embed(url: string, providerName: string): Block {
  return { kind: 'embed', url, providerName };
}

/** A link card to another story. */
export function card(slug: string, linkText: string): Block {
  return { kind: 'related', slug, linkText };
}

export function callout(html: string): Block {
  return { kind: 'callout', html };
}

export function table(header: string[], ...rows: string[][]): Block {
  return { kind: 'table', header, rows };
}

export function code(language: string, text: string): Block {
  return { kind: 'code', code: text, language };
}

export const divider: Block = { kind: 'divider' };

/** The end of the free part. */
export const paywall: Block = { kind: 'paywall' };
