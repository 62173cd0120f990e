/**
 * In which sizes a picture is served: few enough that nobody can fill the disk, near enough to whatever is
 * asked. Pure functions: the schema promises by them, and the picture server makes by them.
 */

/** The widths, in pixels, of every rendition; of a smaller original also its own. */
export const renditionWidths = [96, 160, 192, 320, 384, 480, 640, 768, 960, 1280, 1600, 1920, 2560] as const;

/** The shapes into which pictures are cropped, width by height; beside them only the picture's own. */
export const cropRatios = [2, 1200 / 630, 16 / 9, 3 / 2, 4 / 3, 1, 4 / 5, 3 / 4, 2 / 3, 9 / 16] as const;

const widest = 2560;

export type ImageFormat = 'AUTO' | 'JPEG' | 'WEBP' | 'AVIF' | 'PNG';

/** What a rendition needs to know of a picture. */
export interface Original {
  width: number;
  height: number;
  encodingFormat: string;
  /** 0 to 1 from the left and the top; the middle where it is null. */
  focalX: number | null;
  focalY: number | null;
}

/** A part of the original, in its pixels. */
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
  /** The media type; for AUTO, the one of a reader that accepts nothing better. */
  contentType: string;
}

const contentTypes = {
  JPEG: 'image/jpeg',
  WEBP: 'image/webp',
  AVIF: 'image/avif',
  PNG: 'image/png',
} as const;

/** The rendition nearest to what is asked for; `width` and `height` are whole numbers of at least 1. */
export function renditionOf(
  original: Original,
  { width, height, format }: { width?: number | null; height?: number | null; format: ImageFormat },
): SizedRendition {
  const ratio = width && height ? nearestRatio(original, width / height) : null;
  const crop = cropOf(original, ratio);
  const wanted = Math.max(width ?? 0, ((height ?? 0) * crop.width) / crop.height) || crop.width;
  const widths = widthsWithin(crop);
  const size = sizeOf(crop, widths.find((allowed) => allowed >= wanted) ?? Math.min(crop.width, widest));
  return { ...size, format, contentType: contentTypeOf(original.encodingFormat, format) };
}

/** The picture as large as its original is, uncropped, in the format that every reader gets. */
export function fullSizeOf(original: Original): SizedRendition {
  const format = plainFormatOf(original.encodingFormat);
  const { width, height, encodingFormat } = original;
  const crop = cropOf(original, null);
  return { width, height, crop, format, contentType: contentTypeOf(encodingFormat, format) };
}

/** Every size in which a picture is served, beside its full size. */
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

/** The format in which every reader gets a picture: near its original, so that transparency stays. */
export function plainFormatOf(encodingFormat: string): 'JPEG' | 'WEBP' | 'PNG' {
  if (encodingFormat === 'image/webp') return 'WEBP';
  return encodingFormat === 'image/png' || encodingFormat === 'image/gif' ? 'PNG' : 'JPEG';
}

/** Null stands for the picture's own shape, which wins where it is as near as another. */
function nearestRatio({ width, height }: Original, asked: number): number | null {
  const distance = (ratio: number) => Math.abs(Math.log(ratio / asked));
  let nearest: number | null = null;
  for (const ratio of cropRatios) {
    if (distance(ratio) < distance(nearest ?? width / height)) nearest = ratio;
  }
  return nearest;
}

/** The largest part of the original in a shape, with the focal point as near to its middle as can be. */
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

/** Ascending; the last is the widest that is served. */
function widthsWithin(crop: Crop): number[] {
  const largest = Math.min(crop.width, widest);
  return [...renditionWidths.filter((width) => width < largest), largest];
}

function sizeOf(crop: Crop, width: number): RenditionSize {
  return { width, height: Math.max(1, Math.round((crop.height * width) / crop.width)), crop };
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
