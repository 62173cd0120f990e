/** Forms of a whole line: "X via Y", "X on Unsplash", "X (Reuters)", "Y: X". */
import { agencyNamed, isUnmistakable, publicBodyIn } from './agencies.ts';
import { isPaper, type LinePosition } from './allow.ts';
import { bare } from './bare.ts';
import {
  countPeople,
  isBody,
  isHandle,
  isPerson,
  isPlainBody,
  isRole,
  isTitled,
  isWrittenAsName,
} from './names.ts';
import { type CreditPart, isOnlyHandle, partsOf } from './parts.ts';
import { creditOf, creditsOf, type Parties } from './who.ts';

/** Rewrites "Reuters: X", "Flickr user X" and "X of The Courier" to the form with a slash. */
export function withSlash(line: string, place: LinePosition): string | undefined {
  const [, house = '', name = ''] = /^([^:/|]{2,40}):\s+([^:]{2,60})$/.exec(line) ?? [];
  if (house !== '' && (agencyNamed(house) || isRole(house) || (place === 'bracket' && isBody(house))))
    return `${house}/${name}`;
  const [, site = '', user = ''] =
    /^(flickr|instagram|twitter|unsplash|wikimedia(?: commons)?) user:?\s+(.{2,60})$/i.exec(line) ?? [];
  if (site !== '') return `${site}/${user}`;
  const [, person = '', of = ''] = /^(.{4,50}) of ([Tt]he \p{Lu}.{2,40})$/u.exec(line) ?? [];
  const isNamed = place === 'by' || place === 'label';
  return isNamed && isPerson(person) && isPaper(of.replace(/^the /, 'The '))
    ? `${person}/${of.replace(/^the /, 'The ')}`
    : undefined;
}

/** Splits "X via Y" at the last "via". */
export function lastVia(line: string): { left: string; right: string } | undefined {
  const at = Math.max(...['via', 'vía'].map((word) => line.toLowerCase().lastIndexOf(word)));
  if (at < 0) return undefined;
  const isWord = (at === 0 || /[\s/,|)\]]/.test(line[at - 1] as string)) && /\s/.test(line[at + 3] ?? '');
  return isWord ? { left: bare(line.slice(0, at)), right: bare(line.slice(at + 3)) } : undefined;
}

export function readVia(
  { left, right }: { left: string; right: string },
  place: LinePosition,
): Parties[] | undefined {
  const rightParts = partsOf(withoutClient(right)).filter(({ kind }) => kind !== 'role');
  const isSite =
    rightParts[0]?.agency?.isOpen || rightParts[0]?.agency?.isCollection || rightParts[0]?.agency?.isProvider;
  const makers = rightParts.slice(1).filter(({ kind }) => kind === 'person' || (kind === 'word' && isSite));
  const houses = rightParts.filter((part) => !makers.includes(part));
  const [house, other, ...more] = houses;
  if (!house || more.length > 0) return undefined;
  const distributor = other ?? house;
  const agency = distributor.agency;
  const isLabelled = place === 'label' || place === 'by';
  const isOther = isLabelled
    ? distributor.kind !== 'none' && distributor.kind !== 'lower'
    : isCompany(distributor.text);
  if (!agency && !isOther) return undefined;
  const provider = agency?.name ?? distributor.text;
  const category = agency?.category ?? 'OTHER';
  const [maker, another] = makers;
  if (another) return undefined;
  if (maker) {
    const leftParts = left === '' ? [] : partsOf(left);
    if (!agency || !leftParts.every(({ kind }) => kind === 'known' || kind === 'body' || kind === 'role'))
      return undefined;
    const before = leftParts.filter(({ kind }) => kind !== 'role').map((part) => part.agency ?? part.text);
    return [
      agency.isProvider || before.length > 0
        ? creditOf([maker.text], before, { provider, agency })
        : creditOf([maker.text], [agency]),
    ];
  }
  if (left === '') return agency ? [{ provider, category }] : undefined;
  if (isRole(left)) return [{ provider, category: category === 'OTHER' ? 'HANDOUT' : category }];
  const parts = partsOf(left);
  const isOpen = agency !== undefined && (agency.isProvider || agency.isCollection);
  const isLegible = parts.every((part) =>
    isLegibleBefore(part, parts, isLabelled || isOpen, agency?.isOpen !== true),
  );
  if (!isLegible)
    return readWhole(left, provider, category, isLabelled || (isOpen && agency?.isOpen === true));
  const credits = creditsOf(parts, agency?.isOpen ? 'by' : place, { provider, agency });
  if (other && house.agency && credits?.[0] && !credits[0].agency) credits[0].agency = house.text;
  return credits;
}

