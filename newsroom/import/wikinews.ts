/** Imports Wikinews from CSV (url, date, title, text), with the credit that its licence requires. */

import type { Block } from '../../subgraphs/articles/blocks.ts';
import type { ArticleContent, TopicContent } from '../../subgraphs/articles/content.ts';
import { escapeText } from '../../subgraphs/articles/html/inline.ts';
import { hashOf } from '../../subgraphs/store/putContent.ts';
import { readCsv } from './csv.ts';
import type { Importing } from './importing.ts';
import { putReporting } from './putting.ts';
import { dateField, RecordError, type SourceRecord, textField } from './records.ts';
import { nameOf as fileName } from './source.ts';

const batchSize = 50;
const world: TopicContent = { sourceId: 'dateline:world', slug: 'world', name: 'World' };

export async function importWikinews({ file, stores, by, reporter, onBytes }: Importing): Promise<void> {
  const [section] = await putReporting([world], {
    put: stores.articles.putSections,
    by,
    kind: 'section',
    reporter,
    nameOf: ({ name }) => name,
  });
  const sectionSlug = section?.slug ?? world.slug;
  const told = new Map<string, number>();
  let batch: ArticleContent[] = [];
  const write = async () => {
    const nameOf = ({ sourceId }: ArticleContent) => sourceId;
    await putReporting(batch, { put: stores.articles.putArticles, by, kind: 'story', reporter, nameOf });
    batch = [];
  };
  const options = {
    expected: 'a Wikinews CSV file',
    columns: ['url', 'date', 'title', 'text'],
    onBytes,
    note: (text: string) => reporter.note(text, fileName(file)),
  };
  const broken = await readCsv(file, options, async (row, number) => {
    try {
      const article = readWikinews(row, sectionSlug);
      const text = hashOf({ headline: article.headline, body: article.body });
      for (const key of [article.sourceId, text]) {
        const first = told.get(key);
        if (first !== undefined)
          throw new RecordError(`Expected each story once, but it stands in row ${first} already.`);
      }
      told.set(article.sourceId, number);
      told.set(text, number);
      batch.push(article);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      reporter.skip('story', `row ${number}`, error.message);
    }
    if (batch.length >= batchSize) await write();
  });
  await write();
  if (broken) reporter.skip('story', broken.record, broken.reason);
}

/** The story of a row. Throws a RecordError for a row that is not a story or was never published. */
export function readWikinews(row: SourceRecord, sectionSlug: string): ArticleContent {
  const url = textField(row, 'url');
  const headline = textField(row, 'title');
  const datePublished = dateField(row, 'date');
  if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new RecordError('Expected "url" to be an address, but got: none.');
  if (!headline) throw new RecordError('Expected a story to have a title, but got: none.');
  if (!datePublished) throw new RecordError('Expected a story to have a date, but got: none.');
  if (/^(?:test page|draft|user|user talk|talk|template|wikinews|category|file|help|portal):/i.test(headline))
    throw new RecordError('Expected a published story, but got: a page of another kind.');
  const text = textField(row, 'text') ?? '';
  if (unpublished.test(text.slice(0, 2000)))
    throw new RecordError('Expected a published story, but got: a draft that waits for review.');
  const body = paragraphsOf(text);
  if (body.length === 0) throw new RecordError('Expected a story to have a text, but got: none.');
  return {
    sourceId: url,
    headline,
    sectionSlug,
    datePublished,
    dateFirstPublished: datePublished,
    body,
    source: { name: 'Wikinews', category: 'OTHER', url: new URL(url).href },
    usageRights: {
      syndicatable: true,
      embeddable: true,
      licence: 'https://creativecommons.org/licenses/by/2.5/',
      requiredCredit: 'Wikinews',
    },
  };
}

const unpublished =
  /^\s*(?:this article (?:requires|is awaiting|has not)|this page (?:is|has)|[^\n]*(?:pre-publication review|not yet been (?:published|reviewed)|{{(?:develop|review|tasks)))/im;
const day =
  /^\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day,\s+(?:\p{L}+\s+\d{1,2}|\d{1,2}\s+\p{L}+),?\s+\d{4}\s*$/iu;
/** What follows the text of a Wikinews article. */
const ending =
  /^\s*(?:={0,3}\s*(?:sources?|external links?|related news|sister links?|see also|references)\s*={0,3}|have an opinion on this story\?.*|this story has updates.*|share this:?.*|bookmark-new\.svg.*)\s*$/i;

/** The paragraphs between the date line and the sources. */
function paragraphsOf(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const from = lines.findIndex((line) => line.trim() !== '');
  const body = day.test(lines[from] ?? '') ? lines.slice(from + 1) : lines;
  // Sources are at the end; the same heading further up belongs to the text.
  const end = body.findIndex((line, position) => ending.test(line) && position > body.length / 2);
  return (end < 0 ? body : body.slice(0, end))
    .join('\n')
    .split(/\n\s*\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map((part) => ({ kind: 'paragraph', html: escapeText(part) }));
}
