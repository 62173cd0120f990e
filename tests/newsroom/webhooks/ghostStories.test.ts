import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { testDatabases } from '../../support/databases.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import {
  author as anAuthor,
  post as aPost,
  tag as aTag,
  changed,
  deleted,
  ghostSecret,
  send,
  tier,
} from '../../support/ghost.ts';
import { fileOf, ghostExport } from '../../support/importFiles.ts';

const story = `query ($slug: String!) {
  article(slug: $slug) {
    id slug headline standfirst visibility section { slug name } tags { slug name }
    bylines { author { name slug } } body { __typename ... on ParagraphBlock { html } }
    access { level reason requiredTiers { slug } }
  }
}`;

describe.each(testDatabases)('stories that change in Ghost, on $name', ({ open }) => {
  let doors: TestDoors;
  let databases: Awaited<ReturnType<typeof open>>;
  /** Each test has things of its own: they share a newsroom, which takes long to open. */
  let n = 0;

  beforeAll(async () => {
    databases = await open();
    doors = await openDoors({ hasAll: true, databases, webhookSecrets: [ghostSecret] });
  });

  afterAll(async () => {
    await doors.stop();
    await databases.close();
  });

  beforeEach(() => {
    n += 1;
  });

  const tag = (fields: object = {}) => aTag({ id: `t${n}`, slug: `harbour-${n}`, ...fields });
  const author = (fields: object = {}) => anAuthor({ id: `a${n}`, slug: `ada-${n}`, ...fields });
  const post = (fields: object = {}) =>
    aPost({
      ...{
        id: `p${n}`,
        title: `The harbour opens ${n}`,
        slug: `opens-${n}`,
        tags: [tag()],
        authors: [author()],
      },
      feature_image: `https://paper.example/content/images/2024/05/harbour-${n}.jpg`,
      ...fields,
    });
  const image = async () => {
    const source = `ghost:__GHOST_URL__/content/images/2024/05/harbour-${n}.jpg`;
    return (await doors.open.media.store.imagesByIds([idOf('image', source)], 'editor'))[0];
  };

  const tell = async (payload: object, at?: number) => {
    const response = await send(doors, payload, at === undefined ? {} : { at });
    expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
    return response.json();
  };
  const page = (slug: string) => doors.get(`/articles/${slug}`);
  const feed = async () => (await doors.get('/feeds/news.rss')).body;
  const at = (minute: number) => `2024-06-01T12:${String(minute).padStart(2, '0')}:00.000Z`;

  it('keeps the language that a story has, takes its own where it tells one, and else is English', async () => {
    const path = fileOf(
      'export.json',
      ghostExport({ settings: [{ key: 'locale', value: 'uk' }], posts: [{ ...post(), type: 'post' }] }),
    );
    await importContent({ path, stores: doors.stores, by: 'test' });
    await send(doors, changed('post', post({ title: 'Changed', updated_at: '2024-07-01T12:00:00.000Z' })));
    const other = { id: `q${n}`, slug: `other-${n}` };
    await send(doors, changed('post', post({ ...other, locale: 'de' })));
    await send(doors, changed('post', post({ id: `r${n}`, slug: `third-${n}` })));
    const ids = [`p${n}`, `q${n}`, `r${n}`].map((id) => idOf('article', `ghost:${id}`));
    const stored = await doors.stores.articles.anyByIds(ids);
    expect(stored.map((row) => [row?.headline === 'Changed', row?.inLanguage])).toEqual([
      [true, 'uk'],
      [false, 'de'],
      [false, 'en'],
    ]);
  });

  it('appear with their section, tags, authors and pictures, and change, move, and go', async () => {
    expect(await tell(changed('post', post({ status: 'draft', published_at: null })))).toMatchObject({
      outcome: 'created',
    });
    expect((await page(`opens-${n}`)).statusCode).toBe(404);

    await tell(changed('post', post({ updated_at: at(1) }), { status: 'draft' }));
    const shown = await page(`opens-${n}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('Boats came in at dawn.');
    expect(shown.body).toContain('Ada Quist');
    expect(shown.body).toContain('Harbour');
    expect(await feed()).toContain(`The harbour opens ${n}`);
    expect(await image()).toMatchObject({
      creatorName: 'Ada Quist',
      agency: 'Reuters',
      altText: 'The harbour at dawn',
    });

    await tell(changed('post', post({ updated_at: at(2), slug: `is-open-${n}`, title: 'It is open' })));
    const moved = await page(`opens-${n}`);
    expect([moved.statusCode, moved.headers.location]).toEqual([308, `/articles/is-open-${n}`]);
    expect((await page(`is-open-${n}`)).body).toContain('It is open');

    const draft = post({ updated_at: at(3), slug: `is-open-${n}`, status: 'draft' });
    await tell(changed('post', draft, { status: 'published' }));
    expect((await page(`is-open-${n}`)).statusCode).toBe(404);
    expect(await feed()).not.toContain(`The harbour opens ${n}`);

    await tell(changed('post', post({ updated_at: at(4), slug: `is-open-${n}` })));
    expect((await page(`is-open-${n}`)).statusCode).toBe(200);

    expect(await tell(deleted('post', post({ updated_at: at(4) })))).toMatchObject({ outcome: 'withdrawn' });
    const gone = await page(`is-open-${n}`);
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain('Deleted in Ghost');
    expect(await feed()).not.toContain(`The harbour opens ${n}`);
  });

  it('that an export brought keep their id, their pictures and what was known of these', async () => {
    const { tags, authors, tiers, feature_image_alt, feature_image_caption, ...row } = post();
    const local = (text: string) => text.replaceAll('https://paper.example', '__GHOST_URL__');
    const path = fileOf(
      'export.json',
      ghostExport({
        posts: [{ ...row, feature_image: local(String(row.feature_image)) }],
        posts_meta: [{ post_id: row.id, feature_image_alt, feature_image_caption }],
        tags,
        users: authors.map((user) => ({ ...user, profile_image: local(String(user.profile_image)) })),
        posts_tags: [{ post_id: row.id, tag_id: tags[0]?.id }],
        posts_authors: [{ post_id: row.id, author_id: authors[0]?.id }],
        products: tiers,
      }),
    );
    await importContent({ path, stores: doors.stores, by: 'import' });
    const again = await tell(changed('post', post(), {}));
    expect(again).toMatchObject({ outcome: 'unchanged' });

    const edited = post({ slug: 'new-name', updated_at: at(5), feature_image_caption: null });
    expect(await tell(changed('post', edited))).toMatchObject({ outcome: 'updated' });
    const { data } = await doors.ask(story, { slug: 'new-name' });
    expect(data.article).toMatchObject({ id: idOf('article', `ghost:p${n}`), slug: 'new-name' });
    expect((await page(`opens-${n}`)).headers.location).toBe('/articles/new-name');
    expect(await image()).toMatchObject({ creatorName: 'Ada Quist', agency: 'Reuters' });
  });

  it('close their text when their visibility does, for the tiers that they name', async () => {
    await tell(changed('post', post()));
    expect((await page(`opens-${n}`)).body).toContain('The price was high.');
    await tell(changed('post', post({ updated_at: at(1), visibility: 'tiers', tiers: [tier()] })));
    expect((await page(`opens-${n}`)).body).not.toContain('The price was high.');
    const { data } = await doors.ask(story, { slug: `opens-${n}` });
    expect(data.article).toMatchObject({
      visibility: 'TIERS',
      access: { requiredTiers: [{ slug: 'gold' }] },
    });
    const tierIds = [idOf('tier', `ghost:${tier().id}`)];
    const paid = await doors.ask(story, { slug: `opens-${n}` }, { status: 'PAID', tierIds });
    expect(JSON.stringify(paid.data)).toContain('The price was high.');
  });

  it.each([undefined, null, '', '__proto__', 'constructor'])(
    'are never opened by the visibility %p',
    async (visibility) => {
      await tell(changed('post', post({ visibility: 'paid' })));
      const response = await send(doors, changed('post', post({ updated_at: at(1), visibility })));
      expect(response.statusCode).toBe(visibility ? 200 : 400);
      const { data, errors } = await doors.ask(story, { slug: `opens-${n}` });
      expect(errors).toBeUndefined();
      expect(data.article).toMatchObject({ visibility: 'PAID', access: { level: 'PREVIEW' } });
      expect(JSON.stringify(data)).not.toContain('The price was high.');
    },
  );

  it('are refused with a date that no calendar has', async () => {
    for (const updated_at of ['+275760-09-13T00:00:00.000Z', 'soon']) {
      const response = await send(doors, changed('post', post({ tags: [tag({ updated_at })] })));
      expect([response.statusCode, response.json().errors[0].extensions.code]).toEqual([
        400,
        'BAD_USER_INPUT',
      ]);
    }
  });

  it('never go back to an older state, nor come back once they are deleted', async () => {
    const now = Date.now();
    await tell(changed('post', post({ updated_at: at(9), title: 'The newest' })), now);
    const late = await tell(changed('post', post({ updated_at: at(3), title: 'An older one' })), now + 1);
    expect(late).toMatchObject({ outcome: 'unchanged' });
    // Of one second: the one that was sent later.
    await tell(changed('post', post({ updated_at: at(9), title: 'Of the same second' })), now - 5);
    expect((await page(`opens-${n}`)).body).toContain('The newest');

    const never = post({ id: 'never', slug: 'never', updated_at: at(1) });
    expect(await tell(deleted('post', never), now)).toMatchObject({ outcome: 'ignored' });
    expect(await tell(changed('post', never), now - 1)).toMatchObject({ outcome: 'unchanged' });
    expect((await page('never')).statusCode).toBe(404);
  });

  it('bring tags and authors that are newer, and leave those that are', async () => {
    await tell(changed('post', post()));
    await tell(
      changed('tag', tag({ name: 'Docks', slug: `docks-${n}`, updated_at: at(5) }), { name: 'Harbour' }),
    );
    const names = async () => (await doors.ask(story, { slug: `opens-${n}` })).data.article;
    expect(await names()).toMatchObject({ section: { name: 'Docks' }, tags: [{ name: 'Docks' }] });
    await tell(changed('post', post({ updated_at: at(6), authors: [author({ name: 'Ada Quist-Hale' })] })));
    expect(await names()).toMatchObject({
      section: { name: 'Docks' },
      bylines: [{ author: { name: 'Ada Quist-Hale' } }],
    });
    expect(await tell(deleted('tag', tag()))).toMatchObject({ outcome: 'ignored' });
  });

  it('keep their text where an event comes without it', async () => {
    await tell(changed('post', post()));
    const { html: _, plaintext: __, ...bare } = post({ updated_at: at(1), title: 'With another title' });
    await tell(changed('post', bare));
    const { body } = await page(`opens-${n}`);
    expect(body).toContain('With another title');
    expect(body).toContain('Boats came in at dawn.');
  });

  it('lead to one another where both are here', async () => {
    await tell(changed('post', post()));
    const html = `<p>See <a href="https://paper.example/opens-${n}/">there</a> and <a href="https://paper.example/unknown/">here</a>.</p>`;
    const other = post({ id: 'other', slug: 'other', html });
    await tell(changed('post', other));
    const { data } = await doors.ask(story, { slug: 'other' });
    expect(data.article.body[0].html).toContain(`href="https://news.example/articles/opens-${n}"`);
    expect(data.article.body[0].html).toContain('href="https://paper.example/unknown/"');
  });

  it('appear when their time comes, if they are scheduled', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    await tell(changed('post', post({ status: 'scheduled', published_at: soon })));
    expect((await page(`opens-${n}`)).statusCode).toBe(404);
    const { body } = await doors.get('/feeds/news.rss');
    expect(body).not.toContain(`The harbour opens ${n}`);
    await tell(changed('post', post({ updated_at: at(1) }), { status: 'scheduled' }));
    expect((await page(`opens-${n}`)).statusCode).toBe(200);
  });

  it('are refused in a sentence where they are none, and pages are left out', async () => {
    const untitled = await send(doors, changed('post', post({ title: '' })));
    expect(untitled.statusCode).toBe(400);
    expect(untitled.json().errors[0]).toEqual({
      message: 'Expected a post to have a title, but got: none.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await tell(changed('page', post()))).toMatchObject({ outcome: 'ignored' });
    expect((await page(`opens-${n}`)).statusCode).toBe(404);
  });
});