/** "Western Conference – ABC": a name that contains a dash, or words of several kinds. */
function readWhole(
  left: string,
  provider: string,
  category: Parties['category'],
  isProven: boolean,
): Parties[] | undefined {
  const name = left.replace(/^by\s+/i, '').replace(/\s*\(own work\)\s*$/i, '');
  const isName =
    isProven &&
    name.split(/\s+/).length <= (category === 'OTHER' ? 12 : 6) &&
    /^[\p{Lu}\p{Lo}\p{N}@]/u.test(name) &&
    !/[/|;:]/.test(name);
  return isName ? [{ creatorName: name, provider, ...(category ? { category } : {}) }] : undefined;
}

/** Whether a name has the form of a company's, even if it is not in the list. */
const isCompany = (name: string): boolean =>
  isPlainBody(name) &&
  /\b(?:ltd|inc|llc|gmbh|pics|pictures|images|photos?|agency|news|media|press|wire|archive|archives)\b/i.test(
    name,
  );

function isLegibleBefore(
  part: CreditPart,
  parts: readonly CreditPart[],
  isProven: boolean,
  isHouse: boolean,
): boolean {
  if (part.kind === 'none') return false;
  if (part.kind === 'other') return part !== parts[0];
  if (part.separator === '-' && part.kind !== 'known' && !parts.some(({ kind }) => kind === 'known'))
    return false;
  if (part.kind === 'lower') return isProven || part !== parts[0];
  if (part.kind === 'word' && part === parts[0])
    return (
      isProven ||
      isOnlyHandle(part) ||
      parts.length > 1 ||
      (isHouse && /^\p{Lu}/u.test(part.text) && !/(?:ing|ed)$/.test(part.text))
    );
  return true;
}

/** "Library of Congress, Prints & Photographs Division": a collection of a public body. */
export function readHeld(line: string): Parties | undefined {
  const [holder = '', ...rest] = line.split(/,\s*/);
  const last = rest.at(-1) ?? '';
  const publicBody =
    publicBodyIn(holder) === holder ? holder : publicBodyIn(last) === last ? last : undefined;
  const isOfOne = rest.length === 1 && publicBody === last && isPerson(holder);
  const isList =
    rest.length > 0 &&
    rest.length < 6 &&
    !isOfOne &&
    [holder, ...rest].every((part) => isWrittenAsName(part) && !agencyNamed(part));
  const isCollection =
    rest.some((part) => /division|collection|branch|archives?/i.test(part)) ||
    /collection|archives?/i.test(holder);
  return publicBody && isList && isCollection ? { agency: publicBody, category: 'HANDOUT' } : undefined;
}

/** "Ann Lee (Reuters)". */
export function readBracketed(line: string, place: LinePosition): Parties | undefined {
  const open = line.lastIndexOf('(');
  if (open < 2 || !line.endsWith(')')) return undefined;
  const [name, inside] = [line.slice(0, open).trim(), line.slice(open + 1, -1)];
  const isLabelled = place === 'label' || place === 'by' || place === 'weak';
  const agency = isLabelled || isUnmistakable(inside) ? agencyNamed(inside) : undefined;
  return agency && isPerson(name) && !isBody(name) && !isTitled(name) && countPeople(name) === 1
    ? creditOf([name], [agency])
    : undefined;
}

const prepositions = new Set([
  'on',
  'from',
  'at',
  'auf',
  'en',
  'da',
  'sur',
  'op',
  'på',
  'z',
  'de',
  'no',
  'na',
  'su',
  'di',
  'bei',
  'in',
  'von',
  'з',
  'на',
  'из',
  'с',
  'pe',
  'fra',
  'från',
]);

/** "X on Unsplash", "X auf Pixabay": after a label only. */
export function readSite(line: string, place: LinePosition): Parties | undefined {
  if (place === 'bracket' || place === 'aside' || place === 'byline') return undefined;
  const words = line.split(/\s+/);
  for (let at = words.length - 2; at > 0 && at > words.length - 5; at -= 1) {
    if (!prepositions.has((words[at] as string).toLowerCase())) continue;
    const agency = agencyNamed(words.slice(at + 1).join(' '));
    const isLabelled = place === 'label' || place === 'by';
    if (!agency || (!agency.isOpen && !agency.isProvider && !(isLabelled && words[at] === 'at'))) continue;
    const name = words.slice(0, at).join(' ');
    const namedAgency = agencyNamed(name);
    if (namedAgency) return creditOf([], [namedAgency, agency]);
    if (!isLabelled && place !== 'weak' && place !== 'hint' && (!agency.isOpen || !isPerson(name) || at > 3))
      return undefined;
    return isPerson(name) || isHandle(name) ? creditOf([name], [agency]) : undefined;
  }
  return undefined;
}

export const forWords = [' for ', ' pour ', ' für ', ' para ', ' per ', ' для ', ' voor ', ' för '];

/** Removes the client from "Getty Images for CLIENT". */
export function withoutClient(text: string): string {
  for (const word of forWords) {
    const at = text.indexOf(word);
    if (at > 0 && agencyNamed(text.slice(0, at).split(/[/|,]/).at(-1) ?? '')) return text.slice(0, at);
  }
  return text;
}
