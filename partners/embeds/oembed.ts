/** `GET /oembed`: the data for embedding an article, by https://oembed.com (1.0). */

import type { FastifyInstance } from 'fastify';
import { create } from 'xmlbuilder2';
import { callerError } from '../../gateway/errors.ts';
import { keepPublicly } from '../../gateway/server/cacheControl.ts';
import { anonymousContextOf } from '../../gateway/server/createContext.ts';
import { OEmbedDocument, type OEmbedQuery } from '../../schema/documents.ts';
import { partnerError } from '../errors.ts';
import type { Asking, EmbedOptions } from './loadStory.ts';
import { numberOf, oneOf, type Query } from './query.ts';
import { checkSite } from './site.ts';
import { fits, type Room, storySize } from './size.ts';
import { frameHtml } from './snippet.ts';

type Found = Extract<NonNullable<OEmbedQuery['page']>, { __typename: 'Article' }>;
type Answer = Readonly<Record<string, string | number>>;

const largestPixels = 10_000;
const thumbnailWidth = 640;
/** `cache_age` in seconds. The frame itself always shows the current content. */
const keptSeconds = 300;

const formats = {
  json: { type: 'application/json; charset=utf-8', write: (answer: Answer) => JSON.stringify(answer) },
  xml: { type: 'text/xml; charset=utf-8', write: writeXml },
};

/** `scope` must allow requests of any origin. */
export function addOEmbed(scope: FastifyInstance, { ask, siteUrl, siteName }: EmbedOptions): void {
  scope.get<{ Querystring: Query }>('/oembed', async (request, reply) => {
    const { query } = request;
    const format = formatOf(oneOf(query, 'format') ?? 'json');
    const url = addressOf(oneOf(query, 'url'));
    const room: Room = {
      width: numberOf(query, 'maxwidth', 1, largestPixels),
      height: numberOf(query, 'maxheight', 1, largestPixels),
    };
    checkSite(request, reply, siteUrl);
    const story = await storyAt(url, room, { ask, caller: anonymousContextOf(request, reply) });
    const text = format.write(answerOf(story, room, { siteUrl, siteName }, oneOf(query, 'key')));
    reply.type(format.type);
    return keepPublicly(request, reply, text) ? reply.code(304).send() : text;
  });
}

function formatOf(name: string): (typeof formats)[keyof typeof formats] {
  if (name === 'json' || name === 'xml') return formats[name];
  throw partnerError('EMBED_FORMAT_UNKNOWN', { got: name });
}

function addressOf(url: string | undefined): string {
  if (url === undefined)
    throw callerError('BAD_USER_INPUT', {}, 'Expected "url" to be the address of a story, but got: none.');
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw partnerError('EMBED_NOT_FOUND', { got: url });
}

/** The article at a URL, following a redirect. */
async function storyAt(url: string, room: Room, asking: Asking): Promise<Found> {
  const width = Math.min(thumbnailWidth, room.width ?? thumbnailWidth);
  const askFor = (address: string) => asking.ask(OEmbedDocument, { url: address, width }, asking.caller);
  let { data, errors } = await askFor(url);
  if (data?.page?.__typename === 'Redirect') ({ data, errors } = await askFor(data.page.location));
  const page = data?.page;
  if (!page && errors.length > 0) throw partnerError('EMBED_UNANSWERED');
  if (page?.__typename !== 'Article' || !page.usageRights.embeddable)
    throw partnerError('EMBED_NOT_FOUND', { got: url });
  if (!page.isAccessibleForFree) throw partnerError('EMBED_GATED');
  return page;
}

function answerOf(
  story: Found,
  room: Room,
  { siteUrl, siteName }: Pick<EmbedOptions, 'siteUrl' | 'siteName'>,
  key: string | undefined,
): Answer {
  const author = story.bylines.find(({ role, author }) => role === 'BY' && author)?.author;
  const size = storySize(room);
  return {
    version: '1.0',
    type: 'rich',
    title: story.headline,
    ...(story.byline !== null && { author_name: story.byline }),
    ...(author && { author_url: `${siteUrl}/authors/${encodeURIComponent(author.slug)}` }),
    provider_name: siteName,
    provider_url: `${siteUrl}/`,
    cache_age: keptSeconds,
    ...thumbnailOf(story, room),
    html: frameHtml(
      { siteUrl, path: `article/${encodeURIComponent(story.slug)}`, title: story.headline, key },
      size,
    ),
    ...size,
  };
}

/**
 * Consumers show the thumbnail by itself, so that it must have syndication rights. Its credit is a property of this
 * site's own, since oEmbed has none.
 */
function thumbnailOf({ leadMedia }: Found, room: Room): Answer {
  const picture =
    leadMedia && (leadMedia.__typename === 'ImageUse' ? leadMedia.image : leadMedia.video?.poster);
  if (!picture?.rights.embeddable || !picture.rights.syndicatable) return {};
  const { href, width, height } = picture.rendition;
  if (picture.creditText.trim() === '' || !fits({ width, height }, room)) return {};
  return {
    thumbnail_url: href,
    thumbnail_width: width,
    thumbnail_height: height,
    thumbnail_credit: picture.creditText,
  };
}

function writeXml(answer: Answer): string {
  const root = create({
    version: '1.0',
    encoding: 'utf-8',
    standalone: true,
    invalidCharReplacement: '\ufffd',
  });
  const oembed = root.ele('oembed');
  for (const [name, value] of Object.entries(answer)) oembed.ele(name).txt(String(value));
  return root.end();
}
