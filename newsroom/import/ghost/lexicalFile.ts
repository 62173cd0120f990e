/** Imports a file with one Lexical document as a draft, since it has no publication date. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Importing } from '../importing.ts';
import { ImportError, nameOf, readError } from '../source.ts';
import { openBodyReader } from './bodyReader.ts';
import { openLinks } from './links.ts';
import { openPictureBook } from './pictures.ts';
import { tryReading } from './reading.ts';
import { putNews } from './setting.ts';
import { placesOf, readStory } from './story.ts';
import { openStoryWriter } from './storyWriter.ts';
import { openGhostTables } from './tables.ts';
import { openTelling } from './tellPictures.ts';

const largest = 20_000_000;

/** Whether the beginning of a file is a Lexical document. */
export function isLexicalFile(head: string): boolean {
  return /^\s*\{\s*"root"\s*:\s*\{/.test(head);
}

/** Imports the document as a story named after its file. */
export async function importLexicalFile(importing: Importing): Promise<void> {
  const { file, reporter } = importing;
  if (file.size > largest)
    throw new ImportError(
      `Expected "${nameOf(file)}" to have at most ${largest} bytes as one document, but got: ${file.size}.`,
    );
  const name = nameOf(file).replace(/(?:\.lexical)?\.json(?:\.gz)?$/i, '');
  const post = {
    id: `lexical-${name}`,
    title: name,
    slug: name,
    status: 'draft',
    lexical: await textIn(importing),
  };
  const tables = openGhostTables();
  tables.add('posts', post);
  const links = openLinks({ siteUrl: undefined, slugOf: tables.slugFor });
  const pictures = openPictureBook();
  const reader = openBodyReader();
  const telling = openTelling(reader, pictures);
  await telling.tell(post);
  await telling.end();
  pictures.rename(links.pictureSource);
  const none = {
    language: importing.language ?? 'en',
    authorNames: new Map(),
    tagSlugs: new Map(),
    sectionSlugs: new Map(),
    tierIds: new Set<string>(),
  };
  const context = { ...none, tables, links, otherSection: await putNews(importing) };
  const body = await reader.story(post, placesOf(context)).catch((error: Error) => error);
  await reader.close();
  const story = tryReading(post, 'story', reporter, () => {
    if (body instanceof Error) throw body;
    return readStory(post, body, context);
  });
  if (story) await openStoryWriter(importing, links, pictures)([story]);
}

async function textIn({ file, onBytes }: Importing): Promise<string> {
  const bytes = await readFile(file.path);
  // The file is read once, but progress expects two passes.
  onBytes(bytes.length * 2);
  try {
    return (file.isPacked ? gunzipSync(bytes, { maxOutputLength: largest }) : bytes).toString('utf8');
  } catch (error) {
    throw readError(file, error);
  }
}
