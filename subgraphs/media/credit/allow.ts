/** Whether the parts of a line are a credit, judged by their form and by the position of the line. */
import { isUnmistakable, publicBodyIn } from './agencies.ts';
import { countPeople, isBody, isDate, isHandle, isPerson, isPlainBody, isTitled } from './names.ts';
import { type CreditPart, isOnlyHandle } from './parts.ts';

/** The position of a line, which determines how much its form must prove. */
export type LinePosition =
  /** The whole text. */
  | 'whole'
  /** After a sentence or a line break. */
  | 'tail'
  /** After a dash or a bar. */
  | 'dash'
  /** In brackets at the end, after a complete sentence. */
  | 'bracket'
  /** In brackets at the end, after an incomplete sentence. */
  | 'aside'
  /** After a comma or in the middle: needs a label. */
  | 'comma'
  /** After "Photo:". */
  | 'label'
  /** After "photo by". */
  | 'by'
  /** After a word that may be a label. */
  | 'weak'
  /** The same at the start of the text. */
  | 'hint'
  /** After a sentence and a bar. */
  | 'bar'
  /** After "By" without other evidence of a credit. */
  | 'byline'
  /** Within a sentence: needs an unambiguous label. */
  | 'middle';

const paper =
  /\b(?:Courier|Times|Post|Guardian|Herald|Tribune|Journal|Gazette|News|Globe|Observer|Chronicle|Register|Star|Sun|Press|Telegraph|Independent|Examiner|Mail|Express|Standard|Inquirer|Record|Review|Reporter|Daily|Weekly|Magazine|Bee|Sentinel|Dispatch|Advertiser|Argus|Echo|Mirror|Mercury|Bulletin|Citizen|Ledger|Atlantic|Economist|Oregonian|ProPublica|Intercept|NPR|BBC|CNN|Oarsman)$/i;

/** Whether a name is that of a newspaper. */
export function isPaper(name: string): boolean {
  return paper.test(name) && (isBody(name) || isPerson(name.replace(/^the /i, '')));
}

/** Whether the parts, in this position, are a credit and nothing else. */
export function isAllowed(
  parts: readonly CreditPart[],
  line: string,
  place: LinePosition,
  isProven: boolean,
): boolean {
  const names = parts.filter(({ kind }) => kind !== 'role');
  const [first, second, ...more] = names;
  if (!first) return place === 'label';
  if (parts.length > 8 || isDate(line)) return false;
  // "PR Company Handout".
  if (names.length === 1 && /\bhandout$/i.test(line) && (first.kind === 'body' || first.kind === 'known'))
    return true;
  const agencies = names.filter(({ kind }) => kind === 'known');
  // "Number 9 gnome".
  if (place === 'by' && names.length === 1 && /^\p{Lu}\p{L}* \d+ \p{L}+$/u.test(line)) return true;
  const isLegible = names.every((part, at) => isLegibleAt(part, at, names));
  if (!isLegible) return false;
  if (place === 'by' || place === 'label') return isLabelled(names, place);
  if (isTitle(parts)) return false;
  const hasSeparator = parts.some(
    ({ separator }) => separator === '/' || separator === '|' || separator === ' ' || separator === '-',
  );
  if (agencies.length > 0 && names.length > 1) {
    if (hasSeparator) return names.some(({ kind }) => kind !== 'word') && !isProse(names, place);
    return ['bracket', 'bar', 'weak', 'hint'].includes(place) || isListed(names);
  }
  if (agencies.length === 1) return isAloneAllowed(line, parts, place);
  if (isProven)
    return (
      names.length === 1 &&
      (first.kind === 'person'
        ? !isTitled(first.text)
        : first.kind === 'word'
          ? isHandle(first.text)
          : first.kind === 'body')
    );
  if (place === 'byline')
    return names.length === 2 && first.kind === 'person' && publicBodyIn(second?.text ?? '') !== undefined;
  if (isPublic(names, line, place)) return true;
  const isSlashed = /[/|]/.test(line) && second !== undefined && more.length < 2;
  if (
    isSlashed &&
    first.kind === 'body' &&
    (isPaper(first.text) || /\bphotos?$/i.test(first.text)) &&
    second.kind === 'person' &&
    second.text.split(/\s+/).length < 4 &&
    second.separator === '/' &&
    more.length === 0
  )
    return true;
  if (isSlashed && first.kind === 'person' && second.separator !== ',') {
    const last = names.at(-1) as CreditPart;
    if (['bracket', 'bar', 'hint', 'weak'].includes(place))
      return [second, ...more].every(({ kind }) => kind === 'body' || kind === 'person' || kind === 'word');
    if (more.length > 0 || countPeople(first.text) > 1 || first.text.split(/\s+/).length > 4) return false;
    // An acronym longer than a country code is an organisation.
    return isPaper(last.text) || /^\p{Lu}{4,}$/u.test(second.text);
  }
  if (place === 'weak')
    return (
      names.every(({ kind }) => kind === 'person' || kind === 'body') &&
      (first.kind === 'person' || isPlainBody(first.text))
    );
  if (place === 'bar' && names.length === 1)
    return first.kind === 'person' && !isTitled(first.text) && first.text.split(/\s+/).length < 5;
  if (place !== 'bracket' && place !== 'tail' && place !== 'dash') return false;
  if (first.kind === 'person' && parts.some(({ kind }) => kind === 'role') && names.length === 1)
    return /[/|]/.test(line);
  if (place !== 'bracket')
    return (
      first.kind === 'person' &&
      names.length === 2 &&
      /^The /.test(second?.text ?? '') &&
      isPaper(second?.text ?? '') &&
      first.text.split(/\s+/).length < 4
    );
  if (first.kind === 'person' && second)
    return [second, ...more].every((part) => part.kind === 'body' && isPaper(part.text));
  return names.length === 1 && first.kind === 'body' && isOffice(first.text);
}

