/** Fills a newsroom with any number of made-up stories, through the stores, as importers do. */
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { Put } from '../../subgraphs/store/putContent.ts';
import type { NewsroomStores } from '../stores.ts';
import { madeArticle, madeAuthor, madeImage, madeSection, madeTag, type Sizes, sizesFor } from './made.ts';

export interface GenerateRequest {
  stores: NewsroomStores;
  /** How many articles. */
  articles: number;
  /** The publication date of the newest article. */
  now: Date;
  /** How many lists are put concurrently; more than one helps only with a database in another process. */
  lanes: number;
  progress: (step: { done: number; total: number; what: string }) => void;
}

const by = 'generate';
const batch = 500;

/** Resolves to the numbers of what was made. A second run with the same `now` changes nothing. */
export async function generate({ stores, articles, now, lanes, progress }: GenerateRequest): Promise<Sizes> {
  const sizes = sizesFor(articles);
  const put = async <Content>(
    what: string,
    count: number,
    make: (number: number) => Content,
    into: Put<Content>,
  ) => {
    let next = 0;
    let done = 0;
    const lane = async () => {
      while (next < count) {
        const start = next;
        const length = Math.min(batch, count - start);
        next = start + length;
        await into(
          Array.from({ length }, (_, place) => make(start + place)),
          by,
        );
        done += length;
        progress({ done, total: count, what });
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  const contributor = (number: number) => {
    const { sourceId, name, slug = '' } = madeAuthor(number, sizes);
    return { id: idOf('author', sourceId), name, slug };
  };
  await put('pictures', sizes.images, madeImage, stores.media.putImages);
  await put('sections', sizes.sections, madeSection, stores.articles.putSections);
  await put('tags', sizes.tags, madeTag, stores.articles.putTags);
  await put('authors', sizes.authors, (number) => madeAuthor(number, sizes), stores.authors.putAuthors);
  await put('contributors', sizes.authors, contributor, stores.articles.putContributors);
  await put('stories', articles, (number) => madeArticle(number, sizes, now), stores.articles.putArticles);
  return sizes;
}
