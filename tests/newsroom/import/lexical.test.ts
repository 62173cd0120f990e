import { describe, expect, it } from '@jest/globals';
import { lexicalHtml } from '../../../newsroom/import/ghost/lexical.ts';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { blocksOf } from '../../../subgraphs/articles/html/blocks.ts';

const context = {
  picture: ({ src, caption }: { src: string; caption?: string }) => ({
    imageId: src,
    ...(caption ? { caption } : {}),
  }),
  link: (href: string) => (/^https?:/.test(href) ? href : undefined),
  storySlug: () => undefined,
};
const read = (...children: object[]) =>
  blocksOf(lexicalHtml(JSON.stringify({ root: { children } })), context);
const text = (words: string, format = 0) => ({ type: 'extended-text', text: words, format });

describe('Lexical to blocks', () => {
  const cards: [type: string, card: object, blocks: Block[]][] = [
    [
      'a paragraph with formats',
      {
        type: 'paragraph',
        children: [
          text('a '),
          text('b', 3),
          { type: 'linebreak' },
          text('c', 16),
          { type: 'link', url: 'https://a.example/', children: [text('d')] },
        ],
      },
      [
        {
          kind: 'paragraph',
          html: 'a <em><strong>b</strong></em><br><code>c</code><a href="https://a.example/">d</a>',
        },
      ],
    ],
    [
      'a heading',
      { type: 'extended-heading', tag: 'h3', children: [text('A')] },
      [{ kind: 'heading', level: 3, text: 'A' }],
    ],
    [
      'a list',
      { type: 'list', listType: 'number', children: [{ type: 'listitem', children: [text('A')] }] },
      [{ kind: 'list', ordered: true, items: ['A'] }],
    ],
    ['a quotation', { type: 'extended-quote', children: [text('A')] }, [{ kind: 'quote', html: 'A' }]],
    ['a pull quote', { type: 'aside', children: [text('A')] }, [{ kind: 'quote', html: 'A', pull: true }]],
    [
      'an image',
      { type: 'image', src: 'i', alt: 'x', caption: '<span>C</span>' },
      [{ kind: 'image', imageId: 'i', altText: 'x', caption: 'C' }],
    ],
    [
      'a gallery',
      { type: 'gallery', images: [{ src: 'a' }, { src: 'b' }], caption: 'C' },
      [
        { kind: 'image', imageId: 'a' },
        { kind: 'image', imageId: 'b', caption: 'C' },
      ],
    ],
    [
      'a bookmark',
      { type: 'bookmark', url: 'https://b.example/', metadata: { title: 'T', publisher: 'B' } },
      [
        { kind: 'paragraph', html: '<a href="https://b.example/">T</a>' },
        { kind: 'embed', url: 'https://b.example/', providerName: 'B' },
      ],
    ],
    [
      'an embed',
      { type: 'embed', html: '<iframe src="https://x.example/y"></iframe>' },
      [{ kind: 'embed', url: 'https://x.example/y', providerName: 'x.example' }],
    ],
    ['HTML', { type: 'html', html: '<p onclick="x">A</p>' }, [{ kind: 'paragraph', html: 'A' }]],
    [
      'Markdown',
      { type: 'markdown', markdown: '## A\n\n- b\n- **c**\n\n> d\n\ne [f](https://f.example/)' },
      [
        { kind: 'heading', level: 2, text: 'A' },
        { kind: 'list', ordered: false, items: ['b', '<strong>c</strong>'] },
        { kind: 'quote', html: 'd' },
        { kind: 'paragraph', html: 'e <a href="https://f.example/">f</a>' },
      ],
    ],
    [
      'code',
      { type: 'codeblock', code: 'a < b', language: 'ts' },
      [{ kind: 'code', code: 'a < b', language: 'ts' }],
    ],
    ['a line', { type: 'horizontalrule' }, [{ kind: 'divider' }]],
    [
      'a callout',
      { type: 'callout', calloutEmoji: '!', calloutText: '<p>A</p>' },
      [{ kind: 'callout', html: '! A' }],
    ],
    [
      'a toggle',
      { type: 'toggle', heading: 'Q', content: '<p>A</p>' },
      [
        { kind: 'heading', level: 3, text: 'Q' },
        { kind: 'paragraph', html: 'A' },
      ],
    ],
    [
      'a button',
      { type: 'button', buttonText: 'Go', buttonUrl: 'https://a.example/' },
      [{ kind: 'paragraph', html: '<a href="https://a.example/">Go</a>' }],
    ],
    [
      'a file',
      { type: 'file', src: 'https://a.example/f.pdf', fileTitle: 'F', fileCaption: 'C' },
      [
        { kind: 'paragraph', html: '<a href="https://a.example/f.pdf">F</a>' },
        { kind: 'paragraph', html: 'C' },
      ],
    ],
    [
      'sound',
      { type: 'audio', title: 'T', src: 'https://a.example/t.mp3' },
      [
        { kind: 'paragraph', html: 'T' },
        { kind: 'embed', url: 'https://a.example/t.mp3', providerName: 'a.example' },
      ],
    ],
    [
      'a film',
      { type: 'video', src: 'https://a.example/v.mp4', caption: 'C' },
      [
        { kind: 'embed', url: 'https://a.example/v.mp4', providerName: 'a.example' },
        { kind: 'paragraph', html: 'C' },
      ],
    ],
    [
      'a product',
      { type: 'product', productTitle: 'P', productDescription: '<p>D</p>' },
      [
        { kind: 'heading', level: 3, text: 'P' },
        { kind: 'paragraph', html: 'D' },
      ],
    ],
    [
      'a header',
      { type: 'header', version: 2, header: 'H', subheader: 'S' },
      [
        { kind: 'heading', level: 3, text: 'H' },
        { kind: 'paragraph', html: 'S' },
      ],
    ],
    [
      'a sign-up form',
      { type: 'signup', header: 'H', disclaimer: 'D' },
      [
        { kind: 'heading', level: 3, text: 'H' },
        { kind: 'paragraph', html: 'D' },
      ],
    ],
    [
      'a call to action',
      { type: 'call-to-action', textValue: '<p>T</p>' },
      [{ kind: 'paragraph', html: 'T' }],
    ],
    ['the end of the free part', { type: 'paywall' }, [{ kind: 'paywall' }]],
    ['nothing that only e-mails show', { type: 'email', html: '<p>A</p>' }, []],
    [
      'the words of a card it does not know',
      { type: 'newest', heading: 'A', theme: 'dark' },
      [{ kind: 'paragraph', html: 'A' }],
    ],
  ];
  it.each(cards)('keeps %s', (_, card, blocks) => {
    expect(read(card)).toEqual(blocks);
  });

  it('says what it got in place of a document', () => {
    expect(() => lexicalHtml('[]')).toThrow('Expected a Lexical document with a root, but got: other JSON.');
  });
});
