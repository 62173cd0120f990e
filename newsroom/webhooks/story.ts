/**
 * Stores a post from a webhook with the functions of the importer: the story, its tags, authors, tiers and pictures.
 */
import type { ArticleContent } from '../../subgraphs/articles/content.ts';
import { badInput } from '../../subgraphs/errors.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { Put, PutOutcome } from '../../subgraphs/store/putContent.ts';
import { hasBody, type PostBody } from '../import/ghost/body.ts';
import type { BodyReader } from '../import/ghost/bodyReader.ts';
import { openLinks } from '../import/ghost/links.ts';
import { openPictureBook } from '../import/ghost/pictures.ts';
import { putNewsroom } from '../import/ghost/setting.ts';
import { placesOf, readStory } from '../import/ghost/story.ts';
import { openStoryWriter } from '../import/ghost/storyWriter.ts';
import { cleanSlug, type GhostTables, openGhostTables } from '../import/ghost/tables.ts';
import { openTelling } from '../import/ghost/tellPictures.ts';
import { RecordError, type SourceRecord, textField } from '../import/records.ts';
import { openReport } from '../import/report.ts';
import type { OpenStores } from '../openNewsroom.ts';
import { recordsIn } from './event.ts';
import { keepingStores } from './recordingStores.ts';

interface TakingPost {
  stores: OpenStores;
  by: string;
  /** Whether no newer state of a tag or author is stored: "tag:6650...". */
  isNewest: (source: string) => boolean;
  reader: BodyReader;
  /** The language of a new story without one. */
  language: string;
}

/** The most links of one story to others that are looked up. */
const linksAtMost = 500;

/** Stores the story. Throws, with a message for the sender, when it is rejected. */
export async function takePost(
  post: SourceRecord,
  { stores, by, isNewest, reader, language }: TakingPost,
): Promise<{ outcome: PutOutcome; notes: string[] }> {
  // An export always has a visibility; a missing one would mean a public story.
  if (textField(post, 'visibility') === undefined)
    throw badInput('Expected a post to have "visibility", but got: none.');
  const tables = tablesOf(post);
  const siteUrl = siteOf(post);
  const known = await knownSlugs(post, siteUrl, stores);
  const links = openLinks({ siteUrl, slugOf: (slug) => tables.slugFor(slug) });
  const pictures = openPictureBook();
  const telling = openTelling(reader, pictures);
  await telling.tell(post);
  await telling.end();
  for (const [id, { featureImage }] of tables.stories)
    if (featureImage) pictures.tell(featureImage, tables.meta.get(id) ?? {});
  pictures.rename(links.pictureSource);

  let outcome: PutOutcome | undefined;
  const keeping = keepingStores(stores, isNewest);
  const putArticles: Put<ArticleContent> = async (items, writer) => {
    const outcomes = await keeping.articles.putArticles(items, writer);
    [outcome] = outcomes;
    return outcomes;
  };
  const reporter = openReport();
  const bringing = {
    stores: { ...keeping, articles: { ...keeping.articles, putArticles } },
    ...{ by, reporter },
  };
  const newsroom = await putNewsroom(bringing, tables, links, pictures);
  const context = { tables, links, language: (await storedLanguage(post, stores)) ?? language, ...newsroom };
  const places = { ...placesOf(context), siteUrl, known };
  const body = (await storedBody(post, stores)) ?? (await orRefuse(reader.story(post, places)));
  const story = await orRefuse(Promise.resolve().then(() => readStory(post, body, context)));
  await openStoryWriter(bringing, links, pictures)([story]);
  if (!outcome)
    throw badInput(reporter.report.skipped.at(-1)?.reason ?? 'Expected a story, but got: another record.');
  return { outcome, notes: reporter.report.notes.map(({ note }) => note) };
}

async function orRefuse<Read>(reading: Promise<Read>): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof RecordError ? badInput(error.message) : error;
  }
}

/** The tables of an export with this post alone. */
function tablesOf(post: SourceRecord): GhostTables {
  const tables = openGhostTables();
  const postId = textField(post, 'id');
  tables.add('posts', { ...post, type: 'post' });
  tables.add('posts_meta', { ...post, post_id: postId });
  const linked = [
    { table: 'tags', link: 'posts_tags', column: 'tag_id', records: recordsIn(post, 'tags') },
    { table: 'users', link: 'posts_authors', column: 'author_id', records: recordsIn(post, 'authors') },
    // A post without required tiers arrives with all existing tiers.
    { table: 'products', link: 'posts_products', column: 'product_id', records: tiersOf(post) },
  ];
  for (const { table, link, column, records } of linked)
    for (const [position, record] of records.entries()) {
      tables.add(table, record);
      tables.add(link, { post_id: postId, [column]: record.id, sort_order: position });
    }
  return tables;
}

function tiersOf(post: SourceRecord): SourceRecord[] {
  const visibility = textField(post, 'visibility') ?? '';
  return visibility === 'tiers' || visibility.includes('product:') ? recordsIn(post, 'tiers') : [];
}

/** The stored slugs among those that the text links to. */
async function knownSlugs(
  post: SourceRecord,
  siteUrl: string | undefined,
  stores: OpenStores,
): Promise<Set<string>> {
  const asked = new Set<string>();
  const asking = openLinks({ siteUrl, slugOf: (slug) => slug });
  for (const [, href = ''] of (textField(post, 'html') ?? '').matchAll(/href="([^"]{1,2000})"/g)) {
    const slug = asking.storySlug(href.replaceAll('&amp;', '&'));
    if (slug !== undefined && asked.size < linksAtMost) asked.add(cleanSlug(slug));
  }
  const slugs = [...asked];
  const found = slugs.length > 0 ? await stores.articles.bySlugs(slugs) : [];
  return new Set(slugs.filter((_, position) => found[position]));
}

/**
 * The address of the site by the addresses in a post: a site in a folder is recognized by its pictures, and by the
 * preview of a draft. An export names the same pictures without the folder.
 */
function siteOf(post: SourceRecord): string | undefined {
  const url = textField(post, 'url');
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  const preview = /^(.*)\/p\/[0-9a-f-]{36}\/?$/.exec(url)?.[1];
  if (preview !== undefined) return preview;
  const after = [textField(post, 'feature_image'), textField(post, 'html')].join(' ').split(origin).slice(1);
  const folders = after.map((text) => inFolder.exec(text.slice(0, 300))?.[1]);
  return origin + (folders.find((folder) => folder !== undefined) ?? '');
}

const inFolder = /^((?:\/[\w.-]+)*?)\/content\/(?:images|media|files)\//;

/** Webhooks do not name the site's language: a stored story keeps its own. */
async function storedLanguage(post: SourceRecord, { articles }: OpenStores): Promise<string | undefined> {
  const id = textField(post, 'id');
  const [stored] = id === undefined ? [] : await articles.anyByIds([idOf('article', `ghost:${id}`)]);
  return stored?.inLanguage;
}

/** Some events lack the text: the stored text is kept. */
async function storedBody(post: SourceRecord, { articles }: OpenStores): Promise<PostBody | undefined> {
  const id = textField(post, 'id');
  if (id === undefined || hasBody(post)) return undefined;
  const [blocks] = await articles.bodiesByIds([idOf('article', `ghost:${id}`)]);
  return blocks ? { isThere: true, blocks, pictures: [], notes: [] } : undefined;
}
