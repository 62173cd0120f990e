/**
 * The sizes in which a picture is served: few enough to bound the disk usage, close enough to any requested size. Pure
 * functions, used by the schema and by the picture server.
 */

/** The widths of renditions in pixels; for a smaller original also its own width. */
export const renditionWidths = [96, 160, 192, 320, 384, 480, 640, 768, 960, 1280, 1600, 1920, 2560] as const;

/** The aspect ratios for crops, width by height, in addition to the picture's own. */
export const cropRatios = [2, 1200 / 630, 16 / 9, 3 / 2, 4 / 3, 1, 4 / 5, 3 / 4, 2 / 3, 9 / 16] as const;

const widest = 2560;

export type ImageFormat = 'AUTO' | 'JPEG' | 'WEBP' | 'AVIF' | 'PNG';

/** The properties of a picture that its renditions depend on. */
export interface Original {
  width: number;
  height: number;
  encodingFormat: string;
  /** 0 to 1 from the left and the top; null is the centre. */
  focalX: number | null;
  focalY: number | null;
}

/** A region of the original, in its pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface RenditionSize {
  width: number;
  height: number;
  crop: Crop;
}

export interface SizedRendition extends RenditionSize {
  format: ImageFormat;
  /** The media type; for AUTO, the one for clients that accept nothing better. */
  contentType: string;
}

const contentTypes = {
  JPEG: 'image/jpeg',
  WEBP: 'image/webp',
  AVIF: 'image/avif',
  PNG: 'image/png',
} as const;

/** The rendition nearest to the requested size; `width` and `height` are integers of at least 1. */
export function renditionOf(
  original: Original,
  { width, height, format }: { width?: number | null; height?: number | null; format: ImageFormat },
): SizedRendition {
  const ratio = width && height ? nearestRatio(original, width / height) : null;
  const crop = cropOf(original, ratio);
  const wantedWidth = Math.max(width ?? 0, ((height ?? 0) * crop.width) / crop.height) || crop.width;
  const widths = widthsWithin(crop);
  const size = sizeOf(crop, widths.find((allowed) => allowed >= wantedWidth) ?? Math.min(crop.width, widest));
  return { ...size, format, contentType: contentTypeOf(original.encodingFormat, format) };
}

/** The uncropped picture at its original size, in the plain format. */
export function fullSizeOf(original: Original): SizedRendition {
  const format = plainFormatOf(original.encodingFormat);
  const { width, height, encodingFormat } = original;
  const crop = cropOf(original, null);
  return { width, height, crop, format, contentType: contentTypeOf(encodingFormat, format) };
}

/** Every size in which a picture is served, except its full size. */
export function sizesOf(original: Original): RenditionSize[] {
  const crops = [null, ...cropRatios].map((ratio) => cropOf(original, ratio));
  const sizes = crops.flatMap((crop) => widthsWithin(crop).map((width) => sizeOf(crop, width)));
  return [
    ...new Map(sizes.reverse().map((size) => [`${size.width}x${size.height}`, size])).values(),
  ].reverse();
}

/** The media type of a picture in a format. */
export function contentTypeOf(encodingFormat: string, format: ImageFormat): string {
  return contentTypes[format === 'AUTO' ? plainFormatOf(encodingFormat) : format];
}

/** The format that every client supports: close to the original, so that transparency is kept. */
export function plainFormatOf(encodingFormat: string): 'JPEG' | 'WEBP' | 'PNG' {
  if (encodingFormat === 'image/webp') return 'WEBP';
  return encodingFormat === 'image/png' || encodingFormat === 'image/gif' ? 'PNG' : 'JPEG';
}

/** The nearest aspect ratio. Null is the picture's own, which is preferred if equally near. */
function nearestRatio({ width, height }: Original, requestedRatio: number): number | null {
  const distance = (ratio: number) => Math.abs(Math.log(ratio / requestedRatio));
  let nearest: number | null = null;
  for (const ratio of cropRatios) {
    if (distance(ratio) < distance(nearest ?? width / height)) nearest = ratio;
  }
  return nearest;
}

/** The largest region of an aspect ratio, with the focal point as close to its centre as possible. */
function cropOf({ width, height, focalX, focalY }: Original, ratio: number | null): Crop {
  if (ratio === null) return { left: 0, top: 0, width, height };
  const cropWidth = clamp(Math.round(height * ratio), 1, width);
  const cropHeight = clamp(Math.round(width / ratio), 1, height);
  return {
    left: clamp(Math.round(width * (focalX ?? 0.5) - cropWidth / 2), 0, width - cropWidth),
    top: clamp(Math.round(height * (focalY ?? 0.5) - cropHeight / 2), 0, height - cropHeight),
    width: cropWidth,
    height: cropHeight,
  };
}

/** The rendition widths in ascending order, up to the widest. */
function widthsWithin(crop: Crop): number[] {
  const largest = Math.min(crop.width, widest);
  return [...renditionWidths.filter((width) => width < largest), largest];
}

function sizeOf(crop: Crop, width: number): RenditionSize {
  return { width, height: Math.max(1, Math.round((crop.height * width) / crop.width)), crop };
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
