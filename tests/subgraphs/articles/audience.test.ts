import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lexicalHtml } from '../../../newsroom/import/ghost/lexical.ts';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';
import { editedContext } from '../../../subgraphs/articles/html/edited.ts';
import { renderForEditing } from '../../../subgraphs/articles/story/html.ts';
import { visibleBlocks } from '../../../subgraphs/articles/story/paywall.ts';
import { prepareArticle } from '../../../subgraphs/articles/story/prepare.ts';
import { anonymous, type Reader } from '../../../subgraphs/trust/reader.ts';
import { story } from '../../support/stories.ts';

const tier = '0b0e5a3c-0000-4000-8000-000000000001';
const places = { publicUrl: 'https://news.example', mediaUrl: 'https://news.example/media' };

const readers: Record<string, Reader> = {
  anybody: anonymous,
  free: { ...anonymous, status: 'FREE' },
  paid: { ...anonymous, status: 'PAID' },
  comped: { ...anonymous, status: 'COMPED' },
  gold: { ...anonymous, status: 'FREE', tierIds: [tier] },
  editor: { ...anonymous, scopes: new Set(['articles:write']) },
};

function read(html: string) {
  const notes: string[] = [];
  const context = {
    ...editedContext(places),
    tierId: (slug: string) => (slug === 'gold' ? tier : undefined),
    note: (text: string) => void notes.push(text),
  };
  return { blocks: blocksOf(html, context), notes };
}

/** Who sees a word of the text, of all readers. */
function whoSees(word: string, blocks: readonly Block[], visibility: 'PUBLIC' | 'PAID' = 'PUBLIC'): string[] {
  const gate = { visibility, requiredTierIds: [] };
  return Object.entries(readers)
    .filter(([, reader]) => JSON.stringify(visibleBlocks(blocks, gate, reader)).includes(word))
    .map(([name]) => name);
}

const begin = (parameters: string) => `<!--kg-gated-block:begin ${parameters} -->`;
const end = '<!--kg-gated-block:end-->';
const around = (parameters: string) => `<p>Before</p>${begin(parameters)}<p>inner</p>${end}<p>after</p>`;
const all = Object.keys(readers);

