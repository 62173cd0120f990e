/** Validates an editor's input, and parses its HTML into blocks. */
import { badInput, quoted } from '../../errors.ts';
import { boundedText, checkCount, checkedId, checkLength, requiredText } from '../../graph/editorInput.ts';
import type { Block } from '../blocks.ts';
import { blocksOf } from '../html/blocks.ts';
import { type EditedPlaces, editedContext } from '../html/edited.ts';
import type { ArticleInput, BylineInput } from '../inputs.ts';
import type { EditedArticle, EditedByline } from './merge.ts';

const longest = {
  line: 300,
  paragraph: 2_000,
  /** A request has at most half a megabyte. */
  body: 400_000,
};
const tagsAtMost = 50;
const bylinesAtMost = 50;
const blocksAtMost = 5_000;

/** Throws a user error if a field exceeds its limit. */
export function readInput(input: ArticleInput, places: EditedPlaces): EditedArticle {
  const line = (name: keyof ArticleInput & string) =>
    boundedText(name, input[name] as string | null | undefined, longest.line);
  const paragraph = (name: keyof ArticleInput & string) =>
    boundedText(name, input[name] as string | null | undefined, longest.paragraph);
  checkCount('tagSlugs', input.tagSlugs, tagsAtMost);
  checkCount('requiredTierIds', input.requiredTierIds, tagsAtMost);
  checkCount('bylines', input.bylines, bylinesAtMost);
  return {
    sourceId: requiredText('sourceId', input.sourceId, longest.line),
    headline: requiredText('headline', input.headline, longest.line),
    slug: line('slug'),
    alternativeHeadline: line('alternativeHeadline'),
    kicker: line('kicker'),
    standfirst: paragraph('standfirst'),
    abstract: paragraph('abstract'),
    dateline: line('dateline'),
    genre: input.genre,
    sectionSlug: notNull('sectionSlug', line('sectionSlug')),
    tagSlugs: input.tagSlugs?.map((slug) => requiredText('tagSlugs', slug, longest.line)) ?? input.tagSlugs,
    inLanguage: input.inLanguage,
    bylines: input.bylines?.map(bylineOf) ?? (input.bylines as null | undefined),
    datePublished: input.publishAt,
    embargoedUntil: input.embargoedUntil,
    urgency: input.urgency,
    breaking: input.breaking,
    visibility: notNull('visibility', input.visibility),
    requiredTierIds:
      input.requiredTierIds?.map((id) => checkedId('requiredTierIds', id) as string) ?? input.requiredTierIds,
    body: bodyOf(input.bodyHtml, places),
    leadImageId: checkedId('leadImageId', input.leadImageId),
    leadImageCaption: paragraph('leadImageCaption'),
    leadImageAltText: paragraph('leadImageAltText'),
    canonicalUrl: input.canonicalUrl,
    syndicatable: notNull('syndicatable', input.syndicatable),
    embeddable: notNull('embeddable', input.embeddable),
  };
}

/** A field that may be omitted but not null, so that null cannot remove a story's paywall. */
function notNull<Value>(name: string, value: Value | null | undefined): Value | undefined {
  if (value === null) throw badInput(`Expected "${name}" to have a value or to be left out, but got: null.`);
  return value;
}

function bylineOf({ authorId, authorSlug, displayName, role }: BylineInput, place: number): EditedByline {
  const within = `bylines.${place}`;
  const id = checkedId(`${within}.authorId`, authorId) ?? undefined;
  const name = boundedText(`${within}.displayName`, displayName, longest.line) ?? '';
  if (name === '' && id === undefined)
    throw badInput(
      `Expected a byline to have "displayName" or "authorId", but got: ${quoted(displayName)}.`,
      `${within}.displayName`,
    );
  const slug = boundedText(`${within}.authorSlug`, authorSlug, longest.line);
  return {
    displayName: name,
    ...(id === undefined ? {} : { authorId: id }),
    ...(slug == null ? {} : { authorSlug: slug }),
    ...(role == null ? {} : { role }),
  };
}

function bodyOf(html: string, places: EditedPlaces): Block[] {
  checkLength('bodyHtml', html, longest.body);
  const blocks = blocksOf(html.replaceAll('\0', ''), editedContext(places));
  checkCount('bodyHtml', blocks, blocksAtMost);
  return blocks;
}
