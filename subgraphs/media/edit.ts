/** Pictures and videos as an editor sends them, put on what is stored: what is left out stays, what is null goes. */
import { badInput, quoted } from '../errors.ts';
import { boundedText, checkedId, requiredText } from '../graph/editorInput.ts';
import type { CreditContent, ImageContent, VideoContent } from './content.ts';
import { takeCredit } from './credit/take.ts';
import type { ImageInput, VideoInput } from './inputs.ts';
import type { ImageRow, VideoRow } from './rows.ts';

const longest = { line: 300, paragraph: 2_000 };

/** What was said, and what it makes of what stands. */
interface Edited<Row, Content> {
  sourceId: string;
  change: (stored: Row | undefined) => Content;
}

/** What is to be stored of a picture. Throws what the caller is to be told where something is out of bounds. */
export function readImage(input: ImageInput, mediaUrl: string): Edited<ImageRow, ImageContent> {
  const sourceId = requiredText('sourceId', input.sourceId, longest.line);
  const text = boundedText('caption', input.caption, longest.paragraph);
  // A credit within a caption is none of its words.
  const taken = text == null ? { caption: text } : { caption: null, ...takeCredit(text) };
  const inCaption = 'credit' in taken ? taken.credit : undefined;
  const said = {
    encodingFormat: boundedText('encodingFormat', input.encodingFormat, longest.line),
    altText: boundedText('altText', input.altText, longest.paragraph),
    caption: taken.caption,
    credit: creditOf(input.creditText) ?? inCaption,
    copyrightNotice: boundedText('copyrightNotice', input.copyrightNotice, longest.paragraph),
    usageTerms: boundedText('usageTerms', input.usageTerms, longest.paragraph),
    visibleFrom: input.visibleFrom,
  };
  const change = (stored: ImageRow | undefined) => {
    const origin = originOf(input.contentUrl, stored, mediaUrl);
    const size = origin.file !== undefined && stored ? stored : input;
    return merged<ImageContent>(stored && imageContentOf(stored), {
      ...{ sourceId, ...said, ...origin },
      ...{ width: size.width, height: size.height },
      rights: {
        ...rightsOf(stored),
        ...licenceIn(input.creditText ?? input.caption),
        ...flag('syndicatable', input.syndicatable),
        ...flag('embeddable', input.embeddable),
      },
    });
  };
  return { sourceId, change };
}

/** The same of a video. */
export function readVideo(input: VideoInput, mediaUrl: string): Edited<VideoRow, VideoContent> {
  const sourceId = requiredText('sourceId', input.sourceId, longest.line);
  const said = {
    headline: requiredText('headline', input.headline, longest.line),
    description: boundedText('description', input.description, longest.paragraph),
    embedUrl: input.embedUrl,
    duration: input.duration,
    uploadDate: input.uploadDate,
    visibleFrom: input.visibleFrom,
    posterId: checkedId('posterId', input.posterId),
    credit: creditOf(input.creditText),
  };
  const change = (stored: VideoRow | undefined) =>
    merged<VideoContent>(stored && videoContentOf(stored), {
      ...{ sourceId, ...said, ...originOf(input.contentUrl, stored, mediaUrl) },
      rights: rightsOf(stored),
    });
  return { sourceId, change };
}

/** The licence that stands in a credit. */
function licenceIn(said: string | null | undefined): { licence?: string } {
  const { licence } = said ? takeCredit(said) : {};
  return licence === undefined ? {} : { licence };
}

/** Undefined where nothing was said; empty where nobody is to be named. What nobody can read as a credit is a name. */
function creditOf(said: string | null | undefined): CreditContent | undefined {
  const text = boundedText('creditText', said, longest.line);
  if (text === undefined) return undefined;
  if (text === null || /^credit unknown$/i.test(text)) return {};
  const { caption, credit } = takeCredit(text);
  const parties = caption === undefined && credit ? credit : { creatorName: text };
  return { ...parties, original: text };
}

/** Where it came from. An address of our own says nothing of that: then all stays as it was. */
function originOf(
  contentUrl: string,
  stored: ImageRow | VideoRow | undefined,
  mediaUrl: string,
): { originUrl?: string | undefined; file?: string | undefined } {
  const isOurs = contentUrl.startsWith(`${mediaUrl}/`);
  if (isOurs && !stored)
    throw badInput(
      `Expected "contentUrl" to be where it comes from, but got an address of ours: ${quoted(contentUrl)}.`,
    );
  const file = stored?.file ?? undefined;
  if (isOurs) return { originUrl: stored?.originUrl ?? undefined, file };
  const isSame = contentUrl === stored?.originUrl;
  return { originUrl: contentUrl, file: isSame ? file : undefined };
}

const flag = (name: string, said: boolean | null | undefined) =>
  said === undefined ? {} : { [name]: said ?? false };

const rightsOf = (row: ImageRow | VideoRow | undefined) =>
  row
    ? withoutNothing(pick(row, ['licence', 'acquireLicencePage', 'syndicatable', 'embeddable', 'expires']))
    : {};

function imageContentOf(row: ImageRow): object {
  const { focalX, focalY } = row;
  return {
    ...pick(row, ['originUrl', 'file', 'encodingFormat', 'altText', 'caption', 'copyrightNotice']),
    ...pick(row, ['copyrightHolder', 'usageTerms', 'dateCreated', 'locationShown', 'visibleFrom']),
    credit: storedCredit(row),
    ...(focalX === null || focalY === null ? {} : { focalPoint: { x: focalX, y: focalY } }),
  };
}

const videoContentOf = (row: VideoRow): object => ({
  ...pick(row, ['originUrl', 'file', 'copyrightNotice', 'usageTerms', 'description', 'embedUrl']),
  ...pick(row, ['duration', 'posterId', 'captions', 'visibleFrom']),
  credit: storedCredit(row),
});

function storedCredit(row: ImageRow | VideoRow): object {
  const { originalCredit: original } = row;
  return withoutNothing({ ...pick(row, ['creatorName', 'agency', 'provider', 'category']), original });
}

/** What was said upon what is stored; undefined says nothing, null takes away. A file that is undefined is gone. */
function merged<Content>(stored: object | undefined, said: object): Content {
  const { file, originUrl, ...rest } = said as { file?: string; originUrl?: string };
  const spoken = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return withoutNothing({ ...stored, ...spoken, file, originUrl }) as Content;
}

const withoutNothing = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));

const pick = <Row extends object>(row: Row, names: readonly (keyof Row)[]): object =>
  Object.fromEntries(names.map((name) => [name, row[name]]));
