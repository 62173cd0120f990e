/** Maps content to rows, and rejects invalid values. */
import { createHash } from 'node:crypto';
import { dateOf, failureOf, parsedBy, textOf, urlOf } from '../graph/contentChecks.ts';
import { Duration, LanguageTag } from '../graph/scalars.ts';
import { idOf, isId } from '../store/contentId.ts';
import { hashOf } from '../store/putContent.ts';
import type { CreditContent, ImageContent, RightsContent, VideoContent } from './content.ts';
import { creditPart } from './credit.ts';
import { isOriginalFile } from './files.ts';
import type { images, videos } from './tables.ts';

export type ImageRow = typeof images.$inferSelect;
export type VideoRow = typeof videos.$inferSelect;

/** The size of the placeholder for a picture of unknown size. */
const placeholderSize = { width: 1200, height: 800 };
const largestSide = 65_535;
const largestPlaceholder = 2_560;

/** The row of a picture. */
export function imageRowOf(content: ImageContent, updatedAt: Date): ImageRow {
  const { sourceId, focalPoint } = content;
  const row = {
    id: idOf('image', sourceId),
    ...assetOf(content, updatedAt),
    ...sizeOf(content),
    encodingFormat: encodingFormatOf(content),
    altText: textOf(content.altText),
    caption: textOf(content.caption),
    copyrightHolder: textOf(content.copyrightHolder),
    dateCreated: dateOf(sourceId, 'dateCreated', content.dateCreated),
    locationShown: textOf(content.locationShown),
    focalX: shareOf(sourceId, 'focalPoint.x', focalPoint?.x),
    focalY: shareOf(sourceId, 'focalPoint.y', focalPoint?.y),
  };
  return { ...row, version: versionOf(row) };
}

/** The row of a video. */
export function videoRowOf(content: VideoContent, updatedAt: Date): VideoRow {
  const { sourceId } = content;
  const fail = failureOf(sourceId);
  const headline =
    textOf(content.headline) ?? fail('a video to have a headline', content.headline, 'headline');
  const embedUrl = urlOf(sourceId, 'embedUrl', content.embedUrl);
  if (!content.file && !content.originUrl && embedUrl === null)
    fail('a video to have a file, an originUrl or an embedUrl', undefined);
  if (content.posterId !== undefined && !isId(content.posterId))
    fail('"posterId" to be the id of a picture', content.posterId);
  return {
    id: idOf('video', sourceId),
    ...assetOf(content, updatedAt),
    headline,
    description: textOf(content.description),
    embedUrl,
    duration: parsedBy(Duration, sourceId, 'duration', content.duration),
    uploadDate:
      dateOf(sourceId, 'uploadDate', content.uploadDate) ?? fail('a video to have an uploadDate', undefined),
    posterId: content.posterId ?? null,
    captions: (content.captions ?? []).map((caption) => captionOf(sourceId, caption)),
  };
}

function assetOf(content: ImageContent | VideoContent, updatedAt: Date) {
  const { sourceId, file } = content;
  if (file !== undefined && !isOriginalFile(file))
    failureOf(sourceId)('"file" to be the name of a file without a folder', file);
  return {
    sourceId,
    contentHash: hashOf(content),
    originUrl: urlOf(sourceId, 'originUrl', content.originUrl),
    file: file ?? null,
    ...creditOf(content.credit),
    copyrightNotice: textOf(content.copyrightNotice),
    usageTerms: textOf(content.usageTerms),
    ...rightsOf(sourceId, content.rights),
    visibleFrom: dateOf(sourceId, 'visibleFrom', content.visibleFrom),
    updatedAt,
  };
}

function creditOf(credit: CreditContent = {}) {
  return {
    creatorName: creditPart(credit.creatorName),
    agency: creditPart(credit.agency),
    provider: creditPart(credit.provider),
    category: credit.category ?? ('OTHER' as const),
    originalCredit: credit.original ?? null,
  };
}

function rightsOf(sourceId: string, rights: RightsContent = {}) {
  return {
    licence: urlOf(sourceId, 'rights.licence', rights.licence),
    acquireLicencePage: urlOf(sourceId, 'rights.acquireLicencePage', rights.acquireLicencePage),
    syndicatable: rights.syndicatable ?? false,
    embeddable: rights.embeddable ?? false,
    expires: dateOf(sourceId, 'rights.expires', rights.expires),
  };
}

/** A picture with a file must state its size, so that no rendition is larger than the original. */
function sizeOf({ sourceId, width, height, file }: ImageContent) {
  const fail = failureOf(sourceId);
  if (width === undefined && height === undefined) {
    if (file !== undefined) fail('a picture with a "file" to have its "width" and "height"', undefined);
    return { ...placeholderSize, sizeIsKnown: false };
  }
  const sideOf = (name: string, side: number | undefined) =>
    side !== undefined && Number.isInteger(side) && side >= 1 && side <= largestSide
      ? side
      : fail(`"${name}" to be a whole number of pixels from 1 to 65,535, or both left out`, side);
  const size = { width: sideOf('width', width), height: sideOf('height', height) };
  return { ...(file === undefined ? placeholderSizeOf(size) : size), sizeIsKnown: true };
}

/** A placeholder is drawn on demand, so it is no larger than the widest rendition, whatever size the content states. */
function placeholderSizeOf({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, largestPlaceholder / Math.max(width, height));
  const sideOf = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: sideOf(width), height: sideOf(height) };
}

const formatsByEnding: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
};

/** The stated media type, otherwise that of the file name extension, otherwise JPEG. */
function encodingFormatOf({ sourceId, encodingFormat, file, originUrl }: ImageContent): string {
  const mediaType = encodingFormat?.trim().toLowerCase();
  if (mediaType && !/^image\/[a-z0-9.+-]{1,50}$/.test(mediaType))
    failureOf(sourceId)('"encodingFormat" to be the media type of a picture', encodingFormat);
  const ending = /\.(\w+)(?:[?#]|$)/.exec(file ?? originUrl ?? '')?.[1]?.toLowerCase() ?? '';
  return mediaType || (formatsByEnding[ending] ?? 'image/jpeg');
}

function captionOf(sourceId: string, { language, url }: { language: string; url: string }) {
  const tag = parsedBy(LanguageTag, sourceId, 'captions.language', language) ?? '';
  const [, file] = /^\/media\/originals\/([^/]+)$/.exec(url) ?? [];
  if (file !== undefined && isOriginalFile(file)) return { language: tag, url };
  return { language: tag, url: urlOf(sourceId, 'captions.url', url) ?? '' };
}

/** A hash of everything that affects the served file: the picture, its crop, and the embedded credit. */
function versionOf(row: Omit<ImageRow, 'version'>): string {
  const { file, originUrl, width, height, encodingFormat, focalX, focalY, caption } = row;
  const { creatorName, agency, provider, copyrightNotice } = row;
  const visible = [file, originUrl, width, height, encodingFormat, focalX, focalY, caption];
  const text = JSON.stringify([...visible, creatorName, agency, provider, copyrightNotice]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function shareOf(sourceId: string, name: string, share: number | undefined): number | null {
  if (share !== undefined && !(share >= 0 && share <= 1))
    failureOf(sourceId)(`"${name}" to be from 0 to 1`, share);
  return share ?? null;
}
