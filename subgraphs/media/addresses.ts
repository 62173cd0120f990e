/** Where readers find pictures, videos and captions. */
import { contentTypeOf, fullSizeOf, type SizedRendition } from './rendition.ts';
import type { ImageRow, VideoRow } from './store.ts';

export interface MediaPlaces {
  publicUrl: string;
  mediaUrl: string;
  imageUrlTemplate: string | undefined;
}

/** The ending of a picture's address by its media type. */
export const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/png': 'png',
};

/** The address of a picture at its full size. */
export function imageUrl(image: ImageRow, places: MediaPlaces): string {
  return renditionUrl(image, fullSizeOf(image), places);
}

/** The address of a rendition: at the newsroom's image CDN where there is one, else on our own server. */
export function renditionUrl(image: ImageRow, rendition: SizedRendition, places: MediaPlaces): string {
  const { imageUrlTemplate, mediaUrl } = places;
  if (imageUrlTemplate === undefined) return `${mediaUrl}${renditionPath(image, rendition)}`;
  const values: Record<string, string> = {
    id: image.id,
    origin: image.originUrl ?? `${mediaUrl}${renditionPath(image, fullSizeOf(image))}`,
    width: String(rendition.width),
    height: String(rendition.height),
    format: rendition.format.toLowerCase(),
    focalX: String(image.focalX ?? 0.5),
    focalY: String(image.focalY ?? 0.5),
  };
  return imageUrlTemplate.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    values[name] === undefined ? placeholder : encodeURIComponent(values[name]),
  );
}

/**
 * The path of a rendition below the media folder of our server. The version in it changes with the picture,
 * so that it can be kept for ever; without an ending, the reader gets the best format that it accepts.
 */
export function renditionPath(image: ImageRow, { width, height, format }: SizedRendition): string {
  const ending = format === 'AUTO' ? '' : `.${extensions[contentTypeOf(image.encodingFormat, format)]}`;
  return `/images/${image.id}/${image.version}/${width}x${height}${ending}`;
}

/** The address of a video's file: ours where we hold it, else where it came from or can be watched. */
export function videoUrl({ file, originUrl, embedUrl }: VideoRow, { mediaUrl }: MediaPlaces): string {
  return file === null
    ? (originUrl ?? embedUrl ?? mediaUrl)
    : `${mediaUrl}/originals/${encodeURIComponent(file)}`;
}

/** A caption track's address: "/media/..." is on our media server. */
export function captionUrl(url: string, { mediaUrl }: MediaPlaces): string {
  return url.replace(/^\/media(?=\/)/, mediaUrl);
}
