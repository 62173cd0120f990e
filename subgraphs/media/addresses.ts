/** The URLs of pictures, videos and captions. */
import { contentTypeOf, fullSizeOf, type SizedRendition } from './rendition.ts';
import type { ImageRow, VideoRow } from './store.ts';

export interface MediaPlaces {
  publicUrl: string;
  mediaUrl: string;
  imageUrlTemplate: string | undefined;
}

/** File name extensions by media type. */
export const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/png': 'png',
};

/** The URL of a picture at full size. */
export function imageUrl(image: ImageRow, places: MediaPlaces): string {
  return renditionUrl(image, fullSizeOf(image), places);
}

/** The URL of a rendition: at the newsroom's image CDN if configured, otherwise on our media server. */
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
 * The path of a rendition below the media URL. It contains the version, which changes with the picture, so that it can
 * be cached forever. Without an extension, the format is negotiated.
 */
export function renditionPath(image: ImageRow, { width, height, format }: SizedRendition): string {
  const ending = format === 'AUTO' ? '' : `.${extensions[contentTypeOf(image.encodingFormat, format)]}`;
  return `/images/${image.id}/${image.version}/${width}x${height}${ending}`;
}

/** The URL of a video file: ours if we hold the file, otherwise its origin or its player. */
export function videoUrl({ file, originUrl, embedUrl }: VideoRow, { mediaUrl }: MediaPlaces): string {
  return file === null
    ? (originUrl ?? embedUrl ?? mediaUrl)
    : `${mediaUrl}/originals/${encodeURIComponent(file)}`;
}

/** The URL of a caption track: "/media/..." is on our media server. */
export function captionUrl(url: string, { mediaUrl }: MediaPlaces): string {
  return url.replace(/^\/media(?=\/)/, mediaUrl);
}
