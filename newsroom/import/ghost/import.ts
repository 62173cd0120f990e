/** A Ghost export into the newsroom: one pass for the small tables, one for the stories. */
import { describe } from '../detect.ts';
import type { Importing } from '../importing.ts';
import { quoted, RecordError, type SourceRecord, textField } from '../records.ts';
import { headOf, ImportError, nameOf } from '../source.ts';
import { importLexicalFile, isLexicalFile } from './lexicalFile.ts';
import { type Links, openLinks } from './links.ts';
import { tellPictures } from './pictureFacts.ts';
import { openPictureBook, type PictureBook } from './pictures.ts';
import { tryReading } from './reading.ts';
import { putNewsroom } from './setting.ts';
import { type ReadStory, readStory } from './story.ts';
import { openStoryWriter } from './storyWriter.ts';
import { readTables } from './stream.ts';
import { type GhostTables, isPage, openGhostTables, smallTables } from './tables.ts';

/** Stories in one transaction: enough to be fast, and few enough to be held. */
const batchSize = 50;

/** Everything of an export but its pages: authors, tags, tiers, stories and the pictures they show. */
export async function importGhost(importing: Importing): Promise<void> {
  const { file, onBytes, reporter } = importing;
  const head = await headOf(file);
  if (isLexicalFile(head)) return importLexicalFile(importing);
  const tables = openGhostTables();
  const pictures = openPictureBook();
  await readTables(
    file,
    smallTables,
    (table, row) => {
      tables.add(table, row);
      if (table === 'posts' && !isPage(row)) tellPictures(row, pictures);
    },
    onBytes,
  );
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
  await importStories(importing, tables, links, pictures);
}

async function importStories(
  importing: Importing,
  tables: GhostTables,
  links: Links,
  pictures: PictureBook,
): Promise<void> {
  const context = { tables, links, ...(await putNewsroom(importing, tables, links, pictures)) };
  const write = openStoryWriter(importing, links, pictures);
  const seen = new Set<string>();
  const readOnce = (post: SourceRecord) => {
    const id = textField(post, 'id');
    if (id && seen.has(id))
      throw new RecordError(`Expected each post once, but ${quoted(id)} stands in the export already.`);
    if (id) seen.add(id);
    return readStory(post, context);
  };
  let batch: ReadStory[] = [];
  await readTables(
    importing.file,
    ['posts'],
    async (_, post) => {
      if (isPage(post)) return;
      const story = tryReading(post, 'story', importing.reporter, () => readOnce(post));
      if (story) batch.push(story);
      if (batch.length < batchSize) return;
      await write(batch);
      batch = [];
    },
    importing.onBytes,
  );
  await write(batch);
}