describe('a part of a text with an audience', () => {
  const cases: [parameters: string, seenBy: string[]][] = [
    ['nonMember:false memberSegment:"status:-free"', ['paid', 'comped', 'editor']],
    ['nonMember:false memberSegment:"status:free"', ['free', 'gold', 'editor']],
    [
      'nonMember:false memberSegment:"status:free,status:-free"',
      ['free', 'paid', 'comped', 'gold', 'editor'],
    ],
    ['nonMember:true memberSegment:""', ['anybody', 'editor']],
    ['nonMember:true memberSegment:"status:free"', ['anybody', 'free', 'gold', 'editor']],
    ['nonMember:true memberSegment:"status:free,status:-free"', all],
    ["memberSegment:'status:paid' nonMember:false", ['paid', 'editor']],
    ['nonMember:false memberSegment:"tier:gold"', ['gold', 'editor']],
    ['nonMember:false memberSegment:"product:gold,status:-free"', ['paid', 'comped', 'gold', 'editor']],
    ['nonMember:false memberSegment:""', ['editor']],
    ['nonMember:false', ['editor']],
    ['memberSegment:"status:-free"', ['paid', 'comped', 'editor']],
    // What nobody understands opens nothing.
    ['nonMember:false memberSegment:"label:vip"', ['editor']],
    ['nonMember:false memberSegment:"tier:lead"', ['editor']],
    ['nonMember:false memberSegment:"status:free+label:vip"', ['editor']],
    ['nonMember:yes memberSegment:"status:free,label:vip"', ['free', 'gold', 'editor']],
    ['nonMember:true nonMember:false', ['editor']],
    ['nonMember:true memberSegment:"status:free" until:"2030"', ['editor']],
    ['nonMember = true', ['editor']],
    ['nonMember:true memberSegment:"status:free', ['editor']],
    ['', ['editor']],
  ];
  it.each(cases)('%s', (parameters, seenBy) => {
    const { blocks } = read(around(parameters));
    expect(whoSees('inner', blocks)).toEqual(seenBy);
    expect(whoSees('Before', blocks)).toEqual(all);
    expect(whoSees('after', blocks)).toEqual(all);
  });

  const marks: [behaviour: string, html: string, seenBy: string[]][] = [
    [
      'is closed to the end where its mark is not ended',
      `${begin('nonMember:false memberSegment:"status:-free"')}<p>x</p><p>word</p>`,
      ['paid', 'comped', 'editor'],
    ],
    ['is closed where its mark ends without a beginning', `<p>word</p>${end}<p>x</p>`, ['editor']],
    [
      'is closed where the mark is in capitals',
      `<!--KG-GATED-BLOCK:BEGIN nonMember:true--><p>word</p>${end}`,
      ['editor'],
    ],
    [
      'is closed where the mark is no whole comment',
      `<!--kg-gated-block:begin nonMember:true><p>word</p>${end}`,
      ['editor'],
    ],
    ['is closed where the mark never ends', `<p>x</p><!--kg-gated-block:begin nonMember:true`, []],
    [
      'may have spaces in its marks',
      `<!-- kg-gated-block:begin nonMember:true memberSegment:"status:free"--><p>word</p><!-- kg-gated-block:end -->`,
      ['anybody', 'free', 'gold', 'editor'],
    ],
    [
      'that is nested is for those of whom both marks speak',
      `${begin('nonMember:true memberSegment:"status:free"')}${begin('nonMember:false memberSegment:"status:free,status:-free"')}<p>word</p>${end}<p>x</p>${end}`,
      ['free', 'gold', 'editor'],
    ],
    [
      'goes on after a nested one',
      `${begin('nonMember:false memberSegment:"status:-free"')}${begin('nonMember:true')}<p>x</p>${end}<p>word</p>${end}`,
      ['paid', 'comped', 'editor'],
    ],
    [
      'may be a whole list, figure or table',
      `<ul><li>a</li>${begin('nonMember:false memberSegment:"status:free"')}<li>word</li>${end}</ul>`,
      ['free', 'gold', 'editor'],
    ],
    [
      'is found in a text area',
      `<textarea>${begin('nonMember:false memberSegment:"status:free"')}</textarea><p>word</p>${end}`,
      ['free', 'gold', 'editor'],
    ],
  ];
  it.each(marks)('%s', (_, html, seenBy) => {
    expect(whoSees('word', read(html).blocks)).toEqual(seenBy);
  });

  it('behind a paywall asks for both', () => {
    const gate = begin('nonMember:true memberSegment:"status:free,status:-free,tier:gold"').replace(
      'nonMember:true',
      'nonMember:false',
    );
    const { blocks } = read(
      `<p>Open</p>${gate}<p>first</p>${end}<!--members-only-->${gate}<p>second</p>${end}<p>rest</p>`,
    );
    expect(whoSees('first', blocks, 'PAID')).toEqual(['free', 'paid', 'comped', 'gold', 'editor']);
    expect(whoSees('second', blocks, 'PAID')).toEqual(['paid', 'comped', 'editor']);
    expect(blocks.filter(({ kind }) => kind === 'paywall')).toEqual([{ kind: 'paywall' }]);
  });

  it('is told of, and what is not understood too', () => {
    expect(read(around('nonMember:false memberSegment:"status:free"')).notes).toEqual([
      'Parts of the text have an audience of their own and are shown to it alone.',
    ]);
    expect(read(around('nonMember:false memberSegment:"label:vip"')).notes[0]).toContain('"label:vip"');
    expect(read(around('?')).notes[0]).toContain('cannot be read');
    expect(read(around('nonMember:true memberSegment:"status:free,status:-free"')).notes).toEqual([]);
  });

  it('keeps its audience when an editor sends the story back', () => {
    for (const [parameters] of cases) {
      const { blocks } = read(`${around(parameters)}<!--members-only-->${around(parameters)}`);
      const again = blocksOf(renderForEditing(blocks, places.publicUrl), editedContext(places));
      expect(again).toEqual(blocks);
    }
  });

  it('leaves nothing in what is made of the text for all, and counts for the reading time', () => {
    const parts = ['nonMember:false memberSegment:"status:-free"', 'nonMember:true memberSegment:""'].map(
      (parameters) => `${begin(parameters)}<p>secret <a href="/articles/secret">secret</a> secret</p>${end}`,
    );
    const prepared = prepareArticle(
      story('parts', { body: read(`<p>Open words.</p>${parts.join('')}`).blocks }),
      {
        lists: { sections: new Map([['city', 'id']]), tags: new Map(), authors: new Set() },
        now: new Date(),
      },
    );
    expect(JSON.stringify([prepared.article, prepared.searched, prepared.links])).not.toContain('secret');
    expect(prepared.article.wordCount).toBe(8);
  });

  it('never shows a word between marks to a reader of whom they do not speak, whatever stands around', () => {
    const piece = fc.constantFrom(
      begin('nonMember:false memberSegment:"status:-free"'),
      begin('nonMember:true'),
      begin('?'),
      ...[
        end,
        '<p>',
        '</p>',
        '<table><tr><td>',
        '<figure>',
        '<!--',
        '-->',
        '<textarea>',
        '<li>',
        'x',
        '"',
        '<a href="',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (before, after) => {
        const gate = begin('nonMember:false memberSegment:"status:-free"');
        const { blocks } = read(`${before.join('')}${gate}<p>secret</p>${end}${after.join('')}`);
        expect(whoSees('secret', blocks)).not.toContain('anybody');
        expect(whoSees('secret', blocks)).not.toContain('free');
      }),
    );
  });
});

