/** Texts of posts in every form that Ghost had, and what no text may do to an import. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Places, readBody } from '../../../newsroom/import/ghost/body.ts';
import { openBodyReader } from '../../../newsroom/import/ghost/bodyReader.ts';
import { importContent } from '../../../newsroom/import/import.ts';
import { RecordError, type SourceRecord } from '../../../newsroom/import/records.ts';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { textOf } from '../../../subgraphs/articles/story/words.ts';
import { fileOf, folderOf, ghostExport, post } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const nowhere: Places = { siteUrl: undefined, slugs: new Map(), known: new Set(), tierIds: new Map() };
const read = (fields: SourceRecord) => readBody(fields, nowhere);
const p = (html: string): Block => ({ kind: 'paragraph', html });
const mobiledoc = (fields: object) => ({ mobiledoc: JSON.stringify({ version: '0.3.1', ...fields }) });
const markdown = (text: string) => read({ markdown: text });

describe('Mobiledoc', () => {
  it('keeps its sections, formats, atoms and cards', () => {
    const { blocks, notes } = read(
      mobiledoc({
        atoms: [['soft-return', '', {}]],
        cards: [
          ['card-markdown', { cardName: 'card-markdown', markdown: 'Some *words*' }],
          ['code', { code: 'a < b', language: 'ts' }],
          ['hr', {}],
          ['bookmark', { type: 'bookmark', url: 'https://a.example/', metadata: { title: 'T' } }],
          [
            'html',
            {
              html: '<p>Paid</p>',
              visibility: { web: { nonMember: false, memberSegment: 'status:-free' }, email: {} },
            },
          ],
          ['email', { html: 'Only mailed' }],
        ],
        markups: [['strong'], ['a', ['href', 'https://b.example/']]],
        sections: [
          [1, 'h2', [[0, [], 0, 'Head']]],
          [
            1,
            'p',
            [
              [0, [], 0, 'a '],
              [0, [0, 1], 1, 'b'],
              [0, [], 1, 'c'],
              [1, [], 0, 0],
              [0, [], 0, 'd'],
            ],
          ],
          [3, 'ol', [[[0, [], 0, 'one']], [[0, [], 0, 'two']]]],
          ...[0, 1, 2, 3, 4, 5].map((card) => [10, card]),
        ],
      }),
    );
    expect(blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Head' },
      p('a <strong><a href="https://b.example/">b</a>c</strong><br>d'),
      { kind: 'list', ordered: true, items: ['one', 'two'] },
      p('Some <em>words</em>'),
      { kind: 'code', code: 'a < b', language: 'ts' },
      { kind: 'divider' },
      p('<a href="https://a.example/">T</a>'),
      { kind: 'embed', url: 'https://a.example/', providerName: 'a.example' },
      { ...p('Paid'), audience: { statuses: ['PAID', 'COMPED', 'GIFT'] } },
    ]);
    expect(notes).toEqual([
      'A card that only e-mails show was left out.',
      'Parts of the text have an audience of their own and are shown to it alone.',
    ]);
  });

  it.each(['{', '[]', '{"version":"0.2.0","sections":[]}', '{"version":"0.3.1"}'])(
    'says what it got: %s',
    (text) => {
      expect(() => read({ mobiledoc: text })).toThrow(/^Expected a Mobiledoc document/);
    },
  );

  it('bears what no editor writes', () => {
    const odd = [
      1,
      [1],
      [10, 99],
      [10],
      [3, 'ul', [1, [2]]],
      [1, 'script', [[0, [9], 5, '<b>']]],
      [2, null],
      ['x'],
    ];
    expect(
      read(mobiledoc({ sections: odd }))
        .blocks.map(textOf)
        .join(''),
    ).toContain('<b>');
  });
});

describe('Markdown', () => {
  it('is read as Ghost reads it', () => {
    const { blocks } = markdown(
      '#Head\n\nOne\ntwo **b** [l](https://a.example "t") <sup>2</sup>\n\n- a\n  - b\n\n```js\nx < 1\n```\n\n> q\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[r]\n\n[r]: https://r.example',
    );
    expect(blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Head' },
      p('One<br>two <strong>b</strong> <a href="https://a.example/">l</a> <sup>2</sup>'),
      { kind: 'list', ordered: false, items: ['a<br>– b'] },
      { kind: 'code', code: 'x < 1', language: 'js' },
      { kind: 'quote', html: 'q' },
      { kind: 'table', header: ['a', 'b'], rows: [['1', '2']] },
      p('<a href="https://r.example/">r</a>'),
    ]);
  });

  it('keeps every word of a card that is too long, and tells of it', () => {
    const words = Array.from({ length: 9_000 }, (_, n) => `word${n}${n % 40 === 0 ? '\n\n' : ' '}`).join('');
    const { blocks, notes } = markdown(`${words}\n\n[end]\n\n[end]: https://e.example`);
    const text = blocks.map(textOf).join(' ');
    for (const n of [0, 4_321, 8_999]) expect(text).toContain(`word${n}`);
    expect(text.split(/\s+/).length).toBeGreaterThanOrEqual(9_000);
    expect(JSON.stringify(blocks)).toContain('https://e.example/');
    expect(notes).toEqual(['A Markdown card of more than 20,000 characters was read in parts.']);
  });

  it('keeps a fence that is longer than a part', () => {
    const { blocks } = markdown(`\`\`\`\n${'let x = 1;\n'.repeat(3_000)}\`\`\`\n\nAfter`);
    expect(blocks.filter(({ kind }) => kind !== 'code')).toEqual([p('After')]);
    expect(blocks.map(textOf).join('\n').split('let x = 1;')).toHaveLength(3_001);
  });

  it.each([
    ['quotations within one another', `${'>'.repeat(20_000)} deep`],
    ['one long line', `${'a b '.repeat(3_000)}deep`],
    [
      'lists within one another',
      `${Array.from({ length: 150 }, (_, n) => `${' '.repeat(n * 2)}- i${n}`).join('\n')} deep`,
    ],
  ])('keeps the words of %s', (_, text) => {
    const { blocks } = markdown(text);
    expect(blocks.map(textOf).join(' ')).toContain('deep');
  });
});

describe('an import', () => {
  it('goes on after a post that cannot be read, and names it', async () => {
    const card = (fields: object) => ({
      html: null,
      lexical: JSON.stringify({ root: { children: [fields] } }),
    });
    let deep: object = { type: 'text', text: 'x' };
    for (let depth = 0; depth < 500; depth += 1)
      deep = { type: 'list', children: [{ type: 'listitem', children: [deep] }] };
    const bad = [
      post({ id: 'b1', slug: 'deep', ...card(deep) }),
      post({ id: 'b2', slug: 'broken', html: null, mobiledoc: '{' }),
      post({ id: 'b3', slug: 'huge', html: 'a'.repeat(5_000_001) }),
      post({ id: 'b4', slug: 'no-lexical', html: null, lexical: '[]' }),
    ];
    const good = [
      post({ id: 'g1', slug: 'quotations', ...card({ type: 'markdown', markdown: '>'.repeat(20_000) }) }),
      post({ id: 'g2', slug: 'brackets', ...card({ type: 'markdown', markdown: '[a]('.repeat(5_000) }) }),
      post({ id: 'g3', slug: 'empty', html: null, custom_excerpt: null }),
    ];
    const stores = memoryStores();
    const path = fileOf('export.json', ghostExport({ posts: [...bad, ...good, post({ id: 'last' })] }));
    const { counts, skipped, notes } = await importContent({ path, stores, by: 'test' });
    expect(counts.story).toMatchObject({ created: 4, skipped: 4 });
    expect(skipped.map(({ record }) => record)).toEqual(['deep', 'broken', 'huge', 'no-lexical']);
    for (const { reason } of skipped) expect(reason).toMatch(/^Expected a /);
    expect(notes).toContainEqual({
      note: 'It has neither a text nor a standfirst, so it is kept as a draft.',
      records: ['empty'],
    });
    const shown = [...stores.kept.articles.values()].map(({ content }) => [
      content.sourceId,
      content.pubStatus,
    ]);
    expect(new Map(shown as [string, string][]).get('ghost:g3')).toBe('WITHHELD');
  });

  it('takes legacy posts with their Markdown', async () => {
    const stores = memoryStores();
    const path = fileOf(
      'export.json',
      ghostExport({ posts: [post({ html: null, markdown: '# Head\n\nWords' })] }),
    );
    await importContent({ path, stores, by: 'test' });
    expect([...stores.kept.articles.values()][0]?.content.body).toEqual([
      { kind: 'heading', level: 2, text: 'Head' },
      p('Words'),
    ]);
  });
});

/** A thread that answers at once, but never of "endless", and that ends itself at "crash". */
const oddProgram = `
  const { parentPort } = require('node:worker_threads');
  let places = 'none';
  parentPort.on('message', (job) => {
    if (job.places) places = job.places.siteUrl;
    const text = job.post.html;
    if (text === 'endless') for (;;) {}
    if (text === 'crash') throw new Error('out of luck');
    parentPort.postMessage({ story: { isThere: true, blocks: [], pictures: [], notes: [text, places] } });
  });`;

