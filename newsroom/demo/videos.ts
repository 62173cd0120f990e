/** The demo newsroom's video. */
import type { VideoContent } from '../../subgraphs/media/content.ts';
import { hours } from './story.ts';

/** The input for a video. `assets` are in this folder's assets/ and are copied to the originals. */
export interface DemoVideo
  extends Omit<VideoContent, 'sourceId' | 'uploadDate' | 'posterId' | 'file' | 'captions'> {
  key: string;
  asset: string;
  captions: { language: string; asset: string }[];
  /** A key of `pictures`. */
  poster: string;
  uploaded: number;
}

export const videos: readonly DemoVideo[] = [
  {
    key: 'crossing',
    headline: 'The last crossing of the Marigold',
    description:
      'After 41 years the city’s diesel ferry crosses the Almer for the last time, from dusk to night.',
    asset: 'last-crossing.webm',
    captions: [{ language: 'en', asset: 'last-crossing.en.vtt' }],
    duration: 'PT10S',
    poster: 'crossing',
    uploaded: hours(-6),
    credit: { creatorName: 'Mara Quist', agency: 'Dateline', category: 'STAFF' },
    copyrightNotice: '© Dateline',
    rights: { syndicatable: true, embeddable: true },
  },
];
