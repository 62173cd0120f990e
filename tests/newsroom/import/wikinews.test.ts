import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { fileOf } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const url = 'https://en.wikinews.org//wiki/Boats_come_in';

async function bring(rows: string[][]) {
  const quote = (field: string) => `"${field.replace(/"/g, '""')}"`;
  const lines = ['url,date,title,text', ...rows.map((row) => row.map(quote).join(','))];
  const stores = memoryStores();
  const report = await importContent({ path: fileOf('x.csv', lines.join('\n')), stores, by: 'test' });
  return { report, articles: [...stores.kept.articles.values()].map(({ content }) => content), stores };
}

describe('a Wikinews CSV', () => {
  it('becomes stories without the line of the day and the sources, with the credit that is due', async () => {
    const text =
      'Friday, January 4, 2019\u00A0\n\n\nBoats <came> in.\nAll of them.\n\n\nSources differ.\n \nOn Friday, they left.\n\n\nSources\n\nA paper';
    const { articles, stores } = await bring([[url, '2019-01-04', 'Boats come in', text]]);
    expect(articles).toEqual([
      {
        sourceId: url,
        headline: 'Boats come in',
        sectionSlug: 'world',
        datePublished: new Date('2019-01-04'),
        dateFirstPublished: new Date('2019-01-04'),
        body: ['Boats &lt;came&gt; in. All of them.', 'Sources differ.', 'On Friday, they left.'].map(
          (html) => ({ kind: 'paragraph', html }),
        ),
        source: { name: 'Wikinews', category: 'OTHER', url },
        usageRights: {
          syndicatable: true,
          embeddable: true,
          licence: 'https://creativecommons.org/licenses/by/2.5/',
          requiredCredit: 'Wikinews',
        },
      },
    ]);
    expect(stores.kept.articles.has(idOf('article', url))).toBe(true);
  });

  it('skips drafts, pages that are no stories, duplicates and empty ones', async () => {
    const { report, articles } = await bring([
      [url, '2019-01-04', 'A', 'Text.'],
      [url, '2019-01-04', 'A again', 'Text.'],
      [`${url}_2`, '2019-01-04', 'A', 'Text.'],
      [
        `${url}_3`,
        '2019-01-04',
        'B',
        'This article requires pre-publication review by an uninvolved reviewer.\n\nText.',
      ],
      [`${url}_4`, '2019-01-04', 'TEST PAGE:C', 'Text.'],
      [`${url}_5`, '2019-01-04', 'D', 'Friday, January 4, 2019\n\n'],
      [`${url}_6`, 'soon', 'E', 'Text.'],
    ]);
    expect(articles).toHaveLength(1);
    expect(report.skipped.map(({ record, reason }) => `${record}: ${reason}`)).toEqual([
      'row 3: Expected each story once, but it stands in row 2 already.',
      'row 4: Expected each story once, but it stands in row 2 already.',
      'row 5: Expected a published story, but got: a draft that waits for review.',
      'row 6: Expected a published story, but got: a page of another kind.',
      'row 7: Expected a story to have a text, but got: none.',
      'row 8: Expected "date" to be a date such as 2024-05-31T12:00:00Z, but got: "soon".',
    ]);
  });

  it('keeps the stories before a quote that is never closed, and reports the rest', async () => {
    const file = `url,date,title,text\n${url},2019-01-04,A,Text.\n${url}_2,2019-01-04,B,"Text.\n${url}_3,2019-01-04,C,Text.\n`;
    const stores = memoryStores();
    const report = await importContent({ path: fileOf('x.csv', file), stores, by: 'test' });
    expect(stores.kept.articles.size).toBe(1);
    expect(report.skipped).toEqual([
      {
        kind: 'story',
        record: 'row 3 and what follows',
        reason: 'Expected a row of CSV, but a quote is never closed (CSV_QUOTE_NOT_CLOSED).',
      },
    ]);
  });
});
