/** Takes the credit out of a caption: who made the picture, for whom, and who passed it on. */
import type { CreditContent } from '../content.ts';
import { agencyNamed, isUnmistakable } from './agencies.ts';
import type { Place } from './allow.ts';
import { bare, closing } from './bare.ts';
import { flat } from './flat.ts';
import { afterPosition, mayBeLabel } from './labels.ts';
import { withoutLicence } from './licences.ts';
import { type Reading, readLine } from './line.ts';
import { isHandle, isPerson } from './names.ts';
import { readSuffixed } from './suffixed.ts';
import type { Parties } from './who.ts';

export interface TakenCredit {
  /** What is left of the caption; left out where nothing is. */
  caption?: string;
  credit?: CreditContent;
  /** The address of the licence that stood in the credit. */
  licence?: string;
}

/** Longer ones are prose, whatever they end with. */
const longestCredit = 240;
const longestCaption = 3000;
/** A credit has fewer words than this, so it starts at one of the last of so many places. */
const mostStarts = 60;
/** Credits of so many pictures are told apart in one text. */
const mostCredits = 8;

/**
 * The caption and the credit that a text holds. Rather leaves a credit in a caption than takes a caption for
 * one. `credit.original` keeps the credit's words as they stood; caption and original hold every word of the
 * text. Taking from what is left takes nothing more.
 */
export function takeCredit(text: string): TakenCredit {
  let caption = text.trim();
  const credits: Parties[] = [];
  const originals: string[] = [];
  let licence: string | undefined;
  for (let taken = takeOne(caption); taken; taken = takeOne(caption)) {
    credits.unshift(...taken.credits);
    originals.unshift(taken.original);
    licence = taken.licence ?? licence;
    caption = taken.rest;
  }
  const original = originals.join(' ');
  return {
    ...(caption === '' ? {} : { caption }),
    ...(credits.length > 0 ? { credit: { ...together(credits), original } } : {}),
    ...(licence ? { licence } : {}),
  };
}

/** One credit of several: who is named in any of them, in their order, and nobody twice. */
function together(credits: readonly Parties[]): Parties {
  const [first = {}, ...others] = credits;
  if (others.length === 0) return first;
  const listOf = (names: readonly (string | undefined)[]) => [...new Set(names.filter(Boolean))].join(', ');
  const creatorName = listOf(credits.map((it) => it.creatorName));
  const providers = new Set(credits.map(({ provider }) => provider));
  const { provider } = first;
  // A house that not all of them share is named with the agency that it stands beside.
  const isShared = providers.size === 1 || credits.filter((it) => it.creatorName).length < 2;
  const shared = provider ?? others.find((it) => it.provider)?.provider;
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
    ...(isShared && shared ? { provider: shared } : {}),
    category: first.category ?? 'OTHER',
  };
}

interface Taken extends Reading {
  rest: string;
  original: string;
}

function takeOne(text: string): Taken | undefined {
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
  place: Place;
}

const inWord = /[\p{L}\p{M}\p{N}'’]/u;
/** Signs that begin a label with no space before it. */
const joined = /[©图圖摄攝照写撮]/;

/** Where a credit may start, from the left: it ends where the text does. */
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
    if (inWord.test(line[at - 1] as string) && !joined.test(sign)) continue;
    if (line[at - 1] === sign) continue;
    if (/\s/.test(sign)) continue;
    const place = placeAt(line, at);
    if (place) starts.push({ at, place });
  }
  return starts.slice(-mostStarts);
}

/** Brackets at the top, where each opens and closes; one that is never closed goes to the end. */
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

