/** The body of a story as it is stored: a list of typed blocks, one JSON object each. */

import type { Audience } from '../trust/entitlement.ts';

/** A story's visibility, as Ghost decides it. */
export type Visibility = 'PUBLIC' | 'MEMBERS' | 'PAID' | 'TIERS';

/**
 * One block of a body. All `html` is sanitised before it is stored: inline elements only (links, emphasis,
 * code, line breaks). Links to our own stories are root-relative, `/articles/SLUG`; they are made absolute
 * when they are read. `text` is never HTML. A block with an `audience` is for those readers of the story alone.
 */
export type Block = BlockContent & { audience?: Audience };

type BlockContent =
  | { kind: 'paragraph'; html: string }
  /** `html` is there where the heading has links. */
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
  /** `html` is kept only where it is safe to show; otherwise readers get `url`. */
  | { kind: 'embed'; url: string; providerName: string; html?: string; thumbnailUrl?: string }
  /** A link card to another of our stories, found by its slug when it is read. */
  | { kind: 'related'; slug: string; linkText: string }
  | { kind: 'callout'; html: string }
  | { kind: 'table'; header?: string[]; rows: string[][] }
  | { kind: 'code'; code: string; language?: string }
  | { kind: 'divider' }
  /** Where the CMS says that the free part ends. At most one; ignored in a public story. */
  | { kind: 'paywall' };

export type MediaRole = 'MAIN' | 'INLINE' | 'SHOWCASE' | 'THUMBNAIL';
