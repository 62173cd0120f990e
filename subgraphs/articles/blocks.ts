/** The stored form of a story's body: a list of typed blocks, each a JSON object. */

import type { Audience } from '../trust/entitlement.ts';

/** A story's visibility, with Ghost's values. */
export type Visibility = 'PUBLIC' | 'MEMBERS' | 'PAID' | 'TIERS';

/**
 * One block of a body. All `html` is sanitised before it is stored: inline elements only (links, emphasis, code, line
 * breaks). Links to our own stories are root-relative, `/articles/SLUG`, and are made absolute when read. `text` is
 * never HTML. A block with an `audience` is visible to these readers of the story only.
 */
export type Block = BlockContent & { audience?: Audience };

type BlockContent =
  | { kind: 'paragraph'; html: string }
  /** `html` is set if the heading has links. */
  | { kind: 'heading'; level: 2 | 3 | 4 | 5 | 6; text: string; html?: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'quote'; html: string; citation?: string; pull?: boolean }
  | {
      kind: 'image';
      imageId: string;
      caption?: string;
      altText?: string;
      role?: MediaRole;
      displayCredit?: boolean;
    }
  | { kind: 'video'; videoId: string; caption?: string; role?: MediaRole }
  /** `html` is stored only if it is safe to show; otherwise readers get `url`. */
  | { kind: 'embed'; url: string; providerName: string; html?: string; thumbnailUrl?: string }
  /** A link card to another of our stories, looked up by slug when read. */
  | { kind: 'related'; slug: string; linkText: string }
  | { kind: 'callout'; html: string }
  | { kind: 'table'; header?: string[]; rows: string[][] }
  | { kind: 'code'; code: string; language?: string }
  | { kind: 'divider' }
  /** Where the free part ends, as set in the CMS. At most one; ignored in a public story. */
  | { kind: 'paywall' };

export type MediaRole = 'MAIN' | 'INLINE' | 'SHOWCASE' | 'THUMBNAIL';
