/** Extracts the credit from a caption: the creator, the agency and the provider. */
import type { CreditContent } from '../content.ts';
import { agencyNamed, isUnmistakable } from './agencies.ts';
import type { LinePosition } from './allow.ts';
import { bare, closing } from './bare.ts';
import { flat } from './flat.ts';
import { afterPosition, mayBeLabel } from './labels.ts';
import { withoutLicence } from './licences.ts';
import { type Reading, readLine } from './line.ts';
import { isHandle, isPerson } from './names.ts';
import { readSuffixed } from './suffixed.ts';
import type { Parties } from './who.ts';

export interface ExtractedCredit {
  /** The rest of the caption; omitted if nothing is left. */
  caption?: string;
  credit?: CreditContent;
  /** The URL of the licence in the credit. */
  licence?: string;
}

/** A longer text is prose, not a credit. */
const longestCredit = 240;
const longestCaption = 3000;
/** The maximum number of positions at which a credit may start, counted from the end. */
const mostStarts = 60;
/** The maximum number of pictures credited in one text. */
const mostCredits = 8;

/**
 * Splits a text into caption and credit. In doubt, a credit stays in the caption. `credit.original` keeps the original
 * words; caption and original together hold every word of the text. Extracting from the remaining caption finds nothing
 * more.
 */
export function takeCredit(text: string): ExtractedCredit {
  let caption = text.trim();
  const credits: Parties[] = [];
  const originals: string[] = [];
  let licence: string | undefined;
  for (let match = takeOne(caption); match; match = takeOne(caption)) {
    credits.unshift(...match.credits);
    originals.unshift(match.original);
    licence = match.licence ?? licence;
    caption = match.rest;
  }
  const original = originals.join(' ');
  return {
    ...(caption === '' ? {} : { caption }),
    ...(credits.length > 0 ? { credit: { ...merged(credits), original } } : {}),
    ...(licence ? { licence } : {}),
  };
}

/** Merges several credits: all names in their order, without duplicates. */
function merged(credits: readonly Parties[]): Parties {
  const [first = {}, ...others] = credits;
  if (others.length === 0) return first;
  const listOf = (names: readonly (string | undefined)[]) => [...new Set(names.filter(Boolean))].join(', ');
  const creatorName = listOf(credits.map((it) => it.creatorName));
  const providers = new Set(credits.map(({ provider }) => provider));
  const { provider } = first;
  // A provider that the credits do not share is named with its agency.
  const isShared = providers.size === 1 || credits.filter((it) => it.creatorName).length < 2;
  const sharedProvider = provider ?? others.find((it) => it.provider)?.provider;
  const agency = listOf(
    credits.map((it) =>
      isShared
        ? it.agency
        : [it.agency, it.agency && it.provider ? `via ${it.provider}` : it.provider]
            .filter(Boolean)
            .join(' '),
    ),
  );
  return {
    ...(creatorName ? { creatorName } : {}),
    ...(agency ? { agency } : {}),
    ...(isShared && sharedProvider ? { provider: sharedProvider } : {}),
    category: first.category ?? 'OTHER',
  };
}

interface CreditMatch extends Reading {
  rest: string;
  original: string;
}

function takeOne(text: string): CreditMatch | undefined {
  if (text === '' || text.length > longestCaption) return undefined;
  const line = flat(text);
  for (const { at, place } of placesIn(line)) {
    const inside = line.slice(at);
    const reading = readAt(inside, place, line.slice(Math.max(0, at - longestCredit), at));
    if (reading) return { ...reading, rest: withoutEnd(text.slice(0, at)), original: text.slice(at).trim() };
  }
  return takeFirst(text, line) ?? takeLicensed(text, line);
}

interface Start {
  at: number;
  place: LinePosition;
}

