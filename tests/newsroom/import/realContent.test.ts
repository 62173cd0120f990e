import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { memoryStores } from '../../support/memoryStores.ts';

const folder = resolve('../shared/data');
const isThere = existsSync(folder);
const described = isThere ? describe : describe.skip;

described(`real content in ../shared/data${isThere ? '' : ' (absent)'}`, () => {
  it('is taken whole from a Ghost export, and nothing changes the second time', async () => {
    const stores = memoryStores();
    const options = { path: resolve(folder, 'ghost/digitalgov.ghost.json.gz'), stores, by: 'test' };
    const report = await importContent(options);
    expect(report.counts).toMatchObject({
      story: { created: 2078, skipped: 0 },
      author: { created: 1043, skipped: 0 },
      tag: { created: 51, skipped: 0 },
      tier: { created: 3, skipped: 0 },
      picture: { skipped: 0 },
    });
    expect(report.inlinePictures).toEqual({ inCards: 2926, bare: 137 });
    const articles = [...stores.kept.articles.values()].map(({ content }) => content);
    expect(articles.filter(({ body }) => body.some(({ kind }) => kind === 'paywall'))).toHaveLength(195);
    const used = articles.flatMap(({ body, leadMedia }) => [
      ...(leadMedia ? [leadMedia.id] : []),
      ...body.flatMap((block) => (block.kind === 'image' ? [block.imageId] : [])),
    ]);
    expect(used.filter((id) => !stores.kept.images.has(id))).toEqual([]);
    const credited = [...stores.kept.images.values()].filter(({ content }) => content.credit);
    expect(credited.length).toBeGreaterThan(250);

    const again = await importContent(options);
    for (const count of Object.values(again.counts)) expect(count).toMatchObject({ created: 0, updated: 0 });
  });

  it('is taken from a members CSV and from Wikinews', async () => {
    const members = { path: resolve(folder, 'ghost/members.csv.gz'), stores: memoryStores(), by: 'test' };
    expect((await importContent(members)).counts.member).toMatchObject({ created: 25_000, skipped: 0 });
    const wikinews = { path: resolve(folder, 'wikinews'), stores: memoryStores(), by: 'test' };
    expect((await importContent(wikinews)).counts.story).toMatchObject({ created: 291, skipped: 4 });
  });
});
