/** Parts of a story with an audience of their own, brought in by each way that there is, at the doors that show text. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importContent } from '../../newsroom/import/import.ts';
import { testDatabases } from '../support/databases.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { openSignInService } from '../support/editing.ts';
import { post as aPost, changed, ghostSecret, send } from '../support/ghost.ts';
import { fileOf, ghostExport } from '../support/importFiles.ts';
import { editor, type TestReader } from '../support/readers.ts';
import { putLists } from '../support/stories.ts';

const part = (who: string, words: string) =>
  `<!--kg-gated-block:begin nonMember:${who === 'stranger'} memberSegment:"${who === 'payer' ? 'status:-free' : ''}" -->` +
  `<p>${words}</p><!--kg-gated-block:end-->`;
/** The story begins with what is not for all, so that all that is made of the beginning of a text would show it. */
const html = (n: number) =>
  `${part('payer', `Zebras${n} graze behind the quay`)}${part('stranger', `Yaks${n} may join the herd today`)}` +
  `<p>Ordinary words${n} about the harbour.</p>`;

const lexical = (n: number) =>
  JSON.stringify({
    root: {
      children: [
        {
          type: 'html',
          html: `<p>Zebras${n} graze behind the quay</p>`,
          visibility: {
            web: { nonMember: false, memberSegment: 'status:-free' },
            email: { memberSegment: '' },
          },
        },
        {
          type: 'callout',
          calloutText: `Yaks${n} may join the herd today`,
          visibility: { web: { nonMember: true, memberSegment: '' }, email: { memberSegment: '' } },
        },
        {
          type: 'html',
          html: '<p>Hidden from the site</p>',
          visibility: { showOnWeb: false, showOnEmail: true },
        },
        { type: 'paragraph', children: [{ type: 'text', text: `Ordinary words${n} about the harbour.` }] },
      ],
    },
  });

const everything = `query ($slug: String!, $q: String!) {
  article(slug: $slug) { bodyHtml abstract body { __typename ... on ParagraphBlock { text } ... on CalloutBlock { html } }
    related(first: 2) { nodes { abstract } } access { level } }
  search(query: $q, first: 5) { totalCount edges { highlights node { abstract } } }
}`;

describe.each(testDatabases.slice(-1))('a part with an audience, on $name', ({ open }) => {
  let doors: TestDoors;
  let databases: Awaited<ReturnType<typeof open>>;

  beforeAll(async () => {
    databases = await open();
    doors = await openDoors({ hasAll: true, databases, webhookSecrets: [ghostSecret] });
    await putLists(doors.open.articles.store);
  });
  afterAll(async () => {
    await doors.stop();
    await databases.close();
  });

  const ways: [way: string, bring: (n: number, slug: string) => Promise<string[]>][] = [
    [
      'an export with HTML',
      async (n, slug) => {
        const row = { ...aPost({ id: `i${n}`, slug, html: html(n), custom_excerpt: null }), tags: undefined };
        const path = fileOf('export.json', ghostExport({ posts: [row] }));
        const report = await importContent({ path, stores: doors.stores, by: 'import' });
        return report.notes.map(({ note }) => note);
      },
    ],
    [
      'an export with Lexical',
      async (n, slug) => {
        const row = aPost({ id: `l${n}`, slug, html: null, lexical: lexical(n), custom_excerpt: null });
        const path = fileOf('export.json', ghostExport({ posts: [{ ...row, tags: undefined }] }));
        const report = await importContent({ path, stores: doors.stores, by: 'import' });
        return report.notes.map(({ note }) => note);
      },
    ],
    [
      'a webhook',
      async (n, slug) => {
        const told = aPost({ id: `w${n}`, slug, html: html(n), custom_excerpt: null });
        const response = await send(doors, changed('post', told));
        return response.json().notes;
      },
    ],
    [
      'an editor',
      async (n, slug) => {
        const desk = openSignInService(doors);
        const rest = { slug, bodyHtml: html(n), publishAt: '2024-05-31T12:00:00Z' };
        const { bodyHtml } = await desk.put(`e${n}`, rest);
        // As it is read it can be put back.
        await desk.put(`e${n}`, { ...rest, bodyHtml });
        return ['Parts of the text have an audience of their own and are shown to it alone.'];
      },
    ],
  ];

  it.each(ways)('brought by %s is there for its readers alone', async (way, bring) => {
    const n = ways.findIndex(([name]) => name === way) + 1;
    const slug = `parts-${n}`;
    const notes = await bring(n, slug);
    expect(notes).toContain('Parts of the text have an audience of their own and are shown to it alone.');
    const [zebras, yaks] = [`Zebras${n}`, `Yaks${n}`];
    const readers: [TestReader | undefined, seen: string[]][] = [
      [undefined, [yaks]],
      [{ status: 'FREE' }, []],
      [{ status: 'PAID' }, [zebras]],
      [{ status: 'COMPED' }, [zebras]],
      [editor, [zebras, yaks]],
    ];
    for (const [reader, seen] of readers) {
      const { data, errors } = await doors.ask(everything, { slug, q: `words${n}` }, reader);
      expect(errors).toBeUndefined();
      const { article, search } = data;
      for (const shown of [article.bodyHtml, JSON.stringify(article.body)]) {
        expect([zebras, yaks].filter((word) => shown.includes(word))).toEqual(seen);
        expect(shown).toContain(`words${n}`);
        expect(shown).not.toContain('Hidden');
      }
      expect(article.access.level).toBe('FULL');
      expect(article.abstract).toBe(`Ordinary words${n} about the harbour.`);
      expect(search.totalCount).toBe(1);
      expect(JSON.stringify([search, article.related])).not.toMatch(/Zebras|Yaks/);
      for (const word of [zebras, yaks, `"graze behind"`]) {
        const found = await doors.ask(everything, { slug, q: word }, reader);
        expect(found.data.search.totalCount).toBe(0);
      }
    }
  });

  it('stands on no page, feed or embed of anybody', async () => {
    for (let n = 1; n <= ways.length; n += 1) {
      const page = await doors.get(`/articles/parts-${n}`, { accept: 'text/html' });
      expect(page.body).toContain(`words${n}`);
      expect(page.body).not.toContain('Zebras');
      // Shown once, in its place: no description, no data for machines.
      expect(page.body.split(`Yaks${n}`)).toHaveLength(2);
      expect((await doors.get(`/embed/data/article/parts-${n}.json`)).body).not.toMatch(/Zebras|Yaks/);
    }
    for (const format of ['rss', 'atom', 'json'])
      expect((await doors.get(`/feeds/news.${format}`)).body).not.toContain('Zebras');
  });
});
