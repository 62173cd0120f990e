/** Media: pictures and videos, with their credits and rights. */
import { federate } from '../graph/federate.ts';
import type { Subgraph } from '../serve/subgraph.ts';
import { sharedStore } from '../store/connectionShare.ts';
import { createMediaLoaders } from './loaders.ts';
import { MediaMutations } from './mutations.ts';
import { createPictures } from './pictures.ts';
import {
  ImageResolver,
  type MediaContext,
  references,
  VideoConnectionResolver,
  VideoResolver,
} from './resolvers.ts';
import { isEditor } from './shown.ts';
import { type MediaStore, openMediaStore } from './store.ts';

const federated = federate({
  resolvers: [ImageResolver, VideoResolver, VideoConnectionResolver, MediaMutations],
  references,
});

export const media: Subgraph<MediaStore> = {
  name: 'media',
  federated,
  async open({ database, settings, clock = () => new Date() }) {
    await database.migrate();
    const store = openMediaStore(database, clock);
    return {
      ...federated,
      name: 'media',
      store,
      check: database.check,
      addRoutes: createPictures({ store, settings }),
      contextFor({ reader, signal }): MediaContext {
        const shared = sharedStore(store, database.shareOf(signal));
        const loaders = createMediaLoaders(shared, { isEditor: isEditor(reader) });
        return { store: shared, loaders, reader, places: settings, clock };
      },
    };
  },
};
