/** The mutations of Media. */
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { asUserErrors } from '../graph/editorInput.ts';
import { readImage, readVideo } from './edit.ts';
import { ImageInput, VideoInput } from './inputs.ts';
import { createMediaLoaders } from './loaders.ts';
import type { MediaContext } from './resolvers.ts';
import { isEditor } from './shown.ts';
import type { ImageRow, VideoRow } from './store.ts';
import { Image, Video } from './types.ts';

const writing = '@requiresScopes(scopes: [["media:write"]])';

@Resolver()
export class MediaMutations {
  @Mutation(() => Image, {
    nullable: true,
    description: 'Creates an image, or updates the one with the same `sourceId`.',
  })
  @Directive(writing)
  async putImage(
    @Arg('input', () => ImageInput, {
      description: 'The image as it shall be; what is left out stays as it is stored.',
    })
    input: ImageInput,
    @Ctx() context: MediaContext,
  ): Promise<ImageRow | null> {
    const { store, reader, places } = context;
    const { sourceId, change } = readImage(input, places.mediaUrl);
    const id = await asUserErrors(store.editImage(sourceId, reader.name, change));
    context.loaders = createMediaLoaders(store, { isEditor: isEditor(reader) });
    return context.loaders.imageById.load(id);
  }

  @Mutation(() => Video, {
    nullable: true,
    description: 'Creates a video, or updates the one with the same `sourceId`.',
  })
  @Directive(writing)
  async putVideo(
    @Arg('input', () => VideoInput, {
      description: 'The video as it shall be; what is left out stays as it is stored.',
    })
    input: VideoInput,
    @Ctx() context: MediaContext,
  ): Promise<VideoRow | null> {
    const { store, reader, places } = context;
    const { sourceId, change } = readVideo(input, places.mediaUrl);
    const id = await asUserErrors(store.editVideo(sourceId, reader.name, change));
    context.loaders = createMediaLoaders(store, { isEditor: isEditor(reader) });
    return context.loaders.videoById.load(id);
  }
}
