/** Whole newsrooms as they are filled: which stories there are, which pictures may go out, what must never be seen. */
import type { NewsroomStores } from '../../newsroom/stores.ts';
import type { Block, Visibility } from '../../subgraphs/articles/blocks.ts';
import type { ArticleContent } from '../../subgraphs/articles/content.ts';
import type { ImageContent } from '../../subgraphs/media/content.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { Audience } from '../../subgraphs/trust/entitlement.ts';
import { audiences } from './audience.ts';
import type { TestDoors } from './doors.ts';

export interface Story {
  id: string;
  slug: string;
  content: ArticleContent;
  /** Its blocks before and behind the paywall, without those that have an audience of their own. */
  free: Block[];
  gated: Block[];
}

/** A block with an audience of its own; `isGated`: it stands behind the paywall of its story too. */
export interface StoryPart {
  story: Story;
  block: Block;
  audience: Audience;
  isGated: boolean;
}

export interface Corpus {
  stories: Map<string, Story>;
  /** By the id of the story and the place in it. */
  parts: Map<string, StoryPart>;
  images: Map<string | undefined, { syndicatable: boolean; embeddable: boolean; credit: string }>;
  /** Names of feeds beside "news". */
  lists: string[];
  /** Texts that anybody may read, of no story. */
  open: string[];
  /** Texts that no answer holds. */
  hidden: string[];
}

export const corpusOf = (): Corpus => ({
  stories: new Map(),
  parts: new Map(),
  images: new Map(),
  lists: [],
  open: [],
  hidden: [],
});

/** The name of a feed as an address takes it. */
export const listOf = (name: string) => name.split('/').map(encodeURIComponent).join('/');

const listsOfAKind = 2;

export interface Keeping {
  /** A story may go out, and of pictures every other one. */
  everyOther?: boolean;
  /** What the gated stories ask of their readers instead, one after the other. */
  gates?: readonly Pick<ArticleContent, 'visibility' | 'requiredTierIds'>[];
}

/** The stores, with all that is put noted. */
export function keeping(
  stores: NewsroomStores,
  corpus: Corpus,
  { everyOther = false, gates = [] }: Keeping = {},
): NewsroomStores {
  let gated = 0;
  const gateOf = (content: ArticleContent): ArticleContent =>
    gates.length === 0 || (content.visibility ?? 'PUBLIC') === 'PUBLIC'
      ? content
      : { ...content, ...gates[gated++ % gates.length] };
  const { stories, images, lists, open } = corpus;
  const noteLists = (
    kind: string,
    items: readonly { slug: string; description?: string; bio?: string }[],
  ) => {
    const there = lists.filter((one) => one.startsWith(kind)).length;
    lists.push(...items.slice(0, Math.max(0, listsOfAKind - there)).map(({ slug }) => `${kind}/${slug}`));
    open.push(...items.flatMap(({ description }) => description ?? []));
  };
  return {
    ...stores,
    articles: {
      putSections(items, by) {
        noteLists('section', items);
        return stores.articles.putSections(items, by);
      },
      putTags(items, by) {
        noteLists('tag', items);
        return stores.articles.putTags(items, by);
      },
      putContributors(items, by) {
        noteLists('author', items);
        return stores.articles.putContributors(items, by);
      },
      putArticles(items, by) {
        const usageRights = { syndicatable: true, embeddable: true };
        const put = (everyOther ? items.map((item) => ({ ...item, usageRights })) : items).map(gateOf);
        for (const content of put) {
          const id = idOf('article', content.sourceId);
          stories.set(id, { id, slug: content.slug ?? '', content, free: [], gated: [] });
        }
        return stores.articles.putArticles(put, by);
      },
    },
    authors: {
      putAuthors(items, by) {
        open.push(...items.flatMap(({ bio, longBio }) => [bio ?? '', longBio ?? '']));
        return stores.authors.putAuthors(items, by);
      },
    },
    media: {
      ...stores.media,
      putImages(items, by) {
        const put = everyOther
          ? items.map((item, n) => ({
              ...item,
              rights: { syndicatable: n % 2 === 0, embeddable: n % 4 < 2 },
            }))
          : items;
        for (const { sourceId, rights, credit, caption = '', altText = '' } of put) {
          const {
            syndicatable = false,
            embeddable = false,
            expires,
          }: NonNullable<ImageContent['rights']> = rights ?? {};
          const mayYet = !expires || expires.getTime() > Date.now();
          images.set(idOf('image', sourceId), {
            syndicatable: syndicatable && mayYet,
            embeddable: embeddable && mayYet,
            credit: credit?.creatorName ?? credit?.agency ?? credit?.provider ?? 'Credit unknown',
          });
          open.push(caption, altText);
        }
        return stores.media.putImages(put, by);
      },
    },
  };
}

