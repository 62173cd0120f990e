/** The data loaders of Articles for one request; each batch is one query. */
import DataLoader from 'dataloader';
import type { Block } from './blocks.ts';
import type { ArticleCondition } from './sql/conditions.ts';
import type { ArticleRow, ListRequest } from './sql/lists.ts';
import type { RelatedRow } from './sql/related.ts';
import type { ArticlesStore, ListRow, SlugRow } from './store.ts';

export type ArticlesLoaders = ReturnType<typeof createArticlesLoaders>;

/** With `isEditor`, stories that readers may not see are found by id too. */
export function createArticlesLoaders(store: ArticlesStore, { isEditor }: { isEditor: boolean }) {
  return {
    byId: new DataLoader<string, ArticleRow | null>((ids) =>
      isEditor ? store.anyByIds(ids) : store.byIds(ids),
    ),
    bySlug: new DataLoader<string, SlugRow | null>((slugs) => store.bySlugs(slugs)),
    body: new DataLoader<string, Block[] | null>((ids) => store.bodiesByIds(ids)),
    /** Sections, tags and contributors together. */
    list: new DataLoader<string, ListRow | null>((ids) => store.listsByIds(ids)),
    /** Pages of stories: lists with the same arguments are loaded in one batch. */
    page: loaderByForm<ListRequest, ArticleRow[]>((ids, request) => store.lists.ofLists(ids, request)),
    count: loaderByForm<ArticleCondition, number>((ids, condition) =>
      store.lists.countOfLists(ids, condition),
    ),
    related: loaderByForm<number, RelatedRow[]>((ids, depth) => store.related(ids, depth)),
  };
}

/** One loader for each set of arguments; returns a function that loads an id with given arguments. */
function loaderByForm<Form, Value>(load: (ids: readonly string[], form: Form) => Promise<Value[]>) {
  const loaders = new Map<string, DataLoader<string, Value>>();
  return (id: string, form: Form): Promise<Value> => {
    const name = JSON.stringify(form);
    const loader = loaders.get(name) ?? new DataLoader<string, Value>((ids) => load(ids, form));
    loaders.set(name, loader);
    return loader.load(id);
  };
}
