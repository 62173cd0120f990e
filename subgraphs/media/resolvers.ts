/** The queries and fields of Media. */
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { badInput } from '../errors.ts';
import { connectionOf, listSize, PageArguments, pageOf, readPage } from '../graph/connection.ts';
import type { Reference } from '../graph/federate.ts';
import type { Reader } from '../trust/reader.ts';
import { captionUrl, imageUrl, type MediaPlaces, renditionUrl, videoUrl } from './addresses.ts';
import { creditTextOf, isCreditKnown } from './credit.ts';
import type { MediaLoaders } from './loaders.ts';
import { contentTypeOf, renditionOf } from './rendition.ts';
import { isEditor, type Viewer } from './shown.ts';
import type { ImageRow, MediaStore, VideoRow } from './store.ts';
import {
  type CaptionTrack,
  type FocalPoint,
  Image,
  type MediaCredit,
  type MediaRights,
  Rendition,
  RenditionArguments,
  SrcsetArguments,
  Video,
  VideoConnection,
} from './types.ts';

export interface MediaContext {
  store: MediaStore;
  loaders: MediaLoaders;
  places: MediaPlaces;
  reader: Reader;
  clock: () => Date;
}

@Resolver(() => Image)
export class ImageResolver {
  @Query(() => Image, {
    nullable: true,
    description:
      'Image by id; null if there is none that readers can see. With the scope "media:write" or "articles:write" hidden images are found too.',
  })
  image(
    @Ctx() { loaders }: MediaContext,
    @Arg('id', () => ID, { description: 'What `Image.id` returned.' }) id: string,
  ) {
    return loaders.namedImageById.load(id);
  }

  @FieldResolver()
  contentUrl(@Root() image: ImageRow, @Ctx() { places }: MediaContext): string {
    return imageUrl(image, places);
  }

  @FieldResolver()
  encodingFormat(@Root() { encodingFormat }: ImageRow): string {
    return contentTypeOf(encodingFormat, 'AUTO');
  }

  @FieldResolver()
  altText(@Root() { altText, caption }: ImageRow): string {
    return altText ?? caption ?? '';
  }

  @FieldResolver()
  creditText(@Root() image: ImageRow): string {
    return creditTextOf(image);
  }

  @FieldResolver()
  credit(@Root() image: ImageRow): MediaCredit {
    const { creatorName, agency, provider, category } = image;
    const isKnown = isCreditKnown(image);
    return { text: creditTextOf(image), creatorName, agency, provider, category, isKnown };
  }

  @FieldResolver()
  rights(@Root() image: ImageRow, @Ctx() { clock }: MediaContext): MediaRights {
    return rightsAt(image, clock());
  }

  @FieldResolver()
  focalPoint(@Root() { focalX, focalY }: ImageRow): FocalPoint | null {
    return focalX === null || focalY === null ? null : { x: focalX, y: focalY };
  }

  @FieldResolver(() => Rendition, {
    description:
      'The image in the nearest size of a fixed list, never larger than the original. With both width and height it is ' +
      'cropped to the nearest aspect ratio, keeping the focal point; with neither it has the largest size.',
  })
  rendition(
    @Root() image: ImageRow,
    @Ctx() { places }: MediaContext,
    @Args(() => RenditionArguments) { width = null, height = null, format }: RenditionArguments,
  ): Rendition {
    if (width != null) checkPixels('width', width);
    if (height != null) checkPixels('height', height);
    const rendition = renditionOf(image, { width, height, format });
    const { contentType } = rendition;
    const href = renditionUrl(image, rendition, places);
    return { href, contentType, width: rendition.width, height: rendition.height };
  }