/** Organisations that hand out pictures: "(Almery Fire Department)". */
const isOffice = (name: string): boolean =>
  /\b(?:department|police|ministry|office|sheriff(?:['’]s)?|navy|army|coastguard|agency|council|government|university|museum|archives?|library)\b/i.test(
    name,
  ) && name.split(/\s+/).length > 1;

/** Whether a part can be in a credit: people and organisations; a lower-case name beside a library only. */
function isLegibleAt(part: CreditPart, at: number, names: readonly CreditPart[]): boolean {
  if (part.kind === 'none') return false;
  if (part.kind === 'other') return at > 0 && names.slice(at + 1).some(({ kind }) => kind === 'known');
  if (part.kind !== 'lower') return true;
  const next = names[at + 1]?.agency;
  return at === 0
    ? next !== undefined && (next.isCollection || next.isOpen || next.isProvider)
    : next !== undefined;
}

/** After a label: names, but no dates and no single lower-case word. */
function isLabelled(names: readonly CreditPart[], place: LinePosition): boolean {
  if (names.some((part) => isDate(part.text))) return false;
  const [first] = names as [CreditPart, ...CreditPart[]];
  if (first.kind !== 'word') return true;
  if (names.length > 1) return names.slice(1).some(({ kind }) => kind !== 'word') || names.length === 2;
  // A single word is a name only if it has a capital, a digit or a sign.
  return /[\p{Lu}\p{Lo}\d_@]/u.test(first.text) && (place === 'by' || !/^\d+$/.test(first.text));
}

/**
 * Parts separated by commas only: "Ann Lee, Reuters", "U.S. Department of State, Flickr"; not "Minister Ann Lee, PA".
 */
function isListed(names: readonly CreditPart[]): boolean {
  const last = names.at(-1) as CreditPart;
  const heads = names.slice(0, -1);
  const isSure = last.agency !== undefined && isUnmistakable(last.written ?? last.text);
  if (!isSure) return false;
  if (heads.every(({ kind }) => kind === 'known')) return true;
  return heads.every(
    (part, at) =>
      part.kind === 'known' ||
      (at === 0 && part.kind === 'person' && !isTitled(part.text) && part.text.split(/\s+/).length <= 4) ||
      (part.kind === 'body' && last.agency?.isProvider) ||
      (at === 0 &&
        (part.kind === 'word' || part.kind === 'lower') &&
        (isOnlyHandle(part) || names.some(({ agency }) => agency?.isCollection))),
  );
}

/** "EPA—Harmful Algal Bloom", "Web Service—Wikipedia": titles contain dashes, and social sites may be their subject. */
function isTitle(names: readonly CreditPart[]): boolean {
  const [first, second, ...more] = names;
  if (names.length > 1 && names.every(({ agency }) => agency?.isOpen && !agency.isProvider)) return true;
  if (names.length > 1 && names.every(({ agency }) => agency?.isOpen)) return true;
  if (second?.separator !== '-' || !first) return false;
  if (first.kind === 'known')
    return (
      !isUnmistakable(first.written ?? first.text) ||
      first.agency?.isOpen === true ||
      second.kind !== 'person' ||
      more.length > 0
    );
  return second.agency?.isOpen === true || (first.kind === 'body' && second.kind !== 'known');
}

/** "We spoke to AP / Reuters": a slash proves nothing within a sentence. */
const isProse = (names: readonly CreditPart[], place: LinePosition): boolean =>
  place === 'aside' && names.every(({ kind }) => kind === 'word');

/** Whether an agency's name alone is a credit. */
function isAloneAllowed(line: string, parts: readonly CreditPart[], place: LinePosition): boolean {
  const { written: name = '' } = parts.find(({ kind }) => kind === 'known') ?? {};
  const isSure = isUnmistakable(line) || isUnmistakable(name);
  if (place === 'bracket' || place === 'bar' || place === 'weak' || place === 'hint') return true;
  if (place === 'tail' && /^(?:AP|EPA|AAP|EFE)$/.test(line)) return true;
  return isSure || parts.some(({ kind }) => kind === 'role');
}

/** "NASA/JPL-Caltech", "NASA": a public body and nothing else. */
function isPublic(names: readonly CreditPart[], line: string, place: LinePosition): boolean {
  const body = publicBodyIn(line);
  if (
    body === undefined ||
    line.includes('=') ||
    !names.every(({ kind }) => kind === 'body' || kind === 'person' || kind === 'word')
  )
    return false;
  if (names.length === 1)
    return (
      (line === body ||
        /^(?:U\.?S\.? |United States )?Department of (?:the )?\w+$|Administration$/.test(line)) &&
      (place === 'bracket' ||
        place === 'tail' ||
        place === 'bar' ||
        (place === 'whole' && /^\p{Lu}+$/u.test(line)))
    );
  return line.includes('/') && names.every(({ separator }) => separator !== '-');
}
