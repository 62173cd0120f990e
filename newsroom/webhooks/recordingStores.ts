/** Stores for webhooks: a post knows less than an export, so that newer or more complete stored content is kept. */

import type { CreditContent, ImageContent } from '../../subgraphs/media/content.ts';
import type { ImageRow } from '../../subgraphs/media/store.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { Put, PutOutcome } from '../../subgraphs/store/putContent.ts';
import type { OpenStores } from '../openNewsroom.ts';
import type { NewsroomStores } from '../stores.ts';

/**
 * Replaces stored tags and authors only for `isNewest`, adds missing tiers only, and adds missing facts to pictures. A
 * story stored in a newer state is unchanged.
 */
export function keepingStores(stores: OpenStores, isNewest: (source: string) => boolean): NewsroomStores {
  const { articles, authors, media, membership } = stores;
  const isNewer = ({ sourceId }: { sourceId: string }, kind: string) =>
    isNewest(`${kind}:${sourceId.slice('ghost:'.length)}`);
  const lists = async (ids: string[]) => (await articles.listsByIds(ids)).map((row) => row && outcomeOf(row));
  const topics = (kind: 'section' | 'tag') => (items: readonly { sourceId: string }[]) =>
    lists(items.map(({ sourceId }) => idOf(kind, sourceId)));
  return {
    articles: {
      putSections: keeping(articles.putSections, (it) => isNewer(it, 'tag'), topics('section')),
      putTags: keeping(articles.putTags, (it) => isNewer(it, 'tag'), topics('tag')),
      putContributors: articles.putContributors,
      putArticles: articles.putArticlesUnlessOlder,
    },
    authors: {
      putAuthors: keeping(
        authors.putAuthors,
        (it) => isNewer(it, 'author'),
        async (items) =>
          (await authors.byIds(items.map(({ sourceId }) => idOf('author', sourceId)))).map(
            (row) => row && outcomeOf(row),
          ),
      ),
    },
    media: { putImages: fillingIn(media), putVideos: media.putVideos },
    membership: {
      ...membership,
      putTiers: keeping(
        membership.putTiers,
        () => false,
        async (items) =>
          (await membership.tiersByIds(items.map(({ sourceId }) => idOf('tier', sourceId)))).map(
            (row) => row && outcomeOf(row),
          ),
      ),
    },
  };
}

/** Puts items that are newer or not stored. */
function keeping<Content>(
  put: Put<Content>,
  isNewer: (item: Content) => boolean,
  storedOf: (items: readonly Content[]) => Promise<(PutOutcome | null)[]>,
): Put<Content> {
  return async (items, by) => {
    const older = items.filter((item) => !isNewer(item));
    const stored = await storedOf(older);
    const standing = new Map(older.map((item, position) => [item, stored[position] ?? undefined]));
    const outcomes = await put(
      items.filter((item) => !standing.get(item)),
      by,
    );
    const next = outcomes.values();
    return items.map((item) => standing.get(item) ?? (next.next().value as PutOutcome));
  };
}

/**
 * Adds facts from one use to pictures. Stored values stay, except a credit whose original text has changed in Ghost.
 */
function fillingIn(media: OpenStores['media']): Put<ImageContent> {
  return async (items, by) => {
    const rows = await media.imagesByIds(
      items.map(({ sourceId }) => idOf('image', sourceId)),
      'editor',
    );
    const merged = items.map((item, position) => {
      const row = rows[position];
      return row ? filledIn(item, row) : item;
    });
    const outcomes = await media.putImages(
      merged.flatMap((item) => item ?? []),
      by,
    );
    const next = outcomes.values();
    return merged.map((item, position) =>
      item ? (next.next().value as PutOutcome) : outcomeOf(rows[position] as ImageRow),
    );
  };
}

/** The stored picture with new facts; undefined when there are none. */
function filledIn(item: ImageContent, row: ImageRow): ImageContent | undefined {
  const altText = row.altText ?? item.altText;
  const isMended = item.credit !== undefined && item.credit.original !== (row.originalCredit ?? undefined);
  const credit = isMended ? item.credit : creditOf(row);
  const size = row.sizeIsKnown
    ? { width: row.width, height: row.height }
    : { width: item.width, height: item.height };
  const isSame =
    altText === row.altText &&
    !isMended &&
    (row.sizeIsKnown || size.width === undefined || row.file !== null);
  if (isSame) return undefined;
  const { licence, acquireLicencePage, syndicatable, embeddable, expires } = row;
  const rights = defined({ licence, acquireLicencePage, syndicatable, embeddable, expires });
  return {
    sourceId: item.sourceId,
    ...defined({
      originUrl: item.originUrl ?? row.originUrl,
      encodingFormat: item.encodingFormat ?? row.encodingFormat,
      ...size,
      altText,
      credit,
      file: row.file,
      caption: row.caption,
      copyrightNotice: row.copyrightNotice,
      copyrightHolder: row.copyrightHolder,
      usageTerms: row.usageTerms,
      dateCreated: row.dateCreated,
      locationShown: row.locationShown,
      visibleFrom: row.visibleFrom,
    }),
    rights,
    ...(row.focalX !== null && row.focalY !== null ? { focalPoint: { x: row.focalX, y: row.focalY } } : {}),
  };
}

function creditOf({ creatorName, agency, provider, category, originalCredit }: ImageRow): CreditContent {
  return { ...defined({ creatorName, agency, provider, original: originalCredit }), category };
}

const outcomeOf = ({ id, slug }: { id: string; slug?: string }): PutOutcome => ({
  ...{ id, outcome: 'unchanged', notes: [] },
  ...(slug === undefined ? {} : { slug }),
});

type Defined<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> };

/** The fields that have a value. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given) as Defined<Fields>;
}