describe('a reader on a thread', () => {
  const places = { ...nowhere, siteUrl: 'https://a.example' };
  const outcome = (reading: Promise<{ notes: string[] }>) =>
    reading.then(
      ({ notes }) => notes.join(),
      (error: unknown) => (error instanceof RecordError ? error.message : 'another error'),
    );

  it('gives up a text that takes too long or ends the thread, and reads those before and after it', async () => {
    const program = join(folderOf({ 'thread.cjs': oddProgram }), 'thread.cjs');
    const reader = openBodyReader({ program, timeoutMs: 300 });
    const texts = ['one', 'endless', 'two', 'crash', 'three'];
    const read = await Promise.all(texts.map((html) => outcome(reader.story({ html }, places))));
    expect(read).toEqual([
      'one,https://a.example',
      'Expected a text that is read within 0.3 seconds, but it took longer.',
      // The next thread is told again where links lead.
      'two,https://a.example',
      'Expected a text that can be read, but reading it failed: out of luck',
      'three,https://a.example',
    ]);
    const last = outcome(reader.story({ html: 'endless' }, places));
    await reader.close();
    expect(await last).toMatch(/was closed/);
  });

  const built = resolve('dist/newsroom/import/ghost/bodyThread.js');
  (existsSync(built) ? it : it.skip)('reads as this thread does', async () => {
    const reader = openBodyReader({ program: built });
    const fields = { html: '<p>A <a href="/b/">b</a></p><!--kg-gated-block:begin x--><p>c</p>' };
    const told = { ...places, slugs: new Map([['b', 'bee']]) };
    expect(await reader.story(fields, told)).toEqual(readBody(fields, told));
    expect(await reader.pictures({ html: '<img src="i" alt="A">' })).toEqual([['i', { altText: 'A' }]]);
    await expect(reader.story({ lexical: '{' }, told)).rejects.toThrow(/^Expected a Lexical document/);
    await reader.close();
  });
});
