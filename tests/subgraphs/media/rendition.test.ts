import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cropRatios,
  fullSizeOf,
  type ImageFormat,
  renditionOf,
  renditionWidths,
  sizesOf,
} from '../../../subgraphs/media/rendition.ts';

const side = fc.integer({ min: 1, max: 12_000 });
const share = fc.oneof(fc.constant(null), fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const original = fc.record({
  width: side,
  height: side,
  encodingFormat: fc.constantFrom('image/jpeg', 'image/png', 'image/webp'),
  focalX: share,
  focalY: share,
});
const asked = fc.record({
  width: fc.option(fc.integer({ min: 1, max: 10_000 })),
  height: fc.option(fc.integer({ min: 1, max: 10_000 })),
  format: fc.constantFrom<ImageFormat>('AUTO', 'JPEG', 'WEBP', 'AVIF', 'PNG'),
});
const photo = { width: 3000, height: 2000, encodingFormat: 'image/jpeg', focalX: null, focalY: null };
const sizeOf = (width: number | null, height: number | null, from = photo) => {
  const rendition = renditionOf(from, { width, height, format: 'AUTO' });
  return [rendition.width, rendition.height];
};

describe('the rendition of a picture', () => {
  it('is the next width of the list, in the shape of the original', () => {
    expect(sizeOf(300, null)).toEqual([320, 213]);
    expect(sizeOf(320, null)).toEqual([320, 213]);
    expect(sizeOf(null, 400)).toEqual([640, 427]);
    expect(sizeOf(null, null)).toEqual([2560, 1707]);
    expect(sizeOf(10_000, null)).toEqual([2560, 1707]);
  });

  it('is the original where that is smaller than what is asked', () => {
    expect(sizeOf(640, null, { ...photo, width: 500, height: 400 })).toEqual([500, 400]);
    expect(sizeOf(null, null, { ...photo, width: 50, height: 40 })).toEqual([50, 40]);
  });

  it('is cropped to the nearest shape around the focal point where both sides are asked', () => {
    expect(sizeOf(1200, 630)).toEqual([1280, 672]);
    const square = renditionOf({ ...photo, focalX: 0.95 }, { width: 190, height: 200, format: 'WEBP' });
    expect(square).toMatchObject({
      width: 320,
      height: 320,
      contentType: 'image/webp',
      crop: { left: 1000, top: 0, width: 2000, height: 2000 },
    });
  });

  it('is never larger than what it is cut from, and keeps the focal point', () => {
    fc.assert(
      fc.property(original, asked, (from, want) => {
        const { width, height, crop } = renditionOf(from, want);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(width).toBeLessThanOrEqual(crop.width);
        expect(height).toBeLessThanOrEqual(crop.height);
        expect(crop.left).toBeGreaterThanOrEqual(0);
        expect(crop.top).toBeGreaterThanOrEqual(0);
        expect(crop.left + crop.width).toBeLessThanOrEqual(from.width);
        expect(crop.top + crop.height).toBeLessThanOrEqual(from.height);
        const x = (from.focalX ?? 0.5) * from.width;
        const y = (from.focalY ?? 0.5) * from.height;
        expect(x).toBeGreaterThanOrEqual(crop.left - 0.5);
        expect(x).toBeLessThanOrEqual(crop.left + crop.width + 0.5);
        expect(y).toBeGreaterThanOrEqual(crop.top - 0.5);
        expect(y).toBeLessThanOrEqual(crop.top + crop.height + 0.5);
      }),
    );
  });

  it('is at least as large as asked, unless the list or the original ends', () => {
    fc.assert(
      fc.property(original, asked, (from, want) => {
        const { width, height, crop } = renditionOf(from, want);
        if (width === Math.min(crop.width, 2560)) return;
        expect(width).toBeGreaterThanOrEqual(want.width ?? 1);
        expect(height + 1).toBeGreaterThanOrEqual(want.height ?? 1);
      }),
    );
  });

  it('has a size of the list, of which a picture has few', () => {
    fc.assert(
      fc.property(original, asked, (from, want) => {
        const { width, height } = renditionOf(from, want);
        const sizes = sizesOf(from);
        expect(sizes.length).toBeLessThanOrEqual(renditionWidths.length * (cropRatios.length + 1));
        expect(sizes.map((size) => `${size.width}x${size.height}`)).toContain(`${width}x${height}`);
        for (const size of sizes) {
          const isListed = renditionWidths.some((listed) => listed === size.width);
          expect(isListed || size.width === size.crop.width).toBe(true);
        }
        expect(new Set(sizes.map((size) => `${size.width}x${size.height}`)).size).toBe(sizes.length);
      }),
    );
  });

  it('has the nearest of all shapes', () => {
    const wide = original.filter(({ width, height }) => width > 500 && height > 500);
    fc.assert(
      fc.property(wide, side, side, (from, width, height) => {
        const want = {
          width: Math.min(width, 10_000),
          height: Math.min(height, 10_000),
          format: 'AUTO' as const,
        };
        const { crop } = renditionOf(from, want);
        const distance = (ratio: number) => Math.abs(Math.log(ratio / (want.width / want.height)));
        const nearest = Math.min(...[from.width / from.height, ...cropRatios].map(distance));
        expect(distance(crop.width / crop.height)).toBeCloseTo(nearest, 2);
      }),
    );
  });

  it('stays as it is when its own size is asked for', () => {
    fc.assert(
      fc.property(original, asked, (from, { width }) => {
        const once = renditionOf(from, { width, format: 'AUTO' });
        expect(renditionOf(from, { width: once.width, format: 'AUTO' })).toEqual(once);
      }),
    );
  });

  it('keeps the transparency of a PNG where nothing else is asked', () => {
    expect(fullSizeOf({ ...photo, encodingFormat: 'image/png' })).toMatchObject({
      format: 'PNG',
      width: 3000,
    });
    expect(fullSizeOf({ ...photo, encodingFormat: 'image/tiff' })).toMatchObject({
      contentType: 'image/jpeg',
    });
  });
});