describe('a card of Lexical', () => {
  const card = (visibility: unknown, rest: object = {}) =>
    read(
      lexicalHtml(
        JSON.stringify({ root: { children: [{ type: 'html', html: '<p>word</p>', visibility, ...rest }] } }),
      ),
    ).blocks;
  const cases: [visibility: unknown, seenBy: string[]][] = [
    [undefined, all],
    [null, all],
    [{}, all],
    [{ showOnWeb: true, showOnEmail: false, segment: '' }, all],
    [{ emailOnly: false, segment: 'status:-free' }, all],
    [
      { web: { nonMember: true, memberSegment: 'status:free,status:-free' }, email: { memberSegment: '' } },
      all,
    ],
    [
      { web: { nonMember: false, memberSegment: 'status:-free' }, email: { memberSegment: 'status:-free' } },
      ['paid', 'comped', 'editor'],
    ],
    [{ web: { nonMember: true, memberSegment: '' }, email: { memberSegment: '' } }, ['anybody', 'editor']],
    // Only in e-mails: no part of the story.
    [{ showOnWeb: false, showOnEmail: true }, []],
    [{ emailOnly: true, segment: 'status:free' }, []],
    [{ web: { nonMember: false, memberSegment: '' }, email: { memberSegment: 'status:free' } }, []],
    // Forms that nobody knows.
    ['public', ['editor']],
    [{ audience: 'all' }, ['editor']],
    [{ web: true }, ['editor']],
    [{ web: { nonMember: 'yes', memberSegment: 'status:-free"-->' } }, ['editor']],
    [{ showOnWeb: 'no' }, ['editor']],
  ];
  it.each(cases)('with visibility %j', (visibility, seenBy) => {
    expect(whoSees('word', card(visibility))).toEqual(seenBy);
  });

  it('cannot end its own gate', () => {
    const visibility = {
      web: { nonMember: false, memberSegment: 'status:-free' },
      email: { memberSegment: '' },
    };
    expect(whoSees('word', card(visibility, { html: `<p>a</p>${end}<p>word</p>` }))).toEqual([
      'paid',
      'comped',
      'editor',
    ]);
    const open = card(visibility, { html: `${begin('nonMember:true')}<p>word</p>` });
    expect(whoSees('word', open)).toEqual(['editor']);
  });

  it('that only e-mails show is told of', () => {
    const notes: string[] = [];
    lexicalHtml(
      JSON.stringify({
        root: {
          children: [
            { type: 'html', html: '<p>a</p>', visibility: { showOnWeb: false } },
            { type: 'email', html: '<p>b</p>' },
          ],
        },
      }),
      (text) => notes.push(text),
    );
    expect(notes).toEqual(Array(2).fill('A card that only e-mails show was left out.'));
  });
});
