/** Four stories for tests of feeds: one with everything in it, one not to be syndicated, one gated, one withdrawn. */
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { TestDoors } from './doors.ts';
import { articleId, authorId, putLists, story } from './stories.ts';

/** The time that the stores should have. */
export const now = new Date('2026-05-10T12:00:00Z');
const at = (text: string) => new Date(text);
export const usageRights = { syndicatable: true, embeddable: true, licence: 'https://news.example/licence' };
const imageId = (name: string) => idOf('image', name);

export const harbour = story('harbour', {
  slug: 'harbour-opens',
  headline: 'Harbour & quay open <again>',
  standfirst: 'Boats came in at 5 < 6 &amp; left',
  datePublished: at('2026-05-09T10:00:00Z'),
  dateModified: at('2026-05-09T11:00:00Z'),
  inLanguage: 'en-GB',
  tagSlugs: ['harbour', 'budget'],
  bylines: [{ authorId: authorId('ann'), displayName: 'Ann Lee' }, { displayName: 'Bo Ek' }],
  copyrightNotice: '© 2026 Dateline',
  usageRights,
  leadMedia: { kind: 'image', id: imageId('ours'), caption: 'The quay', altText: 'A quay' },
  corrections: [
    {
      sourceId: 'c1',
      correctionType: 'CORRECTION',
      text: 'It was Monday.',
      datePublished: at('2026-05-09T12:00:00Z'),
    },
  ],
  body: [
    {
      kind: 'paragraph',
      html: 'Read <a href="/articles/other">this</a> &amp; <a href="#top">that</a> ]]&gt; &lt;b&gt;.',
    },
    { kind: 'image', imageId: imageId('theirs'), caption: 'Not to be syndicated' },
    { kind: 'related', slug: 'other-story', linkText: 'A card' },
    { kind: 'related', slug: 'not-there', linkText: 'A secret card' },
    {
      kind: 'embed',
      url: 'https://video.example/1',
      providerName: 'Video',
      html: '<iframe src="x"></iframe>',
    },
    { kind: 'code', code: 'if (a]]>b) {}' },
  ],
});

/** Puts them in, with their pictures. */
export async function putFeedStories(doors: TestDoors): Promise<void> {
  const { articles, media } = doors.stores;
  await putLists(doors.open.articles.store);
  await media.putImages(
    [
      {
        sourceId: 'ours',
        width: 1600,
        height: 900,
        encodingFormat: 'image/jpeg',
        credit: { creatorName: 'Mara Quist', agency: 'Dateline' },
        copyrightNotice: '© Mara Quist',
        rights: { syndicatable: true, licence: 'https://news.example/picture-licence' },
      },
      { sourceId: 'theirs', credit: { creatorName: 'Somebody', agency: 'Agency' } },
    ],
    'test',
  );
  await articles.putArticles(
    [
      harbour,
      story('other', {
        slug: 'other-story',
        headline: 'The other story',
        standfirst: 'What else there was',
        datePublished: at('2026-05-08T10:00:00Z'),
        leadMedia: { kind: 'image', id: imageId('ours') },
      }),
      story('gated', {
        headline: 'For members',
        visibility: 'PAID',
        usageRights,
        sectionSlug: 'world',
        datePublished: at('2026-05-07T10:00:00Z'),
        body: [
          { kind: 'paragraph', html: 'Free words.' },
          { kind: 'paywall' },
          { kind: 'paragraph', html: 'Gated words.' },
          { kind: 'image', imageId: imageId('ours'), caption: 'A gated caption' },
        ],
      }),
      story('withdrawn', {
        headline: 'Taken back',
        usageRights,
        datePublished: at('2026-05-06T10:00:00Z'),
      }),
    ],
    'test',
  );
  await doors.open.articles.store.withdraw(articleId('withdrawn'), 'It was wrong.', 'test');
}