/** Stories to look at one by one: gated ones first, the others evenly from all; the same each time. */
export function sampled(
  { stories }: Corpus,
  { mostGated, mostOthers }: { mostGated: number; mostOthers: number },
) {
  const all = [...stories.values()];
  const some = (from: Story[], most: number) => {
    const step = Math.max(1, from.length / most);
    return Array.from({ length: Math.min(most, from.length) }, (_, n) => from[Math.floor(n * step)] as Story);
  };
  const isHostile = ({ content }: Story) => content.sourceId.startsWith('hostile');
  return [
    ...all.filter(isHostile),
    ...some(
      all.filter((one) => !isHostile(one) && one.gated.length > 0),
      mostGated,
    ),
    ...some(
      all.filter((one) => !isHostile(one) && one.gated.length === 0),
      mostOthers,
    ),
  ];
}

const blocks = `body {
    __typename
    ... on ParagraphBlock { html } ... on HeadingBlock { text } ... on ListBlock { items }
    ... on QuoteBlock { html citation } ... on ImageBlock { use { caption altText image { id creditText } } }
    ... on EmbedBlock { url html } ... on RelatedStoryBlock { linkText article { headline abstract bodyHtml } }
    ... on CalloutBlock { html } ... on TableBlock { header rows } ... on CodeBlock { code }
  }`;

/** Which story it is, and its text in both forms. */
export const textFields = `{ id bodyHtml ${blocks} }`;

const everything = `{
  id slug headline standfirst abstract kicker byline isAccessibleForFree wordCount bodyHtml
  ${blocks}
  related(first: 4) { nodes { headline abstract standfirst bodyHtml } }
}`;

/** A question for all that anybody may read of some stories. */
export const graphOf = (ids: readonly string[]): string =>
  `{ ${ids.map((id, n) => `s${n}: article(id: "${id}") ${everything}`).join('\n')} }`;

/** The same sentence in a block of each kind. */
const formsOf = (text: string, imageId: string): Block[] => [
  { kind: 'paragraph', html: `${text} in a paragraph with <a href="/articles/hostile-no-rights">a link</a>` },
  { kind: 'heading', level: 2, text: `${text} in a heading` },
  { kind: 'list', ordered: false, items: [`${text} in an item`] },
  { kind: 'quote', html: `${text} in a quote`, citation: `${text} in a citation` },
  { kind: 'image', imageId, caption: `${text} in a caption`, altText: `${text} in words` },
  { kind: 'callout', html: `${text} in a callout` },
  { kind: 'table', rows: [[`${text} in a cell`]] },
  { kind: 'code', code: `${text} in code` },
];

const script = '<script>alert(1)</script>';
const outbreak = '"><img src=x onerror=alert(1)>';

/** What readers do not see, each for a reason of its own: five stories, and media of none. */
export const hiddenNames = ['embargoed', 'scheduled', 'withheld', 'withdrawn', 'never', 'unused'];
export const hiddenImage = (name: string) => idOf('image', `hidden:${name}`);
export const hiddenVideo = (name: string) => idOf('video', `hidden:${name}`);

