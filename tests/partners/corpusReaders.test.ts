/** Every story of a newsroom at every door for every kind of reader: nothing that they may not read, and all that they may. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';
import { loadStored } from '../../gateway/operation/loadManifests.ts';
import type { Stored } from '../../gateway/operation/storedOperations.ts';
import { gates, mayRead, mayReadPart, openAudience, type TestReader } from '../support/audience.ts';
import { corpora, splitStories } from '../support/corpora.ts';
import {
  corpusOf,
  hiddenImage,
  hiddenNames,
  hiddenVideo,
  type Story,
  sampled,
  textFields,
} from '../support/corpus.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { type LeakCheck, missingIn, readable, textsIn } from '../support/leaks.ts';

/** Stories of one question. */
const together = 6;

/** Of so many stories each is asked for; of more those that have something to hide, and some of the others. */
const allOf = 400;
const mostOpen = 30;

describe.each(corpora)('readers of $name', ({ name, fill }) => {
  let doors: TestDoors;
  let check: LeakCheck;
  let stored: Stored;
  let readers: TestReader[];
  const corpus = corpusOf();
  const seen = {
    stories: 0,
    gated: 0,
    doors: new Set<string>(),
    answers: 0,
    whole: 0,
    cut: 0,
    parts: 0,
    refused: 0,
  };

  beforeAll(async () => {
    doors = await openDoors({ hasAll: true });
    await fill(doors, corpus, { gates });
    check = await splitStories(doors, corpus);
    stored = await loadStored(['schema/operations.json']);
    readers = await openAudience(doors);
  }, 300_000);

  afterAll(async () => {
    await doors?.stop();
    const counts = { readers: readers.length, ...seen, doors: seen.doors.size, sentences: check.sentences };
    process.stdout.write(`${name}: ${JSON.stringify({ ...counts, lines: doors.logged.length })}\n`);
  });

  const textOf = keptBy<string>();
  const leakOf = keptBy<string | undefined>();
  const missingOf = keptBy<string[]>();

  type Answer = Pick<LightMyRequestResponse, 'body' | 'headers' | 'statusCode'>;

  const partsOf = (id: string) => [...corpus.parts.values()].filter(({ story }) => story.id === id);
  const storyOf = (id: string): Story => corpus.stories.get(id) as Story;

  /** Nothing in it is behind the paywall for this reader. With `isPassedOn` nobody gets more than anybody there. */
  function look(door: string, reader: TestReader, { body, headers, statusCode }: Answer, isPassedOn = false) {
    const where = `${door} for ${reader.name}`;
    seen.doors.add(door);
    seen.answers++;
    if (reader.opens === null) {
      seen.refused++;
      expect([where, statusCode, headers['cache-control']]).toEqual([where, 401, 'no-store']);
    }
    // Of a story that is not for everybody, oEmbed says that it is private.
    const isAnswered = [200, 404].includes(statusCode) || (statusCode === 401 && door.startsWith('oEmbed'));
    if (reader.opens !== null) expect([where, isAnswered || statusCode]).toEqual([where, true]);
    // What was given to somebody is kept for nobody else.
    if (Object.keys(reader.headers).some((one) => /^(authorization|cookie|x-partner-key)$/.test(one)))
      expect([where, /public|s-maxage/.test(String(headers['cache-control']))]).toEqual([where, false]);
    expect([where, check.leakIn(JSON.stringify(headers))]).toEqual([where, undefined]);
    const asked = isPassedOn ? (readers[0] as TestReader) : reader;
    const may = (id: string) => {
      const part = corpus.parts.get(id);
      return part ? mayReadPart(asked, part) : !isPassedOn && mayRead(reader, storyOf(id));
    };
    const text = textOf(body, () => readable(body));
    const kind = JSON.stringify([reader.opens, reader.writes, isPassedOn]);
    const leak = leakOf(`${kind}${body}`, () => {
      const hidden = isPassedOn || !reader.writes ? corpus.hidden : [];
      return check.leakIn(text, may) ?? hidden.find((one) => body.includes(one) || text.includes(one));
    });
    expect([where, leak]).toEqual([where, undefined]);
    return text;
  }

  function ask(reader: TestReader, query: string, variables: object = {}) {
    const { headers } = reader;
    return doors.app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
  }

  interface Shown {
    id: string;
    bodyHtml: string;
    body: { __typename: string }[];
    access?: { level: string } | null;
  }

  /** A story as one field after another shows it: whole, or to its free end. */
  function lookAtStory(where: string, reader: TestReader, shown: Shown): void {
    const story = storyOf(shown.id);
    const isWhole = mayRead(reader, story);
    if (story.gated.length > 0) seen[isWhole ? 'whole' : 'cut']++;
    // A card of a story that is not there for readers stands nowhere.
    const parts = partsOf(story.id).filter((part) => mayReadPart(reader, part));
    if (parts.length > 0) seen.parts++;
    const own = isWhole ? [...story.free, ...story.gated] : story.free;
    const blocks = [...own, ...parts.map(({ block }) => block)].filter(
      (block) => block.kind !== 'related' || !corpus.hidden.includes(block.slug),
    );
    const place = `${where} for ${reader.name}: ${story.slug}`;
    // What looks like markup stands in text too.
    for (const shownAs of [shown.bodyHtml, shown.body]) {
      const sent = JSON.stringify([shownAs]);
      const missing = missingOf(
        `${story.id}${isWhole}${JSON.stringify(parts.map(({ block }) => block))}${sent}`,
        () =>
          // What looks like markup stands in text too.
          missingIn(`${readable(sent)} ${textsIn(shownAs).join('\u2029')}`, blocks),
      );
      expect([place, missing]).toEqual([place, []]);
    }
    const walls = shown.body.flatMap(({ __typename }, at) => (__typename === 'PaywallBlock' ? [at] : []));
    expect([place, walls]).toEqual([place, isWhole ? [] : [shown.body.length - 1]]);
    if (shown.access) expect([place, shown.access.level]).toEqual([place, isWhole ? 'FULL' : 'PREVIEW']);
  }

  it('get each story whole or to its free end, all asking at once, and anybody the same before and after', async () => {
    const mostOthers = corpus.stories.size <= allOf ? allOf : mostOpen;
    const stories = sampled(corpus, { mostGated: allOf, mostOthers });
    seen.stories = stories.length;
    seen.gated = stories.filter(({ gated }) => gated.length > 0).length;
    for (let start = 0; start < stories.length; start += together) {
      const some = stories.slice(start, start + together);
      const fields = some.map(({ id }, at) => `s${at}: article(id: "${id}") { ...Text access { level } }`);
      const query = `{ ${fields.join(' ')} } fragment Text on Article ${textFields}`;
      const anybody = readers[0] as TestReader;
      const before = await ask(anybody, query);
      // Each twice where it matters, so that reads in flight have others to be shared with.
      const again = some.some(({ gated }) => gated.length > 0) ? readers.toReversed() : [];
      const asking = [...readers, ...again];
      const answers = await Promise.all(asking.map((reader) => ask(reader, query)));
      for (const [at, reader] of asking.entries()) {
        const answer = answers[at] as Answer;
        look('GraphQL by POST', reader, answer);
        if (reader.opens === null) continue;
        const { data, errors } = JSON.parse(answer.body);
        expect(errors).toBeUndefined();
        for (const place of some.keys()) lookAtStory('GraphQL by POST', reader, data[`s${place}`]);
      }
      expect((await ask(anybody, query)).body).toBe(before.body);
    }
  }, 300_000);

  it('get no more by any other way to a story', async () => {
    const paths = `query Paths($id: ID!, $slug: String!, $url: URL!, $section: String!, $words: String!) {
      byId: article(id: $id) { ...Text again: bodyHtml related(first: 3) { nodes { ...Text } } }
      bySlug: article(slug: $slug) { ... on Article { ... on Article { ...Text } } }
      page(url: $url) { __typename ... on Article { ...Text } }
      articles(first: 3) { edges { node { ...Text } } nodes { id } }
      feed(slug: "news") { articles(first: 3) { nodes { ...Text } } }
      section(slug: $section) { articles(first: 3) { nodes { ...Text } } }
      authors(first: 2) { nodes { articles(first: 2) { nodes { ...Text } } } }
      search(query: $words, first: 3) { edges { highlights node { ...Text } } }
    }
    fragment Text on Article { ...Body byline abstract } fragment Body on Article ${textFields}`;
    for (const story of sampled(corpus, { mostGated: 2, mostOthers: 1 })) {
      const variables = {
        ...{
          id: story.id,
          slug: story.slug,
          section: story.content.sectionSlug,
          words: story.content.headline,
        },
        url: `https://news.example/articles/${encodeURIComponent(story.slug)}`,
      };
      const answers = await Promise.all(readers.map((reader) => ask(reader, paths, variables)));
      for (const [at, reader] of readers.entries()) {
        const answer = answers[at] as Answer;
        look('GraphQL by many ways', reader, answer);
        if (reader.opens === null) continue;
        for (const shown of shownIn(JSON.parse(answer.body)))
          lookAtStory('GraphQL by many ways', reader, shown);
      }
    }
  }, 300_000);

  it('get what is theirs of stored operations and pages, and what is for anybody of all that is passed on', async () => {
    const { id = '' } = stored.all.find((one) => one.name === 'StoryPage') ?? {};
    for (const story of sampled(corpus, { mostGated: 4, mostOthers: 2 })) {
      const slug = encodeURIComponent(story.slug);
      const address = encodeURIComponent(`https://news.example/articles/${slug}`);
      const read = {
        'GraphQL by GET': `/graphql?documentId=sha256:${id}&variables=${encodeURIComponent(JSON.stringify({ slug: story.slug, url: `https://news.example/articles/${slug}` }))}`,
        page: `/articles/${slug}`,
      };
      const passedOn = {
        ninjs: `/ninjs/articles/${story.id}`,
        'oEmbed json': `/oembed?format=json&url=${address}`,
        'oEmbed xml': `/oembed?format=xml&url=${address}`,
        'embed data': `/embed/data/article/${slug}.json`,
        frame: `/embed/article/${slug}`,
      };
      for (const [door, url] of Object.entries(read)) {
        const accept = { accept: door === 'page' ? 'text/html' : 'application/json' };
        const before = await doors.get(url, accept);
        const etag = String(before.headers.etag);
        const answers = await Promise.all(
          // Whoever has what anybody gets has not what they get.
          readers.map(({ headers }) =>
            doors.get(url, { ...accept, ...headers, 'if-none-match': `"x${etag}"` }),
          ),
        );
        for (const [at, reader] of readers.entries()) {
          const text = look(door, reader, answers[at] as Answer);
          if (reader.opens === null || !mayRead(reader, story)) continue;
          const parts = partsOf(story.id).filter((part) => mayReadPart(reader, part));
          const blocks = [...story.gated, ...parts.map(({ block }) => block)].filter(
            ({ kind }) => kind !== 'related',
          );
          expect([door, reader.name, missingIn(text, blocks)]).toEqual([door, reader.name, []]);
        }
        const after = await doors.get(url, accept);
        expect([after.body, after.headers.etag]).toEqual([before.body, before.headers.etag]);
        const member = await doors.get(url, { ...accept, ...readers[2]?.headers, 'if-none-match': etag });
        expect([door, member.statusCode, before.statusCode]).toEqual([door, 200, 200]);
      }
      for (const [door, url] of Object.entries(passedOn)) await lookAtPassedOn(door, url);
    }
    const lists = ['news', corpus.lists[0]];
    for (const list of lists) {
      for (const format of ['rss', 'atom', 'json'])
        await lookAtPassedOn(`feed ${format}`, `/feeds/${list}.${format}?limit=10`);
      await lookAtPassedOn('embed data of a feed', `/embed/data/feed/${list}.json?limit=20`);
      await lookAtPassedOn('frame of a feed', `/embed/feed/${list}?limit=20`);
    }
    for (const path of ['/sitemap.xml', '/news-sitemap.xml']) await lookAtPassedOn('sitemap', path);
    for (const reader of readers) {
      look('page of lists', reader, await doors.get('/', { accept: 'text/html', ...reader.headers }));
      const response = await doors.app.inject({
        method: 'POST',
        url: '/hub',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...reader.headers },
        payload: 'hub.mode=subscribe&hub.topic=https://news.example/feeds/news.rss&hub.callback=no',
      });
      look('hub', reader, {
        ...response,
        statusCode: response.statusCode === 400 ? 200 : response.statusCode,
      });
    }
  }, 300_000);

  /** The same for all but for whoever is refused. */
  async function lookAtPassedOn(door: string, url: string): Promise<void> {
    const before = await doors.get(url);
    const answers = await Promise.all(readers.map(({ headers }) => doors.get(url, headers)));
    for (const [at, reader] of readers.entries()) {
      const answer = answers[at] as Answer;
      look(door, reader, answer, true);
      // A partner gets what was agreed with them, which is their own matter.
      if (reader.opens !== null && reader.name !== 'a partner')
        expect([door, reader.name, answer.body]).toEqual([door, reader.name, before.body]);
    }
  }

  it('find no picture and no video of what is not there for them', async () => {
    const fields = hiddenNames.flatMap((name, at) => [
      `i${at}: image(id: "${hiddenImage(name)}") { caption altText contentUrl }`,
      `v${at}: video(id: "${hiddenVideo(name)}") { headline contentUrl }`,
    ]);
    const query = `{ ${fields.join(' ')} videos(first: 100) { totalCount nodes { headline } } }`;
    const rows = await doors.open.media.store.imagesByIds(hiddenNames.map(hiddenImage), 'editor');
    const isMadeUp = rows.some((row) => row !== null);
    for (const reader of readers) {
      const answer = await ask(reader, query);
      look('pictures and videos', reader, answer);
      if (reader.opens === null) continue;
      const { data, errors } = JSON.parse(answer.body);
      expect(errors).toBeUndefined();
      const found = Object.entries(data).filter(
        ([name, value]) => name !== 'videos' && value !== null,
      ).length;
      expect([reader.name, found]).toEqual([reader.name, reader.writes && isMadeUp ? fields.length : 0]);
      for (const row of rows) {
        if (!row) continue;
        const file = `/media/images/${row.id}/${row.version}/96x64.jpg`;
        const { statusCode } = await doors.get(file, reader.headers);
        expect([reader.name, statusCode]).toEqual([reader.name, reader.writes ? 200 : 404]);
      }
    }
  }, 300_000);

  it('leave in the log no sentence that is not for everybody, and no token', () => {
    expect(check.leakIn(doors.logged.join('\u2029'))).toBeUndefined();
    for (const line of doors.logged)
      for (const { headers } of readers)
        for (const value of [headers.authorization, headers['x-partner-key']])
          if (value !== undefined && line.includes(value.slice(-40)))
            throw new Error(`Expected no token, but got: ${line}`);
    expect(doors.logged.length).toBeGreaterThan(500);
  });

  it('were looked at in number', () => {
    expect(seen.gated).toBeGreaterThan(10);
    expect(check.sentences).toBeGreaterThan(50);
    expect(seen.whole).toBeGreaterThan(100);
    expect(seen.cut).toBeGreaterThan(100);
    if (corpus.parts.size > 0) expect(seen.parts).toBeGreaterThan(50);
    expect(seen.doors.size).toBe(18);
  });
});

/** All stories in an answer, however deep. */
function shownIn(value: unknown): { id: string; bodyHtml: string; body: { __typename: string }[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'bodyHtml' in value && 'id' in value ? [value as ReturnType<typeof shownIn>[number]] : [];
  return [...own, ...Object.values(value).flatMap(shownIn)];
}

/** What was worked out by the same key a moment ago: many readers get the same. */
function keptBy<Value>() {
  const kept = new Map<string, Value>();
  return (key: string, make: () => Value): Value => {
    if (kept.size > 200) kept.clear();
    const value = kept.has(key) ? (kept.get(key) as Value) : make();
    kept.set(key, value);
    return value;
  };
}
