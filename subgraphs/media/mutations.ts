/** The mutations of Media. */
import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  loadedAfter,
  type Payload,
  payloadOf,
  type UserError,
  userErrorsField,
} from '../graph/userErrors.ts';
import { readImage, readVideo } from './edit.ts';
import { ImageInput, VideoInput } from './inputs.ts';
import { createMediaLoaders } from './loaders.ts';
import type { MediaContext } from './resolvers.ts';
import { isEditor } from './shown.ts';
import type { ImageRow, VideoRow } from './store.ts';
import { Image, Video } from './types.ts';

const writing = '@requiresScopes(scopes: [["media:write"]])';

@ObjectType({ description: 'Result of `putImage`.' })
class PutImagePayload {
  @Field(() => Image, { nullable: true, description: 'Image as it is stored now; null if it was refused.' })
  image?: ImageRow | null;

  @userErrorsField()
  userErrors!: UserError[];
}

@ObjectType({ description: 'Result of `putVideo`.' })
class PutVideoPayload {
  @Field(() => Video, { nullable: true, description: 'Video as it is stored now; null if it was refused.' })
  video?: VideoRow | null;

  @userErrorsField()
  userErrors!: UserError[];
}

@Resolver()
export class MediaMutations {
  @Mutation(() => PutImagePayload, {
    nullable: true,
    description: 'Creates an image, or updates the one with the same `sourceId`.',
  })
  @Directive(writing)
  putImage(
    @Arg('input', () => ImageInput, {
      description: 'The image as it shall be; what is left out stays as it is stored.',
    })
    input: ImageInput,
    @Ctx() context: MediaContext,
  ): Promise<Payload<{ image: Promise<ImageRow | null> }>> {
    return payloadOf(async () => {
      const { store, reader, places } = context;
      const { sourceId, change } = readImage(input, places.mediaUrl);
      const id = await store.editImage(sourceId, reader.name, change);
      context.loaders = createMediaLoaders(store, { isEditor: isEditor(reader) });
      return { image: loadedAfter(context.loaders.imageById.load(id)) };
    }, 'input');
  }

  @Mutation(() => PutVideoPayload, {
    nullable: true,
    description: 'Creates a video, or updates the one with the same `sourceId`.',
  })
  @Directive(writing)
  putVideo(
    @Arg('input', () => VideoInput, {
      description: 'The video as it shall be; what is left out stays as it is stored.',
    })
    input: VideoInput,
    @Ctx() context: MediaContext,
  ): Promise<Payload<{ video: Promise<VideoRow | null> }>> {
    return payloadOf(async () => {
      const { store, reader, places } = context;
      const { sourceId, change } = readVideo(input, places.mediaUrl);
      const id = await store.editVideo(sourceId, reader.name, change);
      context.loaders = createMediaLoaders(store, { isEditor: isEditor(reader) });
      return { video: loadedAfter(context.loaders.videoById.load(id)) };
    }, 'input');
  }
}