/** What stands before a place in the text, where a credit may follow upon it. */
function placeAt(line: string, at: number): Place | undefined {
  const before = line.slice(Math.max(0, at - 8), at);
  const isSpaced = /\s$/.test(before);
  const sign = before.trimEnd().at(-1) ?? '';
  if (/\n\s*$/.test(before) || /[。！？]$/.test(before.trimEnd())) return 'tail';
  if (/[|·–—/]/.test(sign) && (isSpaced || sign === '|') && /[.!?…。]\s*[|/]\s*$/.test(before)) return 'bar';
  if (/[|·–—]/.test(sign) && (isSpaced || sign === '|')) return 'dash';
  if (sign === '-' && /\s-\s+$/.test(before)) return 'dash';
  if (sign === '/' && /\s\/\s+$/.test(before)) return mayBeLabel(line.slice(at)) ? 'comma' : undefined;
  if (/[.!?…]/.test(sign) || /[.!?…]["'”’)\]]$/.test(before.trimEnd())) {
    // "the U.S. Department": initials end no sentence.
    if (isSpaced)
      return /(?:^|[\s.(])\p{Lu}\.\s+$/u.test(before) && !mayBeLabel(line.slice(at)) ? undefined : 'tail';
    return /[\p{Ll}\d)][.!?]$/u.test(before) && /\p{Lu}/u.test(line[at] as string) ? 'tail' : undefined;
  }
  if (/[,;]/.test(sign) && sign !== '') return 'comma';
  if (/[=：]/.test(sign) && isCaseless(before)) return 'tail';
  const isCased = isSpaced && /^[\p{Lu}©(]/u.test(line[at] as string);
  if ((isCased || joined.test(line[at] as string)) && mayBeLabel(line.slice(at))) return 'middle';
  return undefined;
}

const isCaseless = (text: string): boolean => /\p{Lo}\s*[=：]\s*$/u.test(text);

function readAt(inside: string, place: Place, before: string): Reading | undefined {
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
  const read = pieces.map((piece) => {
    const named = afterPosition(piece.trim());
    return named === undefined ? undefined : readLine(named, 'bracket');
  });
  return pieces.length <= mostCredits && read.every((one) => one !== undefined)
    ? { credits: read.flatMap((one) => one?.credits ?? []) }
    : undefined;
}

const inProse =
  /\b(?:in|the|this|that|these|a|an|of|on|to|for|with|his|her|their|its|our|your|my|im|dem|der|die|das|la|le|el|il|на|у|в|de|du|da|do)\s+$/i;

/** After a comma or within a sentence: a label, or ", Reuters" and ", via Getty Images" after what is no name. */
function readAfterComma(inside: string, before: string, place: Place): Reading | undefined {
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

/** "Agence France-Presse (AFP)": letters that stand for what they follow are no credit. */
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

/** "(Photo: X/AFP) A caption", "First (X/Reuters) and second": a credit in brackets that does not end the text. */
function takeFirst(text: string, line: string): Taken | undefined {
  const brackets = [...bracketsOf(line)].slice(0, mostCredits);
  const read = brackets.map(([at, end]) => ({ at, end, reading: readInside(line.slice(at + 1, end)) }));
  const found = read.find(
    ({ reading, at }) => reading && (at === 0 || read.filter((one) => one.reading).length > 0),
  );
  if (!found?.reading) return undefined;
  const { at, end, reading } = found;
  const rest = `${text.slice(0, at).trimEnd()} ${text.slice(end + 1).trimStart()}`.trim();
  return { ...reading, rest: rest.replace(/ (?=[.,;:!?])/g, ''), original: text.slice(at, end + 1) };
}

/** What has a label or a slash with a known agency in it. */
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
function takeLicensed(text: string, line: string): Taken | undefined {
  if (text.length > longestCredit) return undefined;
  const found = [...line.matchAll(/(?<!\bCC|Commons) by /gi)].at(-1);
  if (!found || found.index < 1) return undefined;
  const at = found.index;
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

/** A caption without the sign that stood between it and its credit. */
function withoutEnd(caption: string): string {
  let end = caption.length;
  while (end > 0 && /[\s–—|·,;•／/=＝-]/.test(caption[end - 1] as string)) end -= 1;
  return caption.slice(0, end);
}
