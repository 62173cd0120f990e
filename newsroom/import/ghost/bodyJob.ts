/** Jobs of the thread that reads post texts, and their results. */
import { RecordError, type SourceRecord } from '../records.ts';
import { type PictureTold, type Places, type PostBody, picturesTold, readBody } from './body.ts';

export type BodyJob =
  | { kind: 'pictures'; post: SourceRecord }
  /** Without places, those of the previous job are used. */
  | { kind: 'story'; post: SourceRecord; places?: Places };

export type BodyAnswer = { pictures: PictureTold[] } | { story: PostBody } | { problem: string };

/** Returns a function that does one job at a time. It never throws: an error is returned as a result. */
export function openBodyWork(): (job: BodyJob) => BodyAnswer {
  let places: Places = { siteUrl: undefined, slugs: new Map(), known: new Set(), tierIds: new Map() };
  return (job) => {
    try {
      if (job.kind === 'pictures') return { pictures: picturesTold(job.post) };
      places = job.places ?? places;
      return { story: readBody(job.post, places) };
    } catch (error) {
      if (error instanceof RecordError) return { problem: error.message };
      return {
        problem: `Expected a text that can be read, but reading it failed: ${String(error).slice(0, 200)}`,
      };
    }
  };
}
