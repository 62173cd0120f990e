/** Search filters: from the URL to the graph. */
import type { SearchPageQueryVariables } from '../../schema/documents.ts';
import type { PageRequest } from './pageRequest.ts';

const dayMs = 24 * 3_600_000;

/** The periods that a reader can choose, by their names in the URL. */
export const times = {
  day: { name: 'The last day', days: 1 },
  week: { name: 'The last week', days: 7 },
  month: { name: 'The last month', days: 31 },
  year: { name: 'The last year', days: 366 },
} as const;

const isTime = (name: string): name is keyof typeof times => Object.hasOwn(times, name);

type AuthorizedDocument = Pick<PageRequest, 'section' | 'author' | 'time'>;

/** The filter of a search; nothing where it is not narrowed. An author is named as their address or their byline has it. */
export function searchFilter(
  { section, author, time }: AuthorizedDocument,
  now: Date,
): Pick<SearchPageQueryVariables, 'filter'> {
  const filter: SearchPageQueryVariables['filter'] = {
    ...(section && { sectionSlugs: [section] }),
    ...(author && { authorSlugs: [slugLike(author)] }),
    ...(isTime(time) && { publishedAfter: since(now, times[time].days) }),
  };
  return Object.keys(filter).length > 0 ? { filter } : {};
}

/** Whole hours, so that what is asked within one is the same. */
const since = (now: Date, days: number) => {
  const hourMs = 3_600_000;
  return new Date(Math.floor(now.getTime() / hourMs) * hourMs - days * dayMs).toISOString();
};

const slugLike = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .normalize('NFC');

/** What stands in the address of a search beside its words, without what is empty. */
export function narrowedQuery({ section, author, time }: AuthorizedDocument): Record<string, string> {
  return Object.fromEntries(Object.entries({ section, author, time }).filter(([, value]) => value !== ''));
}
