/**
 * Writes the sitemaps: an index, a page for each month (or for each day of a large month), and the Google News sitemap
 * of the last two days. https://www.sitemaps.org/protocol.html,
 * https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
 */
import {
  type SitemapMonthsQuery,
  SitemapPageDocument,
  type SitemapPageQuery,
} from '../../schema/documents.ts';
import type { AskContent, Content } from './content.ts';
import { writeXml } from './xml.ts';

type Story = NonNullable<SitemapPageQuery['articles']>['nodes'][number];
type Month = NonNullable<SitemapMonthsQuery['archive']>[number];

export interface Span {
  from: Date;
  until: Date;
}

/** The protocol allows 50,000; the graph returns 100 articles for each call. */
export const mostOnPage = 10_000;
export const mostNews = 1000;
const newsHours = 48;

const dayMs = 24 * 60 * 60 * 1000;
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** `base` is the base URL of the site, without a slash at the end. */
export function writeSitemapIndex(months: readonly Month[], base: string): string {
  const sitemap = months.flatMap(({ month, articleCount, dateModified }) =>
    pagesOf(month, articleCount).map((page) => ({
      loc: `${base}/sitemap/${page}.xml`,
      lastmod: dateModified,
    })),
  );
  return writeXml({ sitemapindex: { '@xmlns': namespace, sitemap } });
}

/** One page for the month, or one for each day when the month has more articles than a page holds. */
function pagesOf(month: string, articleCount: number): string[] {
  if (articleCount <= mostOnPage) return [month];
  const span = spanOf(month);
  const days = span ? Math.round((span.until.getTime() - span.from.getTime()) / dayMs) : 0;
  return Array.from({ length: days }, (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`);
}

/** The time span of a page by its name, "2026-03" or "2026-03-05"; undefined for other names. */
export function spanOf(page: string): Span | undefined {
  const [, year, month, day] = /^([1-9]\d{3})-(\d\d)(?:-(\d\d))?$/.exec(page) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const from = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  // JavaScript reads February 30 as a day in March.
  if (!from.toISOString().startsWith(page)) return undefined;
  const until = day === undefined ? Date.UTC(Number(year), Number(month)) : from.getTime() + dayMs;
  return { from, until: new Date(until) };
}

/** The time span of the Google News sitemap. */
export const newsSpan = (now: number): Span => ({
  from: new Date(now - newsHours * 60 * 60 * 1000),
  until: new Date(now + 1),
});

/** At most `most` articles of a span whose canonical URL is on this site, read a page at a time. */
export async function storiesOf(
  ask: AskContent,
  { from, until }: Span,
  { order, most, site }: { order: 'DATE_PUBLISHED_ASC' | 'DATE_PUBLISHED_DESC'; most: number; site?: string },
): Promise<{ stories: Story[]; isWhole: boolean }> {
  // The bounds of the graph's filter are exclusive, and times have milliseconds.
  const bounds = { from: new Date(from.getTime() - 1).toISOString(), until: until.toISOString(), order };
  const stories: Story[] = [];
  let isWhole = true;
  let after: string | null = null;
  do {
    const answer: Content<SitemapPageQuery> = await ask(SitemapPageDocument, { ...bounds, after });
    isWhole &&= answer.isWhole;
    const page = answer.data.articles;
    // An article with its canonical URL elsewhere belongs in that site's sitemap.
    const own = page?.nodes.filter(({ canonicalUrl }) => !site || canonicalUrl.startsWith(`${site}/`));
    stories.push(...(own ?? []));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && stories.length < most);
  return { stories: stories.slice(0, most), isWhole };
}

/** One page of the sitemap. */
export function writeSitemap(stories: readonly Story[]): string {
  const url = stories.map(({ canonicalUrl, dateModified }) => ({ loc: canonicalUrl, lastmod: dateModified }));
  return writeXml({ urlset: { '@xmlns': namespace, url } });
}

/** `publication` is the public name of the newsroom. */
export function writeNewsSitemap(stories: readonly Story[], publication: string): string {
  return writeXml({
    urlset: {
      '@xmlns': namespace,
      '@xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
      url: stories.map(({ canonicalUrl, headline, inLanguage, datePublished }) => ({
        loc: canonicalUrl,
        'news:news': {
          'news:publication': { 'news:name': publication, 'news:language': newsLanguage(inLanguage) },
          'news:publication_date': datePublished,
          'news:title': headline,
        },
      })),
    },
  });
}

/** The ISO 639 code; Google requires the country for Chinese. */
function newsLanguage(tag: string): string {
  const [language = 'en', ...rest] = tag.toLowerCase().split('-');
  if (language !== 'zh') return language;
  return rest.some((part) => ['tw', 'hk', 'hant'].includes(part)) ? 'zh-tw' : 'zh-cn';
}

/** Names the sitemaps, and keeps crawlers out of the graph. */
export const writeRobots = (base: string): string =>
  `User-agent: *\nDisallow: /graphql\n\nSitemap: ${base}/sitemap.xml\nSitemap: ${base}/news-sitemap.xml\n`;
