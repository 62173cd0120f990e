/** Filling a newsroom with the demo content. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { fillDemo } from '../../../newsroom/demo/fill.ts';
import type { NewsroomStores } from '../../../newsroom/stores.ts';
import type { Put, PutOutcome } from '../../../subgraphs/store/putContent.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const now = new Date('2026-03-10T09:00:00Z');
const root = process.cwd();

/** The same stores, with every outcome noted. */
function noting(stores: NewsroomStores) {
  const outcomes: (PutOutcome & { kind: string })[] = [];
  const note =
    <Content>(kind: string, put: Put<Content>): Put<Content> =>
    async (items, by) => {
      const answer = await put(items, by);
      outcomes.push(...answer.map((outcome) => ({ ...outcome, kind })));
      return answer;
    };
  const { articles, authors, media, membership } = stores;
  const noted: NewsroomStores = {
    articles: {
      putSections: note('sections', articles.putSections),
      putTags: note('tags', articles.putTags),
      putContributors: note('contributors', articles.putContributors),
      putArticles: note('articles', articles.putArticles),
    },
    authors: { putAuthors: note('authors', authors.putAuthors) },
    media: {
      putImages: note('images', media.putImages),
      putVideos: note('videos', media.putVideos),
    },
    membership: {
      putTiers: note('tiers', membership.putTiers),
      putNewsletters: note('newsletters', membership.putNewsletters),
      putCampaigns: note('campaigns', membership.putCampaigns),
      putMembers: note('members', membership.putMembers),
      putCommunity: membership.putCommunity,
    },
  };
  return { stores: noted, outcomes };
}

describe('filling a newsroom with the demo', () => {
  const memory = memoryStores();
  let dataDir = '';
  let first: ReturnType<typeof noting>['outcomes'] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dateline-demo-'));
    const { stores, outcomes } = noting(memory);
    await fillDemo({ stores, dataDir, root, now });
    first = outcomes;
  });

  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('creates everything once, under the slugs that it asked for', () => {
    expect(first.filter(({ outcome }) => outcome !== 'created')).toEqual([]);
    expect(first.flatMap(({ notes }) => notes)).toEqual([]);
    expect(memory.kept.members.size).toBe(643);
    expect(memory.kept.authors.size).toBe(8);
  });

  it('puts the stories last, so that a newsroom with stories was filled whole', () => {
    expect(memory.calls.at(-1)?.kind).toBe('article');
  });

  it('draws every picture at the size and in the format that it claims', async () => {
    for (const { content } of memory.kept.images.values()) {
      const { width, height, format } = await sharp(
        join(dataDir, 'media', 'originals', content.file ?? ''),
      ).metadata();
      expect({ file: content.file, width, height, encodingFormat: `image/${format}` }).toEqual({
        file: content.file,
        width: content.width,
        height: content.height,
        encodingFormat: content.encodingFormat,
      });
    }
  });

  it('copies the video with its captions, and leaves no unfinished file', async () => {
    const files = await readdir(join(dataDir, 'media', 'originals'));
    expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
    const [film] = [...memory.kept.videos.values()];
    expect(files).toContain(film?.content.file);
    for (const { url } of film?.content.captions ?? []) expect(files).toContain(url.split('/').at(-1));
    expect(memory.kept.images.has(film?.content.posterId ?? '')).toBe(true);
  });

  it('gives stories and authors the ids of what was put', () => {
    const { articles, authors, images, videos, tiers } = memory.kept;
    for (const { content } of authors.values()) expect(images.has(content.avatarId ?? '')).toBe(true);
    for (const { content } of articles.values()) {
      for (const { authorId } of content.bylines ?? []) {
        if (authorId !== undefined) expect(authors.has(authorId)).toBe(true);
      }
      for (const id of content.requiredTierIds ?? []) expect(tiers.has(id)).toBe(true);
      const { leadMedia } = content;
      if (leadMedia) expect((leadMedia.kind === 'image' ? images : videos).has(leadMedia.id)).toBe(true);
      for (const block of content.body) {
        if (block.kind === 'image') expect(images.has(block.imageId)).toBe(true);
        if (block.kind === 'video') expect(videos.has(block.videoId)).toBe(true);
      }
    }
  });

  it('changes nothing and draws nothing when it is run again at the same moment', async () => {
    const tram = join(dataDir, 'media', 'originals', 'demo-tram.jpg');
    const before = (await stat(tram)).mtimeMs;
    const { stores, outcomes } = noting(memory);
    await fillDemo({ stores, dataDir, root, now });
    expect(outcomes.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
    expect((await stat(tram)).mtimeMs).toBe(before);
  });

  it('moves the dates, and creates nothing, when it is run again later', async () => {
    const { stores, outcomes } = noting(memory);
    await fillDemo({ stores, dataDir, root, now: new Date(now.getTime() + 3_600_000) });
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toEqual([]);
    expect(
      outcomes.filter(({ kind }) => kind === 'articles').every(({ outcome }) => outcome === 'updated'),
    ).toBe(true);
  });
});

describe('a newsroom whose stores refuse', () => {
  it('gets no stories, and the caller gets the reason', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'dateline-demo-'));
    const memory = memoryStores({
      refuse: (kind) => (kind === 'author' ? new Error('Expected a database, but got: none.') : undefined),
    });
    await expect(fillDemo({ stores: memory, dataDir, root, now })).rejects.toThrow('Expected a database');
    expect(memory.kept.articles.size).toBe(0);
    await rm(dataDir, { recursive: true, force: true });
  });
});
