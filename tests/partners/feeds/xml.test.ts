import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cdata, writeXml } from '../../../partners/feeds/xml.ts';
import { readByRssParser } from '../../support/feedReaders.ts';

/** A feed of one item with the text in an element, an attribute and a section. */
const feedOf = (text: string) =>
  writeXml({
    rss: {
      '@version': '2.0',
      '@xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
      channel: {
        item: {
          title: `:${text}:`,
          'content:encoded': cdata(`:${text}:`),
          enclosure: { '@url': 'https://a.example/', '@type': `:${text}:` },
        },
      },
    },
  });

async function readBack(text: string): Promise<[title: string, content: string, attribute: string]> {
  const [item] = (await readByRssParser(feedOf(text))).items;
  const { title, enclosure, 'content:encoded': content } = (item ?? {}) as Record<string, never>;
  return [title, content, (enclosure as { type?: string } | undefined)?.type].map(String) as [
    string,
    string,
    string,
  ];
}

/** What would look like XML to somebody, and what XML cannot write. */
const piece = fc.constantFrom(
  ...[
    '&',
    '&amp;',
    '&lt;',
    '&amp;lt;',
    '&#60;',
    '&#x3c;',
    '&nbsp;',
    '&;',
    '<',
    '>',
    '"',
    "'",
    ']]>',
    ']]',
    ']',
  ],
  ...[
    '<![CDATA[',
    '-->',
    '<script>',
    'a',
    'é',
    '漢',
    '😀',
    '#',
    ';',
    '$',
    '@',
    '\u0000',
    '\u0008',
    '\ud800',
    '\uffff',
  ],
);
const texts = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

const legal = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  text.replace(/[\u0000-\u0008\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '');

describe('XML', () => {
  it('reads back as it was written, whatever the text, but for what XML cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const whole = `:${legal(text)}:`;
        const [title, content, attribute] = await readBack(text);
        expect([title, content, attribute]).toEqual([whole, whole, whole]);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what is null, and writes a list as the same name again', () => {
    expect(writeXml({ a: { b: null, '@c': undefined, d: ['1', '2'], e: [] } })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><a><d>1</d><d>2</d></a>',
    );
  });
});
