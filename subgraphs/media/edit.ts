/**
 * Merges an editor's input for a picture or video into the stored row: omitted fields stay, null fields are removed.
 */
import { badInput, quoted } from '../errors.ts';
import { boundedText, checkedId, requiredText } from '../graph/editorInput.ts';
import type { CreditContent, ImageContent, VideoContent } from './content.ts';
import { takeCredit } from './credit/take.ts';
import type { ImageInput, VideoInput } from './inputs.ts';
import type { ImageRow, VideoRow } from './rows.ts';

const longest = { line: 300, paragraph: 2_000 };

/** The id of the input, and a function that merges it into the stored row. */
interface Edit<Row, Content> {
  sourceId: string;
  change: (stored: Row | undefined) => Content;
}

/** Validates a picture input and returns the change to store. Throws a user error if a field exceeds its limit. */
export function readImage(input: ImageInput, mediaUrl: string): Edit<ImageRow, ImageContent> {
  const sourceId = requiredText('sourceId', input.sourceId, longest.line);
  const text = boundedText('caption', input.caption, longest.paragraph);
  // A credit within the caption is moved to the credit.
  const parsed = text == null ? { caption: text } : { caption: null, ...takeCredit(text) };
  const captionCredit = 'credit' in parsed ? parsed.credit : undefined;
  const fields = {
    encodingFormat: boundedText('encodingFormat', input.encodingFormat, longest.line),
    altText: boundedText('altText', input.altText, longest.paragraph),
    caption: parsed.caption,
    credit: creditOf(input.creditText) ?? captionCredit,
    copyrightNotice: boundedText('copyrightNotice', input.copyrightNotice, longest.paragraph),
    usageTerms: boundedText('usageTerms', input.usageTerms, longest.paragraph),
    visibleFrom: input.visibleFrom,
  };
  const change = (stored: ImageRow | undefined) => {
    const origin = originOf(input.contentUrl, stored, mediaUrl);
    const size = origin.file !== undefined && stored ? stored : input;
    return merge<ImageContent>(stored && imageContentOf(stored), {
      ...{ sourceId, ...fields, ...origin },
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

/** The same for a video. */
export function readVideo(input: VideoInput, mediaUrl: string): Edit<VideoRow, VideoContent> {
  const sourceId = requiredText('sourceId', input.sourceId, longest.line);
  const fields = {
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
    merge<VideoContent>(stored && videoContentOf(stored), {
      ...{ sourceId, ...fields, ...originOf(input.contentUrl, stored, mediaUrl) },
      rights: rightsOf(stored),
    });
  return { sourceId, change };
}

/** The licence named in a credit. */
function licenceIn(credit: string | null | undefined): { licence?: string } {
  const { licence } = credit ? takeCredit(credit) : {};
  return licence === undefined ? {} : { licence };
}

/** Undefined if omitted; empty if nobody is named. A text that does not parse as a credit is taken as a name. */
function creditOf(creditText: string | null | undefined): CreditContent | undefined {
  const text = boundedText('creditText', creditText, longest.line);
  if (text === undefined) return undefined;
  if (text === null || /^credit unknown$/i.test(text)) return {};
  const { caption, credit } = takeCredit(text);
  const parties = caption === undefined && credit ? credit : { creatorName: text };
  return { ...parties, original: text };
}

/** The origin of the file. A URL of our own leaves the stored origin unchanged. */
function originOf(
  contentUrl: string,
  stored: ImageRow | VideoRow | undefined,
  mediaUrl: string,
): { originUrl?: string | undefined; file?: string | undefined } {
  const isOurs = contentUrl.startsWith(`${mediaUrl}/`);
  if (isOurs && !stored)
    throw badInput(
      `Expected "contentUrl" to be the URL of the original file, but got a URL of this site: ${quoted(contentUrl)}.`,
    );
  const file = stored?.file ?? undefined;
  if (isOurs) return { originUrl: stored?.originUrl ?? undefined, file };
  const isSame = contentUrl === stored?.originUrl;
  return { originUrl: contentUrl, file: isSame ? file : undefined };
}

const flag = (name: string, value: boolean | null | undefined) =>
  value === undefined ? {} : { [name]: value ?? false };

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

/** Merges the input into the stored fields: undefined keeps, null removes. An undefined file is removed. */
function merge<Content>(stored: object | undefined, input: object): Content {
  const { file, originUrl, ...rest } = input as { file?: string; originUrl?: string };
  const changed = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return withoutNothing({ ...stored, ...changed, file, originUrl }) as Content;
}

const withoutNothing = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));

const pick = <Row extends object>(row: Row, names: readonly (keyof Row)[]): object =>
  Object.fromEntries(names.map((name) => [name, row[name]]));
