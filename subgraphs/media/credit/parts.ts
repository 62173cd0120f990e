/** Splits a credit at its separators, and classifies the parts. */
import { type Agency, agencyNamed } from './agencies.ts';
import { labelAt, mayBeLabel } from './labels.ts';
import {
  isBody,
  isHandle,
  isLowerName,
  isPerson,
  isPlainHandle,
  isRole,
  isWrittenAsName,
  withoutRole,
} from './names.ts';

/** "other" is capitalised without a form of its own; it counts between names only. */
export type PartKind = 'known' | 'person' | 'body' | 'word' | 'lower' | 'other' | 'role' | 'none';
export type Separator = '' | '/' | '|' | ',' | '-' | ' ';

export interface CreditPart {
  text: string;
  kind: PartKind;
  agency?: Agency;
  /** The original spelling, if the name to show differs. */
  written?: string;
  /** The separator before the part; "" for the first. */
  separator: Separator;
}

const suffix = /^(?:bros|ltd|inc|llc|gmbh|co|corp|plc|jr|sr|md|phd|ii|iii)\.?$/i;

/** Splits a credit: at slashes and bars, at dashes and commas, and at spaces between known names at the end. */
export function partsOf(text: string): CreditPart[] {
  const pieces = joinKnown(splitAtSigns(text));
  return pieces
    .flatMap(({ text: piece, separator }) => splitHyphen(piece, separator, pieces.length))
    .map(({ text: piece, separator }) => partOf(piece, separator))
    .filter((part) => part.text !== '' || part.kind === 'role');
}

interface Piece {
  text: string;
  separator: Separator;
}

/** Separators within brackets belong to a name: "NEWA (New East / News)". */
function splitAtSigns(text: string): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = 0;
  let separator: Separator = '';
  const end = (at: number, next: number, sign: Separator) => {
    const piece = text.slice(start, at).trim();
    const last = pieces.at(-1);
    if (sign === ',' && last?.text === undefined && piece === '') start = next;
    else if (separator === ',' && last && suffix.test(piece)) last.text += `, ${piece}`;
    else if (piece !== '') pieces.push({ text: piece, separator });
    start = next;
    separator = sign;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '(' || sign === '[') depth += 1;
    else if (sign === ')' || sign === ']') depth = Math.max(0, depth - 1);
    if (depth > 0) continue;
    if (sign === '/' || sign === '|') end(at, at + 1, sign);
    else if (sign === ',') end(at, at + 1, ',');
    else if (sign === '·' && /\s/.test(text[at - 1] ?? ' ') && /\s/.test(text[at + 1] ?? ' '))
      end(at, at + 1, '|');
    else if (
      sign === '—' ||
      (/[–-]/.test(sign) && /\s/.test(text[at - 1] ?? '') && /\s/.test(text[at + 1] ?? ''))
    )
      end(at, at + 1, '-');
  }
  end(text.length, text.length, '');
  return pieces;
}

/** Joins "dpa/picture-alliance" and "Rex/Shutterstock" if the list has them as one name. */
function joinKnown(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    const whole = last && `${last.text}/${piece.text}`;
    if (last && whole && piece.separator === '/' && !agencyNamed(piece.text) && agencyNamed(whole))
      last.text = whole;
    else merged.push({ ...piece });
  }
  return merged;
}

/**
 * Splits off known names at the end: "Ann Lee-USA TODAY Sports", "Roe-iStock-Thinkstock", "Rawpixel Ltd iStock
 * Thinkstock".
 */
function splitHyphen(text: string, separator: Separator, count: number): Piece[] {
  if (agencyNamed(text)) return [{ text, separator }];
  // "name-surname-istock-getty-images": hyphens stand for spaces.
  const words = count === 1 && !/\s/.test(text) ? splitWords(text, separator) : [];
  if (words.length > 1) return words;
  for (let at = text.indexOf('-'); at > 0; at = text.indexOf('-', at + 1)) {
    const [before, after] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    if (!before || isRole(before)) continue;
    if (agencyNamed(before) && isPerson(after) && count > 1)
      return [
        { text: before, separator },
        { text: after, separator: '/' },
      ];
    if (agencyNamed(after) && (isPerson(before) || isHandle(before) || agencyNamed(before))) {
      const first = splitHyphen(before, separator, count);
      return [...first, { text: after, separator: '-' }];
    }
    const rest = splitHyphen(after, '-', count);
    if (rest.length > 1 && rest.slice(0).every((piece) => agencyNamed(piece.text)) && isHandle(before))
      return [{ text: before, separator }, ...rest];
  }
  return count === 1 ? splitWords(text, separator) : [{ text, separator }];
}

/** Splits off at least two known names at the end, separated by spaces or hyphens. */
function splitWords(text: string, separator: Separator): Piece[] {
  const words = text.split(/\s/.test(text) ? /\s+/ : '-');
  const tail: string[] = [];
  let end = words.length;
  for (let size = Math.min(3, end); size > 0; size -= 1) {
    const name = words.slice(end - size, end).join(' ');
    if (!agencyNamed(name)) continue;
    tail.unshift(name);
    end -= size;
    size = Math.min(3, end) + 1;
  }
  if (new Set(tail.map((name) => agencyNamed(name)?.name)).size < 2) return [{ text, separator }];
  const head = words.slice(0, end).join(' ');
  return [head, ...tail]
    .filter(Boolean)
    .map((name, place) => ({ text: name, separator: place === 0 ? separator : ' ' }));
}

function partOf(piece: string, separator: Separator): CreditPart {
  const inner = /^\(([^()]+)\)$/.exec(piece)?.[1] ?? piece;
  const agency = agencyNamed(inner);
  if (agency) return { text: agency.name, kind: 'known', agency, written: inner, separator };
  const text = withoutRole(inner);
  if (text === '') return { text: '', kind: 'role', separator };
  const bare = text.replace(/^by\s+/i, '');
  const namedAgency = agencyNamed(bare);
  if (namedAgency)
    return { text: namedAgency.name, kind: 'known', agency: namedAgency, written: bare, separator };
  return { text: bare, kind: kindOf(bare), separator };
}

function kindOf(text: string): PartKind {
  if (/[^.\p{Lu}]\.$/u.test(text) && !suffix.test(text.split(/\s+/).at(-1) ?? '')) return 'none';
  const label = mayBeLabel(text) ? labelAt(text) : undefined;
  if (label && label.kind !== 'weak') return 'none';
  const isOneWord = !/\s/.test(text);
  if (isOneWord) return isBody(text) ? 'body' : isPerson(text) ? 'person' : isHandle(text) ? 'word' : 'none';
  if (isBody(text)) return 'body';
  if (isPerson(text)) return 'person';
  if (isLowerName(text)) return 'lower';
  return isWrittenAsName(text) ? 'other' : 'none';
}

/** Whether a single word is clearly a user name, not a word of a language. */
export const isOnlyHandle = (part: CreditPart): boolean => part.kind === 'word' && isPlainHandle(part.text);