/** Their pictures and videos, put before the stories. */
async function hiddenMedia({ stores }: TestDoors, corpus: Corpus): Promise<void> {
  const words = (name: string) => ({ sourceId: `hidden:${name}`, originUrl: `https://p.example/Qz${name}` });
  await stores.media.putImages(
    hiddenNames.map((name) => ({ ...words(name), caption: `Qz${name} caption`, altText: `Qz${name} alt` })),
    'test',
  );
  await stores.media.putVideos(
    hiddenNames.map((name) => ({ ...words(name), headline: `Qz${name} film`, uploadDate: new Date() })),
    'test',
  );
  corpus.hidden.push('Qzunused');
}

/** Stories of somebody who means no good, and of what is not there: embargoed, withdrawn, withdrawn before it was there. */
export async function hostileStories(
  doors: TestDoors,
  stores: NewsroomStores,
  corpus: Corpus,
): Promise<void> {
  const section = [...corpus.stories.values()][0]?.content.sectionSlug ?? '';
  const image = (name: string) => idOf('image', name);
  await stores.media.putImages(
    [
      {
        sourceId: 'hostile:ours',
        rights: { syndicatable: true, embeddable: true },
        credit: { creatorName: 'Ida Holt' },
      },
      { sourceId: 'hostile:nobody', rights: { syndicatable: true, embeddable: true } },
      {
        sourceId: 'hostile:wire',
        rights: { syndicatable: false, embeddable: true },
        credit: { agency: 'Wire Co' },
      },
      {
        sourceId: 'hostile:past',
        rights: { syndicatable: true, embeddable: true, expires: new Date('2020-01-01') },
        credit: { creatorName: 'Past Owner' },
      },
    ],
    'test',
  );
  const usageRights = { syndicatable: true, embeddable: true };
  const hour = 3_600_000;
  const tell = (name: string) =>
    `What stands only behind the wall of ${name} is told by ${name} to members who paid for every word of it.`;
  const pictures = ['ours', 'nobody', 'wire', 'past'];
  const base = { sectionSlug: section, usageRights, datePublished: new Date(Date.now() - hour) };
  const visibilities = ['MEMBERS', 'PAID', 'TIERS'] as const;
  const storyOfParts = (visibility: Visibility): ArticleContent => {
    const name = `hostile parts ${visibility.toLowerCase()}`;
    const partsOf = (place: string): Block[] =>
      audiences.flatMap(({ name: who, audience }) =>
        formsOf(tell(`${name} ${place} for ${who}`), image('hostile:ours')).map((block) => ({
          ...block,
          audience,
        })),
      );
    return {
      ...base,
      ...{ sourceId: name.replaceAll(' ', ':'), slug: name.replaceAll(' ', '-'), headline: name, visibility },
      body: [
        ...partsOf('first'),
        { kind: 'paragraph', html: `What all may read of ${name}` },
        { kind: 'paywall' },
        { kind: 'paragraph', html: tell(`${name} rest`) },
        ...partsOf('last'),
      ],
    };
  };
  const stories: ArticleContent[] = visibilities.flatMap((visibility) =>
    [true, false].map((hasMark): ArticleContent => {
      const name = `hostile:${visibility}:${hasMark}`.toLowerCase();
      const word = name.replaceAll(':', ' ');
      return {
        ...base,
        ...{ sourceId: name, slug: name.replaceAll(':', '-'), visibility },
        headline: `${script} ${word}`,
        standfirst: outbreak,
        kicker: outbreak,
        bylines: [{ displayName: outbreak }],
        copyrightNotice: script,
        source: { name: outbreak, category: 'WIRES', url: 'https://e.example/"onclick=' },
        leadMedia: {
          kind: 'image',
          id: image(`hostile:${pictures[hasMark ? 0 : 2]}`),
          caption: outbreak,
          altText: outbreak,
        },
        body: [
          { kind: 'paragraph', html: `One <a href="javascript:alert(1)">a</a> of ${word} ${script}` },
          { kind: 'heading', level: 2, text: outbreak },
          {
            kind: 'embed',
            url: 'https://e.example/a"b',
            providerName: outbreak,
            html: `<iframe src="javascript:alert(1)"></iframe>${script}`,
          },
          ...pictures.map(
            (picture): Block => ({ kind: 'image', imageId: image(`hostile:${picture}`), caption: outbreak }),
          ),
          { kind: 'paragraph', html: `Three of ${word}` },
          ...(hasMark
            ? [{ kind: 'paywall' } as const]
            : [{ kind: 'paragraph', html: `Four of ${word}` } as const]),
          { kind: 'paragraph', html: tell(`${word} paragraph`) },
          { kind: 'heading', level: 2, text: tell(`${word} heading`) },
          {
            kind: 'list',
            ordered: true,
            items: [tell(`${word} first`), `<em>${tell(`${word} second`)}</em>`],
          },
          { kind: 'quote', html: tell(`${word} quote`), citation: tell(`${word} citation`) },
          {
            kind: 'image',
            imageId: image('hostile:ours'),
            caption: tell(`${word} caption`),
            altText: tell(`${word} picture`),
          },
          { kind: 'callout', html: tell(`${word} callout`) },
          { kind: 'table', header: [tell(`${word} header`)], rows: [[tell(`${word} cell`)]] },
          { kind: 'code', code: tell(`${word} code`) },
          { kind: 'related', slug: 'hostile-embargoed', linkText: 'Qzembargoed link' },
        ],
      };
    }),
  );
  stories.push(...[...visibilities, 'PUBLIC' as const].map(storyOfParts));
  stories.push({
    ...base,
    sourceId: 'hostile:no rights',
    headline: 'Not to be passed on',
    usageRights: { syndicatable: false, embeddable: false },
    body: [{ kind: 'paragraph', html: 'Its text.' }],
  });
  await stores.articles.putArticles(stories, 'test');
  const hidden = (name: string, rest: Partial<ArticleContent>): ArticleContent => ({
    ...base,
    sourceId: `hidden:${name}`,
    slug: `hostile-${name}`,
    headline: `Qz${name} headline`,
    relatedSlugs: [],
    leadMedia: { kind: 'image', id: hiddenImage(name), caption: `Qz${name} use` },
    body: [
      { kind: 'paragraph', html: `Qz${name} text` },
      { kind: 'video', videoId: hiddenVideo(name) },
    ],
    ...rest,
  });
  const later = new Date(Date.now() + 24 * hour);
  await hiddenMedia(doors, corpus);
  await doors.stores.articles.putArticles(
    [
      hidden('embargoed', { embargoedUntil: later }),
      hidden('scheduled', { datePublished: later }),
      hidden('withheld', { pubStatus: 'WITHHELD' }),
      hidden('withdrawn', {}),
      hidden('never', { embargoedUntil: later }),
    ],
    'test',
  );
  for (const name of ['withdrawn', 'never'])
    await doors.open.articles.store.withdraw(idOf('article', `hidden:${name}`), `Reason ${name}.`, 'test');
  const names = hiddenNames.filter((name) => name !== 'unused');
  const link = (name: string) => `<a href="/articles/hostile-${name}?a=b">another story</a>`;
  const linking = [...names.map(link), 'and https://news.example/articles/hostile-embargoed.'].join(' ');
  await stores.articles.putArticles(
    [
      {
        ...base,
        sourceId: 'hostile:linking',
        slug: 'hostile-linker',
        headline: 'What links to others',
        body: [
          { kind: 'paragraph', html: linking },
          { kind: 'list', ordered: true, items: names.map(link) },
          { kind: 'quote', html: link('embargoed') },
          { kind: 'callout', html: link('scheduled') },
          { kind: 'table', header: [link('withheld')], rows: [[link('never')]] },
          { kind: 'embed', url: 'https://news.example/articles/hostile-embargoed', providerName: 'Here' },
        ],
      },
    ],
    'test',
  );
  corpus.hidden.push(...names.flatMap((name) => [`Qz${name}`, `hostile-${name}`]), 'Reason never');
  corpus.hidden.push(
    ...names.filter((name) => name !== 'withdrawn').map((name) => idOf('article', `hidden:${name}`)),
  );
}
