/** Fills an empty newsroom with the demo content, for the first start. */
import { access, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArticleContent } from '../../subgraphs/articles/content.ts';
import type { PutOutcome } from '../../subgraphs/store/putContent.ts';
import type { NewsroomStores } from '../stores.ts';
import { type Ids, toArticle } from './article.ts';
import { drawFile, type PictureFormat } from './draw.ts';
import type { Drawing } from './drawing.ts';
import { campaignAt, community, guestsAt, membersAt, newsletters, tiers } from './membership.ts';
import { people } from './people.ts';
import { pictures } from './pictures.ts';
import { portrait } from './scenes/portraits.ts';
import { business } from './stories/business.ts';
import { city } from './stories/city.ts';
import { culture } from './stories/culture.ts';
import { opinion } from './stories/opinion.ts';
import { politics } from './stories/politics.ts';
import { science } from './stories/science.ts';
import { world } from './stories/world.ts';
import type { DemoStory } from './story.ts';
import { sections, tags } from './topics.ts';
import { videos } from './videos.ts';

export interface DemoRequest {
  stores: NewsroomStores;
  /** DATA_DIR; picture files go to media/originals/ below it. */
  dataDir: string;
  /** The project's root folder, which has newsroom/demo/assets/. */
  root: string;
  /** The time from which the dates of the stories are counted. */
  now: Date;
  /** Draws the pictures into an existing folder; `drawAll` by default. */
  draw?: (originals: string) => Promise<void>;
}

const by = 'demo';

export const stories: readonly DemoStory[] = [
  ...city,
  ...politics,
  ...world,
  ...business,
  ...science,
  ...culture,
  ...opinion,
];

/**
 * Puts the demo content into the stores and draws its pictures. Existing files are kept. A second call with the same
 * `now` changes nothing. Stories come last, so that a newsroom with stories is complete.
 */
export async function fillDemo({ stores, dataDir, root, now, draw = drawAll }: DemoRequest): Promise<void> {
  const originals = join(dataDir, 'media', 'originals');
  await mkdir(originals, { recursive: true });
  const drawn = draw(originals);
  const [media, putTiers] = await Promise.all([
    putMedia(stores, root, originals, now),
    putMembership(stores, now),
    drawn,
  ]);
  const authors = await stores.authors.putAuthors(
    people.map(({ likeness: _, ...profile }) => ({
      ...profile,
      sourceId: `demo:author:${profile.slug}`,
      avatarId: idIn(media.images, `avatar:${profile.slug}`),
    })),
    by,
  );
  const authorIds = idsBy(
    people.map(({ slug }) => slug),
    authors,
  );
  await stores.articles.putContributors(
    people.map(({ slug, name }, index) => ({
      id: idIn(authorIds, slug),
      name,
      slug: authors[index]?.slug ?? slug,
    })),
    by,
  );
  await stores.articles.putSections(sections, by);
  await stores.articles.putTags(tags, by);
  const ids: Ids = { ...media, authors: authorIds, tiers: putTiers };
  await stores.articles.putArticles(articlesAt(now, ids), by);
}

/** The stories, oldest first, so that stores number them by age. */
export function articlesAt(now: Date, ids: Ids): ArticleContent[] {
  return [...stories].sort((a, b) => a.published - b.published).map((story) => toArticle(story, now, ids));
}

/** The file of a picture, relative to media/originals/. */
export function fileOf(key: string, format: PictureFormat): string {
  return `demo-${key}.${format === 'jpeg' ? 'jpg' : format}`;
}

/** Draws the missing pictures in this process. */
export async function drawAll(originals: string): Promise<void> {
  const waiting = [
    ...pictures.map(({ key, draw, format }) => ({ file: fileOf(key, format), draw, format })),
    ...people.map(({ slug, likeness }) => ({
      file: fileOf(`avatar-${slug}`, 'jpeg'),
      draw: () => portrait(likeness),
      format: 'jpeg' as const,
    })),
  ];
  const draughtsman = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const file = join(originals, next.file);
      if (!(await isThere(file))) await drawFile(next.draw(), file, next.format);
    }
  };
  // Drawing a large picture takes tens of megabytes, so that only a few are drawn at once.
  await Promise.all([draughtsman(), draughtsman(), draughtsman()]);
}

async function putMedia(stores: NewsroomStores, root: string, originals: string, now: Date) {
  const images = [
    ...pictures.map(({ key, draw, format, taken, ...known }) => ({
      ...known,
      ...describe(`demo:image:${key}`, fileOf(key, format), format, draw()),
      ...(taken === undefined ? {} : { dateCreated: new Date(now.getTime() + taken) }),
    })),
    ...people.map(({ slug, name, likeness }) => ({
      ...describe(`demo:image:avatar:${slug}`, fileOf(`avatar-${slug}`, 'jpeg'), 'jpeg', portrait(likeness)),
      altText: `Portrait of ${name}.`,
      caption: name,
      credit: { creatorName: 'Mara Quist', agency: 'Dateline', category: 'STAFF' as const },
      copyrightNotice: '© Dateline',
      rights: { syndicatable: true, embeddable: true },
      focalPoint: { x: 0.5, y: 0.45 },
    })),
  ];
  const imageIds = idsBy(
    [...pictures.map(({ key }) => key), ...people.map(({ slug }) => `avatar:${slug}`)],
    await stores.media.putImages(images, by),
  );
  const assets = videos.flatMap(({ asset, captions }) => [asset, ...captions.map((track) => track.asset)]);
  await Promise.all(
    assets.map((asset) =>
      copyFile(join(root, 'newsroom', 'demo', 'assets', asset), join(originals, `demo-${asset}`)),
    ),
  );
  const putVideos = await stores.media.putVideos(
    videos.map(({ key, asset, captions, poster, uploaded, ...known }) => ({
      ...known,
      sourceId: `demo:video:${key}`,
      file: `demo-${asset}`,
      captions: captions.map((track) => ({
        language: track.language,
        url: `/media/originals/demo-${track.asset}`,
      })),
      posterId: idIn(imageIds, poster),
      uploadDate: new Date(now.getTime() + uploaded),
    })),
    by,
  );
  return {
    images: imageIds,
    videos: idsBy(
      videos.map(({ key }) => key),
      putVideos,
    ),
  };
}

async function putMembership({ membership }: NewsroomStores, now: Date): Promise<Map<string, string>> {
  const outcomes = await membership.putTiers(tiers, by);
  await membership.putNewsletters(newsletters, by);
  await membership.putCampaigns([campaignAt(now)], by);
  await membership.putCommunity(community, by);
  await membership.putMembers([...guestsAt(now), ...membersAt(now)], by);
  return idsBy(
    tiers.map(({ slug }) => slug),
    outcomes,
  );
}

function describe(sourceId: string, file: string, format: PictureFormat, { width, height }: Drawing) {
  return { sourceId, file, encodingFormat: `image/${format}`, width, height };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function idsBy(keys: readonly string[], outcomes: readonly PutOutcome[]): Map<string, string> {
  return new Map(keys.map((key, index) => [key, outcomes[index]?.id ?? '']));
}

function idIn(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined || id === '')
    throw new Error(`Expected an id for ${key} in the demo newsroom, but got: none.`);
  return id;
}