const inWord = /[\p{L}\p{M}\p{N}'’]/u;
/** Characters that begin a label without a space before it. */
const unspacedLabel = /[©图圖摄攝照写撮]/;

/** The positions at which a credit may start, from the left; it ends at the end of the text. */
function placesIn(line: string): Start[] {
  const starts: Start[] = line.length <= longestCredit ? [{ at: 0, place: 'whole' }] : [];
  const from = Math.max(1, line.length - longestCredit);
  const enclosed = bracketsIn(line);
  for (let at = from; at < line.length; at += 1) {
    const sign = line[at] as string;
    const bracket = enclosed.get(at);
    if (bracket !== undefined && /^[\s.。=-]*$/.test(line.slice(bracket + 1)))
      starts.push({
        at,
        place: /[.!?…。！？]["'”’」』]?$/.test(line.slice(Math.max(0, at - 10), at).trimEnd())
          ? 'bracket'
          : 'aside',
      });
    if (bracket !== undefined || /[([]/.test(sign)) {
      at = bracket ?? line.length;
      continue;
    }
    if (inWord.test(line[at - 1] as string) && !unspacedLabel.test(sign)) continue;
    if (line[at - 1] === sign) continue;
    if (/\s/.test(sign)) continue;
    const place = placeAt(line, at);
    if (place) starts.push({ at, place });
  }
  return starts.slice(-mostStarts);
}

/** Top-level brackets, from the opening to the closing index; stops at an unclosed one. */
function bracketsIn(line: string): Map<number, number> {
  const brackets = new Map<number, number>();
  for (let at = Math.max(0, line.length - 2 * longestCredit); at < line.length; at += 1) {
    if (!/[([]/.test(line[at] as string)) continue;
    const end = closing(line, at);
    if (end < 0) break;
    brackets.set(at, end);
    at = end;
  }
  return brackets;
}

/** The position type at an index, judged by the text before it; undefined if no credit can start there. */
function placeAt(line: string, at: number): LinePosition | undefined {
  const before = line.slice(Math.max(0, at - 8), at);
  const isSpaced = /\s$/.test(before);
  const sign = before.trimEnd().at(-1) ?? '';
  if (/\n\s*$/.test(before) || /[。！？]$/.test(before.trimEnd())) return 'tail';
  if (/[|·–—/]/.test(sign) && (isSpaced || sign === '|') && /[.!?…。]\s*[|/]\s*$/.test(before)) return 'bar';
  if (/[|·–—]/.test(sign) && (isSpaced || sign === '|')) return 'dash';
  if (sign === '-' && /\s-\s+$/.test(before)) return 'dash';
  if (sign === '/' && /\s\/\s+$/.test(before)) return mayBeLabel(line.slice(at)) ? 'comma' : undefined;
  if (/[.!?…]/.test(sign) || /[.!?…]["'”’)\]]$/.test(before.trimEnd())) {
    // "the U.S. Department": initials do not end a sentence.
    if (isSpaced)
      return /(?:^|[\s.(])\p{Lu}\.\s+$/u.test(before) && !mayBeLabel(line.slice(at)) ? undefined : 'tail';
    return /[\p{Ll}\d)][.!?]$/u.test(before) && /\p{Lu}/u.test(line[at] as string) ? 'tail' : undefined;
  }
  if (/[,;]/.test(sign) && sign !== '') return 'comma';
  if (/[=：]/.test(sign) && isCaseless(before)) return 'tail';
  const isCased = isSpaced && /^[\p{Lu}©(]/u.test(line[at] as string);
  if ((isCased || unspacedLabel.test(line[at] as string)) && mayBeLabel(line.slice(at))) return 'middle';
  return undefined;
}

const isCaseless = (text: string): boolean => /\p{Lo}\s*[=：]\s*$/u.test(text);

function readAt(inside: string, place: LinePosition, before: string): Reading | undefined {
  if (place === 'whole') return readLine(inside, 'whole') ?? readSuffixed(inside);
  if (place === 'comma' || place === 'middle') return readAfterComma(inside, before, place);
  if (place === 'bracket' || place === 'aside') {
    const text = bare(inside);
    if (place === 'aside' && isAbbreviation(text, before)) return undefined;
    return readLine(text, place) ?? readSuffixed(text);
  }
  return readPositions(inside) ?? readLine(inside, place) ?? readSuffixed(inside);
}

/** "Left: X/AFP. Right: Y/Reuters". */
function readPositions(text: string): Reading | undefined {
  if (afterPosition(text) === undefined) return undefined;
  const pieces = text.split(/[.;,]\s+(?=\S{3,25}(?: \S{1,12})?:)/).slice(0, mostCredits + 1);
  const readings = pieces.map((piece) => {
    const credit = afterPosition(piece.trim());
    return credit === undefined ? undefined : readLine(credit, 'bracket');
  });
  return pieces.length <= mostCredits && readings.every((one) => one !== undefined)
    ? { credits: readings.flatMap((one) => one?.credits ?? []) }
    : undefined;
}

const inProse =
  /\b(?:in|the|this|that|these|a|an|of|on|to|for|with|his|her|their|its|our|your|my|im|dem|der|die|das|la|le|el|il|на|у|в|de|du|da|do)\s+$/i;

/**
 * After a comma or within a sentence: a label, or ", Reuters" and ", via Getty Images" after text that is not a name.
 */
function readAfterComma(inside: string, before: string, place: LinePosition): Reading | undefined {
  if (mayBeLabel(inside)) return inProse.test(before.slice(-20)) ? undefined : readLine(inside, place);
  const isVia = /^via\s/i.test(inside);
  const name = bare(isVia ? inside.slice(4) : inside);
  if (!before.trimEnd().endsWith(',') || !agencyNamed(name) || (!isVia && !isUnmistakable(name)))
    return undefined;
  const words = bare(before).split(/\s+/);
  const isList = [1, 2, 3].some((size) => agencyNamed(words.slice(-size).join(' ')));
  const isAffiliation =
    isPerson(words.slice(-2).join(' ')) && words.slice(-2).every((word) => /^\p{Lu}/u.test(word));
  if (isList || (!isVia && (words.length < 5 || isAffiliation))) return undefined;
  return readLine(isVia ? `via ${name}` : name, 'whole');
}

/** "Agence France-Presse (AFP)": an abbreviation of the preceding words is not a credit. */
function isAbbreviation(inside: string, before: string): boolean {
  const letters = inside.replace(/[^\p{L}]/gu, '').toLowerCase();
  if (letters.length < 2 || letters.length > 6 || /\s/.test(inside)) return false;
  const words = bare(before)
    .split(/[\s-]+/)
    .slice(-letters.length - 2);
  const initials = words
    .map((word) => (/^\p{Lu}/u.test(word) ? (word[0] as string).toLowerCase() : ''))
    .join('');
  return (
    initials.length > 1 && (initials.endsWith(letters) || letters.startsWith(initials.slice(-letters.length)))
  );
}

/** "(Photo: X/AFP) A caption", "First (X/Reuters) and second": a credit in brackets before the end of the text. */
function takeFirst(text: string, line: string): CreditMatch | undefined {
  const brackets = [...bracketsOf(line)].slice(0, mostCredits);
  const readings = brackets.map(([at, end]) => ({ at, end, reading: readInside(line.slice(at + 1, end)) }));
  const first = readings.find(
    ({ reading, at }) => reading && (at === 0 || readings.filter((one) => one.reading).length > 0),
  );
  if (!first?.reading) return undefined;
  const { at, end, reading } = first;
  const rest = `${text.slice(0, at).trimEnd()} ${text.slice(end + 1).trimStart()}`.trim();
  return { ...reading, rest: rest.replace(/ (?=[.,;:!?])/g, ''), original: text.slice(at, end + 1) };
}

/** Text with a label, or a slash and a name. */
function readInside(inside: string): Reading | undefined {
  if (inside.length > longestCredit || !/[/:]|\bby\b|\bvia\b/i.test(inside)) return undefined;
  const reading = readLine(inside, 'aside');
  return reading?.credits.some((one) => one.creatorName || one.provider) ? reading : undefined;
}

function* bracketsOf(line: string): Generator<[number, number]> {
  let open = -1;
  for (let at = 0; at < line.length; at += 1) {
    if (/[([]/.test(line[at] as string)) open = at;
    else if (/[)\]]/.test(line[at] as string) && open >= 0) {
      yield [open, at];
      open = -1;
    }
  }
}

/** "Title by Name, CC BY 2.0": the title stays. */
function takeLicensed(text: string, line: string): CreditMatch | undefined {
  if (text.length > longestCredit) return undefined;
  const match = [...line.matchAll(/(?<!\bCC|Commons) by /gi)].at(-1);
  if (!match || match.index < 1) return undefined;
  const at = match.index;
  const { text: name, licence, asksForName } = withoutLicence(line.slice(at + 4));
  const creatorName = bare(name);
  if (
    !asksForName ||
    !(
      isPerson(creatorName) ||
      isHandle(creatorName) ||
      (/^\p{Lu}/u.test(creatorName) && creatorName.split(/\s+/).length < 9)
    )
  )
    return undefined;
  return {
    credits: [{ creatorName, category: 'OTHER' }],
    ...(licence ? { licence } : {}),
    rest: withoutEnd(text.slice(0, at)),
    original: text.slice(at).trim(),
  };
}

/** Removes the separator at the end of a caption. */
function withoutEnd(caption: string): string {
  let end = caption.length;
  while (end > 0 && /[\s–—|·,;•／/=＝-]/.test(caption[end - 1] as string)) end -= 1;
  return caption.slice(0, end);
}
