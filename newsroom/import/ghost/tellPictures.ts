/** Collects facts about pictures from posts, before any picture is stored. */
import { RecordError, type SourceRecord } from '../records.ts';
import type { PictureTold } from './body.ts';
import type { BodyReader } from './bodyReader.ts';
import type { PictureBook } from './pictures.ts';

/** How many texts are read concurrently. */
const together = 64;

/** Collects in the order of the posts. A post that cannot be read is reported later, when it is read as a story. */
export function openTelling(reader: BodyReader, pictures: PictureBook) {
  let reading: Promise<PictureTold[]>[] = [];
  const end = async () => {
    const told = await Promise.all(reading);
    reading = [];
    for (const [address, facts] of told.flat()) pictures.tell(address, facts);
  };
  return {
    tell(post: SourceRecord): Promise<void> | undefined {
      reading.push(reader.pictures(post).catch(orNothing));
      return reading.length < together ? undefined : end();
    },
    end,
  };
}

function orNothing(error: unknown): PictureTold[] {
  if (!(error instanceof RecordError)) throw error;
  return [];
}
