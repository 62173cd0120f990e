/** Whether the parts of a line are a credit, by their form and by where the line stands. */
import { isUnmistakable, publicBodyIn } from './agencies.ts';
import { countPeople, isBody, isDate, isHandle, isPerson, isPlainBody, isTitled } from './names.ts';
import { isOnlyHandle, type Part } from './parts.ts';

/** Where a line stands, which says how much of its form has to prove that it is a credit. */
export type Place =
  /** It is the whole text. */
  | 'whole'
  /** After a sentence or a line. */
  | 'tail'
  /** After a dash or a bar. */
  | 'dash'
  /** In brackets at the end, after a whole sentence. */
  | 'bracket'
  /** In brackets at the end of what is no sentence. */
  | 'aside'
  /** After a comma or in the middle: a label is needed. */
  | 'comma'
  /** After "Photo:". */
  | 'label'
  /** After "photo by". */
  | 'by'
  /** After what may be a label. */
  | 'weak'
  /** The same where nothing stands before it. */
  | 'hint'
  /** After a sentence and a bar. */
  | 'bar'
  /** After "By" where nothing else says that it is a credit. */
  | 'byline'
  /** Within a sentence: a label that means nothing else is needed. */
  | 'middle';

const paper =
  /\b(?:Courier|Times|Post|Guardian|Herald|Tribune|Journal|Gazette|News|Globe|Observer|Chronicle|Register|Star|Sun|Press|Telegraph|Independent|Examiner|Mail|Express|Standard|Inquirer|Record|Review|Reporter|Daily|Weekly|Magazine|Bee|Sentinel|Dispatch|Advertiser|Argus|Echo|Mirror|Mercury|Bulletin|Citizen|Ledger|Atlantic|Economist|Oregonian|ProPublica|Intercept|NPR|BBC|CNN|Oarsman)$/i;

/** A newspaper by its name. */
export function isPaper(name: string): boolean {
  return paper.test(name) && (isBody(name) || isPerson(name.replace(/^the /i, '')));
}

/** Whether the parts, where the line stands, are a credit and nothing else. */
export function isAllowed(parts: readonly Part[], line: string, place: Place, isProven: boolean): boolean {
  const named = parts.filter(({ kind }) => kind !== 'role');
  const [first, second, ...more] = named;
  if (!first) return place === 'label';
  if (parts.length > 8 || isDate(line)) return false;
  // "PR Company Handout".
  if (named.length === 1 && /\bhandout$/i.test(line) && (first.kind === 'body' || first.kind === 'known'))
    return true;
  const known = named.filter(({ kind }) => kind === 'known');
  // "Number 9 gnome".
  if (place === 'by' && named.length === 1 && /^\p{Lu}\p{L}* \d+ \p{L}+$/u.test(line)) return true;
  const isLegible = named.every((part, at) => isLegibleAt(part, at, named));
  if (!isLegible) return false;
  if (place === 'by' || place === 'label') return isLabelled(named, place);
  if (isTitle(parts)) return false;
  const hasSign = parts.some(
    ({ separator }) => separator === '/' || separator === '|' || separator === ' ' || separator === '-',
  );
  if (known.length > 0 && named.length > 1) {
    if (hasSign) return named.some(({ kind }) => kind !== 'word') && !isProse(named, place);
    return ['bracket', 'bar', 'weak', 'hint'].includes(place) || isListed(named);
  }
  if (known.length === 1) return isAloneAllowed(line, parts, place);
  if (isProven)
    return (
      named.length === 1 &&
      (first.kind === 'person'
        ? !isTitled(first.text)
        : first.kind === 'word'
          ? isHandle(first.text)
          : first.kind === 'body')
    );
  if (place === 'byline')
    return named.length === 2 && first.kind === 'person' && publicBodyIn(second?.text ?? '') !== undefined;
  if (isPublic(named, line, place)) return true;
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
    const last = named.at(-1) as Part;
    if (['bracket', 'bar', 'hint', 'weak'].includes(place))
      return [second, ...more].every(({ kind }) => kind === 'body' || kind === 'person' || kind === 'word');
    if (more.length > 0 || countPeople(first.text) > 1 || first.text.split(/\s+/).length > 4) return false;
    // Letters that are more than those of a country stand for a house.
    return isPaper(last.text) || /^\p{Lu}{4,}$/u.test(second.text);
  }
  if (place === 'weak')
    return (
      named.every(({ kind }) => kind === 'person' || kind === 'body') &&
      (first.kind === 'person' || isPlainBody(first.text))
    );
  if (place === 'bar' && named.length === 1)
    return first.kind === 'person' && !isTitled(first.text) && first.text.split(/\s+/).length < 5;
  if (place !== 'bracket' && place !== 'tail' && place !== 'dash') return false;
  if (first.kind === 'person' && parts.some(({ kind }) => kind === 'role') && named.length === 1)
    return /[/|]/.test(line);
  if (place !== 'bracket')
    return (
      first.kind === 'person' &&
      named.length === 2 &&
      /^The /.test(second?.text ?? '') &&
      isPaper(second?.text ?? '') &&
      first.text.split(/\s+/).length < 4
    );
  if (first.kind === 'person' && second)
    return [second, ...more].every((part) => part.kind === 'body' && isPaper(part.text));
  return named.length === 1 && first.kind === 'body' && isOffice(first.text);
}

