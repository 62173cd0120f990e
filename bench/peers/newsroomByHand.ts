/** The article page, news feed and front page as programs: the fetches of a good plan in its waves, put together by hand. */
import { type Asked, distinct, type Json, openAsk, serveByHand } from './hand.ts';

const addresses = JSON.parse(process.argv[2] ?? '{}');
const articles = openAsk(addresses.articles);
const authors = openAsk(addresses.authors);
const media = openAsk(addresses.media);
const membership = openAsk(addresses.membership);

const articleQuery = `query($slug: String!) { article(slug: $slug) {
  id headline standfirst canonicalUrl datePublished dateModified readingTimeMinutes timeRequired isAccessibleForFree
  section { id slug name } tags { id slug name }
  leadMedia { __typename ... on ImageUse { caption altText image { id } } ... on VideoUse { caption video { id } } }
  body {
    __typename id
    ... on ParagraphBlock { html } ... on HeadingBlock { level text anchor } ... on ListBlock { ordered items }
    ... on QuoteBlock { html citation } ... on ImageBlock { use { caption altText image { id } } }
    ... on RelatedStoryBlock { linkText url article { id slug headline readingTimeMinutes } }
    ... on EmbedBlock { url providerName html } ... on PaywallBlock { visibility }
  }
  bylines { role displayName author { id slug name } }
  related(first: 4) { edges { source reason node { id slug headline readingTimeMinutes leadMedia { ... on ImageUse { altText image { id } } } } } }
  corrections { id correctionType text datePublished }
  visibility requiredTierIds
} }`;
const bannerQuery =
  '{ membership { memberCount { display } thankYouMessage campaign { id name goal percent callToAction url } } }';
const accessQuery =
  'query($stories: [_Any!]!) { _entities(representations: $stories) { ... on Article { access { level reason callToAction url } } } }';
const picturesQuery = `query($lead: [_Any!]!, $body: [_Any!]!, $related: [_Any!]!, $videos: [_Any!]!) {
  lead: _entities(representations: $lead) { ... on Image { creditText credit { creatorName agency provider } width height srcset } }
  body: _entities(representations: $body) { ... on Image { creditText width height srcset } }
  related: _entities(representations: $related) { ... on Image { creditText srcset(widths: [320, 640]) } }
  videos: _entities(representations: $videos) { ... on Video { headline embedUrl creditText } }
}`;
const peopleQuery =
  'query($people: [_Any!]!) { _entities(representations: $people) { ... on Author { jobTitle bio url avatar { id } } } }';
const facesQuery =
  'query($images: [_Any!]!) { _entities(representations: $images) { ... on Image { srcset(widths: [96, 192]) altText } } }';
const smallQuery =
  'query($images: [_Any!]!) { _entities(representations: $images) { ... on Image { creditText srcset(widths: [320, 640]) } } }';
const feedQuery = `query($first: Int!, $after: String) { feed(slug: "news") { id title articles(first: $first, after: $after) {
  edges { cursor node { id slug headline kicker readingTimeMinutes datePublished breaking bylines { displayName author { id name slug } }
    leadMedia { ... on ImageUse { altText image { id } } } } }
  pageInfo { hasNextPage endCursor }
} } }`;
const frontQuery = `{
  breaking: articles(first: 3, filter: { breaking: true }) { nodes { id slug headline datePublished } }
  feed(slug: "news") { id title articles(first: 12) {
    nodes { id slug headline standfirst readingTimeMinutes datePublished section { id name slug } leadMedia { ... on ImageUse { altText image { id } } } }
    pageInfo { hasNextPage endCursor }
  } }
}`;
const frontBannerQuery =
  '{ membership { memberCount { display } thankYouMessage campaign { id name goal percent } } }';
const videosQuery =
  '{ videos(first: 1) { nodes { id headline description embedUrl creditText poster { id srcset altText creditText } } } }';

interface Named {
  id: string;
}

/** Things of one type to ask for, each once, and how to put what came into the places they stood in. */
function collect(typename: string, things: readonly Json[]) {
  const found = things.filter((thing) => thing);
  const { ids, places } = distinct(found.map(({ id }: Named) => id));
  return {
    representations: ids.map((id) => ({ __typename: typename, id })),
    put(rows: readonly Json[]) {
      found.forEach((thing, at) => {
        Object.assign(thing, rows[places[at] ?? 0]);
      });
    },
  };
}

async function articlePage(asked: Asked): Promise<Json> {
  const [page, { membership: banner }] = await Promise.all([
    articles(articleQuery, { slug: asked.variables.slug }, asked),
    membership(bannerQuery, {}, asked),
  ]);
  const { article } = page;
  if (!article) return { article, membership: banner };
  const { visibility, requiredTierIds, ...story } = article;
  const lead = collect('Image', [story.leadMedia?.image]);
  const videos = collect('Video', [story.leadMedia?.video]);
  const body = collect(
    'Image',
    story.body.map((block: Json) => block.use?.image),
  );
  const related = collect(
    'Image',
    story.related.edges.map(({ node }: Json) => node.leadMedia?.image),
  );
  const people = collect(
    'Author',
    story.bylines.map(({ author }: Json) => author),
  );
  const askPictures = async () => {
    const groups = { lead, body, related, videos };
    const variables = Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [name, group.representations]),
    );
    if (Object.values(variables).every((list) => list.length === 0)) return;
    const rows = await media(picturesQuery, variables, asked);
    lead.put(rows.lead);
    body.put(rows.body);
    related.put(rows.related);
    videos.put(rows.videos);
  };
  const askPeople = async () => {
    if (people.representations.length === 0) return;
    people.put((await authors(peopleQuery, { people: people.representations }, asked))._entities);
    const faces = collect('Image', [...new Set(story.bylines.map(({ author }: Json) => author?.avatar))]);
    if (faces.representations.length === 0) return;
    faces.put((await media(facesQuery, { images: faces.representations }, asked))._entities);
  };
  const askAccess = async () => {
    const stories = [{ __typename: 'Article', id: story.id, visibility, requiredTierIds }];
    story.access = (await membership(accessQuery, { stories }, asked))._entities[0].access;
  };
  await Promise.all([askAccess(), askPictures(), askPeople()]);
  return { article: story, membership: banner };
}

async function withPictures(stories: readonly Json[], asked: Asked): Promise<void> {
  const images = collect(
    'Image',
    stories.map(({ leadMedia }) => leadMedia?.image),
  );
  if (images.representations.length === 0) return;
  images.put((await media(smallQuery, { images: images.representations }, asked))._entities);
}

async function newsFeed(asked: Asked): Promise<Json> {
  const { feed } = await articles(feedQuery, { first: 20, ...asked.variables }, asked);
  await withPictures(
    feed.articles.edges.map(({ node }: Json) => node),
    asked,
  );
  return { feed };
}

async function frontPage(asked: Asked): Promise<Json> {
  const stories = articles(frontQuery, {}, asked).then(async (page) => {
    await withPictures(page.feed.articles.nodes, asked);
    return page;
  });
  const [banner, page, films] = await Promise.all([
    membership(frontBannerQuery, {}, asked),
    stories,
    media(videosQuery, {}, asked),
  ]);
  return { membership: banner.membership, ...page, videos: films.videos };
}

const pages: Record<string, (asked: Asked) => Promise<Json>> = {
  ArticlePage: articlePage,
  NewsFeed: newsFeed,
  FrontPage: frontPage,
};

serveByHand(
  (asked, operation) => pages[operation]?.(asked) ?? Promise.reject(new Error(`No page ${operation}.`)),
);
