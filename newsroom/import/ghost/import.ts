/** Imports a Ghost export: one pass for the small tables, one for the stories. */
import { describe } from '../detect.ts';
import type { Importing } from '../importing.ts';
import { languageIn } from '../language.ts';
import { quoted, RecordError, type SourceRecord, textField } from '../records.ts';
import { headOf, ImportError, nameOf } from '../source.ts';
import { bodyLength, type PostBody } from './body.ts';
import { type BodyReader, openBodyReader } from './bodyReader.ts';
import { importLexicalFile, isLexicalFile } from './lexicalFile.ts';
import { type Links, openLinks } from './links.ts';
import { openPictureBook, type PictureBook } from './pictures.ts';
import { tryReading } from './reading.ts';
import { putNewsroom } from './setting.ts';
import { placesOf, readStory } from './story.ts';
import { openStoryWriter } from './storyWriter.ts';
import { readTables } from './stream.ts';
import { type GhostTables, isPage, openGhostTables, smallTables } from './tables.ts';
import { openTelling } from './tellPictures.ts';

/** Stories in one transaction: search terms are counted once for all of them. */
const batchSize = 200;
/** The number of characters at which a batch is full. */
const batchLength = 8_000_000;
/** With more unreadable records the file is not an export. */
const mostBroken = 100_000;

/** Imports everything of an export but its pages: authors, tags, tiers, stories and their pictures. */
export async function importGhost(importing: Importing): Promise<void> {
  const head = await headOf(importing.file);
  if (isLexicalFile(head)) return importLexicalFile(importing);
  const reader = openBodyReader();
  try {
    await importTables(importing, head, reader);
  } finally {
    await reader.close();
  }
}

async function importTables(importing: Importing, head: string, reader: BodyReader): Promise<void> {
  const { file, onBytes, reporter } = importing;
  const tables = openGhostTables();
  const pictures = openPictureBook();
  const telling = openTelling(reader, pictures);
  let broken = 0;
  await readTables(
    file,
    smallTables,
    (table, row) => {
      if (table === 'posts' && !(textField(row, 'id') && textField(row, 'title'))) broken += 1;
      if (broken > mostBroken)
        throw new ImportError(
          `Expected "${nameOf(file)}" to have at most 100,000 posts without an id or a title, but got: more.`,
        );
      tables.add(table, row);
      return table === 'posts' && !isPage(row) ? telling.tell(row) : undefined;
    },
    onBytes,
  );
  await telling.end();
  if (tables.seen.rows === 0)
    throw new ImportError(`Expected "${nameOf(file)}" to be a Ghost export, but got: ${describe(head)}.`);
  if (tables.seen.pages > 0)
    reporter.note(
      `Pages are no stories and were left out: ${tables.seen.pages.toLocaleString('en-GB')}.`,
      nameOf(file),
    );
  const links = openLinks({ siteUrl: tables.settings.get('url'), slugOf: tables.slugFor });
  for (const [id, { featureImage }] of tables.stories)
    if (featureImage) pictures.tell(featureImage, tables.meta.get(id) ?? {});
  pictures.rename(links.pictureSource);
  await importStories(importing, { tables, links, pictures, reader });
}

interface Export {
  tables: GhostTables;
  links: Links;
  pictures: PictureBook;
  reader: BodyReader;
}

async function importStories(
  importing: Importing,
  { tables, links, pictures, reader }: Export,
): Promise<void> {
  const told = siteLanguage(tables.settings) ?? importing.language;
  const language = told ?? 'en';
  const newsroom = await putNewsroom(importing, tables, links, pictures);
  const context = { tables, links, language, ...newsroom };
  let untold = 0;
  const places = placesOf(context);
  const write = openStoryWriter(importing, links, pictures);
  const seen = new Set<string>();
  const checkOnce = (post: SourceRecord) => {
    const id = textField(post, 'id');
    if (id && seen.has(id))
      throw new RecordError(`Expected each post once, but ${quoted(id)} stands in the export already.`);
    if (id) seen.add(id);
  };
  let length = 0;
  let batch: { post: SourceRecord; body: Promise<PostBody | Error> }[] = [];
  const writeBatch = async () => {
    const bodies = await Promise.all(batch.map(({ body }) => body));
    const stories = batch.flatMap(({ post }, place) => {
      const body = bodies[place] as PostBody | Error;
      const read = () => {
        checkOnce(post);
        if (body instanceof Error) throw body;
        return readStory(post, body, context);
      };
      return tryReading(post, 'story', importing.reporter, read) ?? [];
    });
    batch = [];
    length = 0;
    await write(stories);
  };
  await readTables(
    importing.file,
    ['posts'],
    async (_, post) => {
      if (isPage(post)) return;
      if (told === undefined && languageIn(textField(post, 'locale')) === undefined) untold += 1;
      batch.push({ post, body: reader.story(post, places).catch((error: Error) => error) });
      length += bodyLength(post);
      if (batch.length === batchSize || length >= batchLength) await writeBatch();
    },
    importing.onBytes,
  );
  await writeBatch();
  if (untold > 0) importing.reporter.note(untoldNote(untold), nameOf(importing.file));
}

const untoldNote = (count: number) =>
  `The export tells no language, so stories are kept as English: ${count.toLocaleString('en-GB')}. --language tells another.`;

/** Ghost has had three names for the setting of the site's language. */
function siteLanguage(settings: GhostTables['settings']): string | undefined {
  const names = ['locale', 'lang', 'default_locale', 'defaultLang'];
  return names.map((name) => languageIn(settings.get(name))).find(Boolean);
}