/** Bodies that give pictures away: "(Almery Fire Department)". */
const isOffice = (name: string): boolean =>
  /\b(?:department|police|ministry|office|sheriff(?:['’]s)?|navy|army|coastguard|agency|council|government|university|museum|archives?|library)\b/i.test(
    name,
  ) && name.split(/\s+/).length > 1;

/** Only people and bodies; a name in small letters beside a library alone. */
function isLegibleAt(part: Part, at: number, named: readonly Part[]): boolean {
  if (part.kind === 'none') return false;
  if (part.kind === 'other') return at > 0 && named.slice(at + 1).some(({ kind }) => kind === 'known');
  if (part.kind !== 'lower') return true;
  const next = named[at + 1]?.agency;
  return at === 0
    ? next !== undefined && (next.isCollection || next.isOpen || next.isProvider)
    : next !== undefined;
}

/** After a label: names, no dates, no one small word. */
function isLabelled(named: readonly Part[], place: Place): boolean {
  if (named.some((part) => isDate(part.text))) return false;
  const [first] = named as [Part, ...Part[]];
  if (first.kind !== 'word') return true;
  if (named.length > 1) return named.slice(1).some(({ kind }) => kind !== 'word') || named.length === 2;
  // One word without a capital, a number or a sign is a word before it is a name.
  return /[\p{Lu}\p{Lo}\d_@]/u.test(first.text) && (place === 'by' || !/^\d+$/.test(first.text));
}

/** A comma alone: "Ann Lee, Reuters", "U.S. Department of State, Flickr"; not "Minister Ann Lee, PA". */
function isListed(named: readonly Part[]): boolean {
  const last = named.at(-1) as Part;
  const heads = named.slice(0, -1);
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
        (isOnlyHandle(part) || named.some(({ agency }) => agency?.isCollection))),
  );
}

/** "EPA—Harmful Algal Bloom", "Web Service—Wikipedia": titles have dashes, and social sites are what they are about. */
function isTitle(named: readonly Part[]): boolean {
  const [first, second, ...more] = named;
  if (named.length > 1 && named.every(({ agency }) => agency?.isOpen && !agency.isProvider)) return true;
  if (named.length > 1 && named.every(({ agency }) => agency?.isOpen)) return true;
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

/** "We spoke to AP / Reuters": an office before a slash says nothing where the whole is a sentence. */
const isProse = (named: readonly Part[], place: Place): boolean =>
  place === 'aside' && named.every(({ kind }) => kind === 'word');

/** The name of an agency with nothing beside it. */
function isAloneAllowed(line: string, parts: readonly Part[], place: Place): boolean {
  const { written: name = '' } = parts.find(({ kind }) => kind === 'known') ?? {};
  const isSure = isUnmistakable(line) || isUnmistakable(name);
  if (place === 'bracket' || place === 'bar' || place === 'weak' || place === 'hint') return true;
  if (place === 'tail' && /^(?:AP|EPA|AAP|EFE)$/.test(line)) return true;
  return isSure || parts.some(({ kind }) => kind === 'role');
}

/** "NASA/JPL-Caltech", "NASA": a public body and nothing else. */
function isPublic(named: readonly Part[], line: string, place: Place): boolean {
  const body = publicBodyIn(line);
  if (
    body === undefined ||
    line.includes('=') ||
    !named.every(({ kind }) => kind === 'body' || kind === 'person' || kind === 'word')
  )
    return false;
  if (named.length === 1)
    return (
      (line === body ||
        /^(?:U\.?S\.? |United States )?Department of (?:the )?\w+$|Administration$/.test(line)) &&
      (place === 'bracket' ||
        place === 'tail' ||
        place === 'bar' ||
        (place === 'whole' && /^\p{Lu}+$/u.test(line)))
    );
  return line.includes('/') && named.every(({ separator }) => separator !== '-');
}