  @FieldResolver(() => String, {
    description:
      'The image in several widths for the `srcset` attribute of HTML, such as "URL 320w, URL 640w". Each width is the next ' +
      'one of a fixed list, never larger than the original, without duplicates and in ascending order.',
  })
  srcset(
    @Root() image: ImageRow,
    @Ctx() { places }: MediaContext,
    @Args(() => SrcsetArguments) { widths, format }: SrcsetArguments,
  ): string {
    if (widths.length < 1 || widths.length > 20)
      throw badInput(`Expected "widths" to have 1 to 20 items, but got: ${widths.length}.`);
    const renditions = widths.map((width) => {
      checkPixels('widths', width);
      return renditionOf(image, { width, format });
    });
    const byWidth = new Map(renditions.map((rendition) => [rendition.width, rendition]));
    return [...byWidth.values()]
      .sort((a, b) => a.width - b.width)
      .map((rendition) => `${renditionUrl(image, rendition, places)} ${rendition.width}w`)
      .join(', ');
  }
}

@Resolver(() => Video)
export class VideoResolver {
  @Query(() => Video, {
    nullable: true,
    description:
      'Video by id; null if there is none that readers can see. With the scope "media:write" or "articles:write" hidden videos are found too.',
  })
  video(
    @Ctx() { loaders }: MediaContext,
    @Arg('id', () => ID, { description: 'What `Video.id` returned.' }) id: string,
  ) {
    return loaders.namedVideoById.load(id);
  }

  @Query(() => VideoConnection, {
    nullable: true,
    description: 'Videos that readers can see, the latest first; null only with an error.',
  })
  @Directive(listSize('edges', 'nodes'))
  async videos(@Ctx() { store, reader }: MediaContext, @Args(() => PageArguments) page: PageArguments) {
    const request = readPage(page, 'uploaded', ['time', 'id']);
    const rows = await store.listVideos(request, viewerOf(reader));
    return connectionOf(pageOf(rows, request), 'uploaded', ({ uploadDate, id }) => [
      uploadDate.toISOString(),
      id,
    ]);
  }

  @FieldResolver()
  contentUrl(@Root() video: VideoRow, @Ctx() { places }: MediaContext): string {
    return videoUrl(video, places);
  }

  @FieldResolver()
  creditText(@Root() video: VideoRow): string {
    return creditTextOf(video);
  }

  @FieldResolver()
  rights(@Root() video: VideoRow, @Ctx() { clock }: MediaContext): MediaRights {
    return rightsAt(video, clock());
  }

  @FieldResolver()
  poster(@Root() { posterId }: VideoRow, @Ctx() { loaders }: MediaContext) {
    return posterId === null ? null : loaders.imageById.load(posterId);
  }

  @FieldResolver()
  captions(@Root() { captions }: VideoRow, @Ctx() { places }: MediaContext): CaptionTrack[] {
    return captions.map(({ language, url }) => ({ language, url: captionUrl(url, places) }));
  }
}

@Resolver(() => VideoConnection)
export class VideoConnectionResolver {
  @FieldResolver()
  totalCount(@Ctx() { store, reader }: MediaContext) {
    return store.countVideos(viewerOf(reader));
  }
}

export const references: Record<string, Reference<MediaContext>> = {
  Image: ({ id }, { loaders }) => (typeof id === 'string' ? loaders.imageById.load(id) : null),
  Video: ({ id }, { loaders }) => (typeof id === 'string' ? loaders.videoById.load(id) : null),
};

const viewerOf = (reader: Reader): Viewer => (isEditor(reader) ? 'editor' : 'named');

/** The rights, which end when they expire. */
function rightsAt(row: ImageRow | VideoRow, now: Date): MediaRights {
  const { licence, acquireLicencePage, expires } = row;
  const areValid = expires === null || expires > now;
  return {
    license: licence,
    acquireLicensePage: acquireLicencePage,
    syndicatable: row.syndicatable && areValid,
    embeddable: row.embeddable && areValid,
    expires,
  };
}

function checkPixels(name: string, pixels: number) {
  if (pixels >= 1 && pixels <= 10_000) return;
  throw badInput(`Expected "${name}" to be from 1 to 10,000 pixels, but got: ${pixels}.`);
}
