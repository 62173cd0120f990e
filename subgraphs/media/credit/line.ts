/** Reads one line that may be a credit: who is named in it, and whether that is proven by its form. */
import type { CreditContent } from '../content.ts';
import { type Agency, agencyNamed, isUnmistakable, publicBodyIn } from './agencies.ts';
import { type Label, labelAt, labelWithin, mayBeLabel } from './labels.ts';
import { withoutLicence } from './licences.ts';
import { countPeople, isBody, isDate, isHandle, isPerson, isPlainBody, isRole, isTitled } from './names.ts';
import { isOnlyHandle, type Part, partsOf } from './parts.ts';

export type Parties = Pick<CreditContent, 'creatorName' | 'agency' | 'provider' | 'category'>;

export interface Reading {
  /** One, or one for each of several pictures. */
  credits: Parties[];
  licence?: string;
}

/** Where a line stands, which says how much of its form has to prove that it is a credit. */
export type Place =
  /** It is the whole text. */
  | 'whole'
  /** After a sentence, a line or a bar. */
  | 'tail'
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
  /** After "By" where nothing else says that it is a credit. */
  | 'byline'
  /** Within a sentence: a label that means nothing else is needed. */
  | 'middle';

const longest = 300;
const deepest = 3;

/** Who is named; undefined where it is no credit. */
export function readLine(text: string, place: Place, depth = 0): Reading | undefined {
  if (text.length > longest || depth > deepest) return undefined;
  const { text: unlicensed, licence, host, isLicensed, asksForName } = withoutLicence(bare(text));
  const line = bare(unlicensed);
  if (line === '') return undefined;
  const site = host === undefined ? undefined : agencyNamed(host);
  const isProven = isLicensed && (asksForName || /\bvia\b/i.test(line));
  const needsLabel = place === 'comma' || place === 'middle';
  const credits =
    readLabels(line, place, depth) ?? (needsLabel ? undefined : readSeveral(line, place, isProven));
  if (!credits) return undefined;
  if (site && credits.length === 1 && credits[0] && !credits[0].provider) credits[0].provider = site.name;
  return { credits, ...(licence ? { licence } : {}) };
}

/** A line that starts with a label, or has one after the name of a body. */
function readLabels(line: string, place: Place, depth: number): Parties[] | undefined {
  if (isRole(line)) return isSaid(line, place) ? [{ category: 'HANDOUT' }] : undefined;
  const label = mayBeLabel(line) ? labelAt(line) : undefined;
  const read = label && readLabel(label, place, depth);
  if (read) return read;
  const within = place === 'comma' || place === 'middle' ? undefined : labelWithin(line);
  return within && readWithin(within, depth);
}

/** A role alone is a credit that names nobody: "Courtesy photo", "Photo: Handout"; "Pool" alone is a caption. */
function isSaid(line: string, place: Place): boolean {
  if (place === 'label') return !/^(?:image|picture|photo)s?$/i.test(line.trim());
  return place !== 'comma' && place !== 'middle' && place !== 'by' && /\s/.test(line.trim()) && /^(?:handout|courtesy|contributed|submitted|supplied|provided|photo (?:provided|submitted|supplied))\b/i.test(line);
}

function readLabel(label: Label, place: Place, depth: number): Parties[] | undefined {
  const { kind, rest, isStaff, isHandout, isByline } = label;
  if (kind === 'courtesy') return readGiver(rest, depth);
  if (kind === 'weak' && (place === 'comma' || place === 'middle')) return place === 'comma' ? provenAfter(rest) : undefined;
  const next: Place = kind === 'by' ? 'by' : kind !== 'weak' ? 'label' : isByline && weakPlace(place) === place ? 'byline' : weakPlace(place);
  const credits = readLine(rest, next, depth + 1)?.credits;
  if (!credits) return undefined;
  for (const credit of credits) {
    if (isStaff && credit.category === 'OTHER') credit.category = 'STAFF';
    if (isHandout && credit.category === 'OTHER') credit.category = 'HANDOUT';
  }
  return credits;
}

/** A name without more is enough after "Foto de" where a sentence stands before it, not where it may be a caption. */
const weakPlace = (place: Place): Place => (place === 'tail' || place === 'bracket' || place === 'label' ? 'weak' : place);

/** ", credit NASA/JPL": only what a list or a slash proves. */
const provenAfter = (rest: string) => readLine(rest, 'whole', deepest)?.credits;

/** "Courtesy of X": a person where one is named, else a body. */
function readGiver(rest: string, depth: number): Parties[] | undefined {
  const giver = bare(rest).replace(/^(?:of|the) (?=\p{Lu})/u, '');
  const read = /[/|]|\bvia\b/i.test(giver) ? readLine(giver, 'label', depth + 1)?.credits : undefined;
  if (read) {
    for (const credit of read) if (credit.category === 'OTHER') credit.category = 'HANDOUT';
    return read;
  }
  const [name = ''] = giver.split(/,\s*/);
  if (giver.split(/\s+/).length > 15 || !/^[\p{Lu}\p{Lo}\p{N}@]/u.test(name) || isDate(name)) return undefined;
  const agency = agencyNamed(name);
  if (agency) return [{ agency: agency.name, category: agency.category }];
  if (isPerson(name) && !isBody(name) && !publicBodyIn(name)) return [{ creatorName: name, category: 'HANDOUT' }];
  return name.split(/\s+/).length > 10 ? undefined : [{ agency: name, category: 'HANDOUT' }];
}

/** "Reuters photo by X", "Iceberg photo by X": a body before the label is the agency, another word is none. */
function readWithin({ prefix = '', rest }: Label, depth: number): Parties[] | undefined {
  if (/[.|,;:!?–—-]\s*$/.test(prefix)) return undefined;
  const name = bare(prefix).replace(/^official\s+/i, '').replace(/^(?:an?|the) (?=\p{Lu})/iu, '');
  const agency = agencyNamed(name);
  const isOffice = agency !== undefined || isBody(name) || publicBodyIn(name) !== undefined;
  const isOther = /^\p{Lu}[\p{L}-]*$/u.test(name);
  if (!isOffice && !isOther) return undefined;
  const read = readLine(rest, 'by', depth + 1)?.credits;
  const [credit] = read ?? [];
  if (!read || !credit || !credit.creatorName) return undefined;
  if (isOffice && !credit.agency) {
    credit.agency = agency?.name ?? name;
    if (credit.category === 'OTHER') credit.category = agency?.category ?? (publicBodyIn(name) ? 'HANDOUT' : 'OTHER');
  }
  return read;
}

const between = /\s*;\s*|\.\s+(?=(?:left|right|top|bottom|center|centre|middle|inset)\b)/i;

/** Credits of several pictures, with semicolons between, or "and" between two with slashes. */
function readSeveral(line: string, place: Place, isProven: boolean): Parties[] | undefined {
  const pieces = line.split(between).filter(Boolean);
  if (pieces.length > 1 && pieces.length < 9) {
    const read = pieces.map((piece) => readLabels(bare(piece), place === 'by' ? 'label' : place, deepest - 1) ?? readSeveral(bare(piece), place, false));
    return read.every((one) => one !== undefined) ? read.flat() : undefined;
  }
  for (const joiner of [' and ', ' & ', ' und ', ' et ', ' y ', ' та ', ' и ']) {
    const [left, right, ...more] = line.split(joiner);
    if (!left?.includes('/') || !right?.includes('/') || more.length > 0) continue;
    const read = [left, right].map((piece) => readSeveral(bare(piece), place, false));
    if (read.every((one) => one !== undefined)) return read.flat();
  }
  return readOne(line, place, isProven);
}

function readOne(line: string, place: Place, isProven: boolean): Parties[] | undefined {
  const via = lastVia(line);
  if (via) return readVia(via, place);
  const named = readHeld(line) ?? readBracketed(line) ?? readSite(line, place) ?? readClient(line, place);
  if (named) return [named];
  const parts = partsOf(line);
  if (!isAllowed(parts, line, place, isProven)) return undefined;
  return creditsOf(parts, place);
}

/** "X via Y" at the last "via". */
function lastVia(line: string): { left: string; right: string } | undefined {
  const at = Math.max(...['via', 'vía'].map((word) => line.toLowerCase().lastIndexOf(word)));
  if (at < 0) return undefined;
  const isWord = (at === 0 || /[\s/,|)\]]/.test(line[at - 1] as string)) && /\s/.test(line[at + 3] ?? '');
  return isWord ? { left: bare(line.slice(0, at)), right: bare(line.slice(at + 3)) } : undefined;
}

function readVia({ left, right }: { left: string; right: string }, place: Place): Parties[] | undefined {
  const houses = partsOf(withoutClient(right)).filter(({ kind }) => kind !== 'role');
  const [house, other, ...more] = houses;
  if (!house || more.length > 0) return undefined;
  const through = other ?? house;
  const agency = through.agency;
  const isLabelled = place === 'label' || place === 'by';
  const isOther = isLabelled ? through.kind !== 'none' && through.kind !== 'lower' : isCompany(through.text);
  if (!agency && !isOther) return undefined;
  const provider = agency?.name ?? through.text;
  const category = agency?.category ?? 'OTHER';
  if (left === '') return agency ? [{ provider, category }] : undefined;
  if (isRole(left)) return [{ provider, category: category === 'OTHER' ? 'HANDOUT' : category }];
  const parts = partsOf(left);
  const isOpen = agency !== undefined && (agency.isProvider || agency.isCollection);
  const isLegible = parts.every((part) => isLegibleBefore(part, parts, isLabelled || isOpen, agency?.isOpen !== true));
  if (!isLegible) return readWhole(left, provider, category, isLabelled || (isOpen && agency?.isOpen === true));
  const credits = creditsOf(parts, agency?.isOpen ? 'by' : place, { provider, agency });
  if (other && house.agency && credits?.[0] && !credits[0].agency) credits[0].agency = house.text;
  return credits;
}

/** "Western Conference – ABC": a name with a dash in it, or one that has words of all kinds. */
function readWhole(left: string, provider: string, category: Parties['category'], isProven: boolean): Parties[] | undefined {
  const name = left.replace(/^by\s+/i, '').replace(/\s*\(own work\)\s*$/i, '');
  const isName = isProven && name.split(/\s+/).length <= 6 && /^[\p{Lu}\p{Lo}\p{N}@]/u.test(name) && !/[/|;:]/.test(name);
  return isName ? [{ creatorName: name, provider, ...(category ? { category } : {}) }] : undefined;
}

/** A company by its form, though no list has it. */
const isCompany = (name: string): boolean => isPlainBody(name) && /\b(?:ltd|inc|llc|gmbh|pics|pictures|images|photos?|agency|news|media|press|wire|archive|archives)\b/i.test(name);

function isLegibleBefore(part: Part, parts: readonly Part[], isProven: boolean, isHouse: boolean): boolean {
  if (part.kind === 'none') return false;
  if (part.kind === 'other') return part !== parts[0];
  if (part.separator === '-' && part.kind !== 'known' && !parts.some(({ kind }) => kind === 'known')) return false;
  if (part.kind === 'lower') return isProven || part !== parts[0];
  if (part.kind === 'word' && part === parts[0]) return isProven || isOnlyHandle(part) || parts.length > 1 || (isHouse && /^\p{Lu}/u.test(part.text) && !/(?:ing|ed)$/.test(part.text));
  return true;
}

/** "Library of Congress, Prints & Photographs Division": a collection of a public body. */
function readHeld(line: string): Parties | undefined {
  const [holder = '', ...rest] = line.split(/,\s*/);
  const held = publicBodyIn(holder);
  const isList = rest.length > 0 && rest.length < 4 && rest.every((part) => isBody(part) || /\b(?:division|collection|archive|office|branch)\b/i.test(part));
  return held && held === holder && isList && rest.every((part) => !agencyNamed(part)) && rest.some((part) => /division|collection|branch/i.test(part))
    ? { agency: holder, category: 'HANDOUT' }
    : undefined;
}

/** "Ann Lee (Reuters)". */
function readBracketed(line: string): Parties | undefined {
  const open = line.lastIndexOf('(');
  if (open < 2 || !line.endsWith(')')) return undefined;
  const [name, inside] = [line.slice(0, open).trim(), line.slice(open + 1, -1)];
  const agency = isUnmistakable(inside) ? agencyNamed(inside) : undefined;
  return agency && isPerson(name) && !isBody(name) && !isTitled(name) && countPeople(name) === 1 ? creditOf([name], [agency]) : undefined;
}

const prepositions = new Set(['on', 'from', 'at', 'auf', 'en', 'da', 'sur', 'op', 'på', 'z', 'de', 'no', 'na', 'su', 'di', 'bei', 'in', 'von', 'з', 'на', 'из', 'с', 'pe', 'fra', 'från']);

/** "X on Unsplash", "X auf Pixabay": only after a label. */
function readSite(line: string, place: Place): Parties | undefined {
  if (place !== 'label' && place !== 'by' && place !== 'weak' && place !== 'whole' && place !== 'tail') return undefined;
  const words = line.split(/\s+/);
  for (let at = words.length - 2; at > 0 && at > words.length - 5; at -= 1) {
    if (!prepositions.has((words[at] as string).toLowerCase())) continue;
    const agency = agencyNamed(words.slice(at + 1).join(' '));
    if (!agency || (!agency.isOpen && !agency.isProvider)) continue;
    const name = words.slice(0, at).join(' ');
    const known = agencyNamed(name);
    if (known) return creditOf([], [known, agency]);
    if ((place === 'whole' || place === 'tail') && !agency.isOpen) return undefined;
    return isPerson(name) || isHandle(name) ? creditOf([name], [agency]) : undefined;
  }
  return undefined;
}

const forWords = [' for ', ' pour ', ' für ', ' para ', ' per ', ' для ', ' voor ', ' för '];

/** Without the client of "Getty Images for CLIENT". */
function withoutClient(text: string): string {
  for (const word of forWords) {
    const at = text.indexOf(word);
    if (at > 0 && agencyNamed(text.slice(0, at).split(/[/|,]/).at(-1) ?? '')) return text.slice(0, at);
  }
  return text;
}

/** "X/Getty Images for CLIENT", where the client only paid; "X for The Courier", for whom the picture was made. */
function readClient(line: string, place: Place): Parties | undefined {
  const unpaid = withoutClient(line);
  if (unpaid !== line) return readOne(unpaid, place === 'comma' ? 'whole' : place, false)?.[0];
  for (const word of forWords) {
    const at = line.indexOf(word);
    if (at < 0) continue;
    const [name, client] = [line.slice(0, at).trim(), bare(line.slice(at + word.length))];
    const agency = agencyNamed(client);
    const isLabelled = place === 'label' || place === 'by' || place === 'weak';
    const isClient = agency !== undefined || isPaper(client) || (isLabelled && (isBody(client) || isPerson(client)));
    if (!isPerson(name) || isTitled(name) || !isClient) return undefined;
    return { creatorName: name, agency: agency?.name ?? client, category: agency?.category ?? 'FREELANCE' };
  }
  return undefined;
}

const paper =
  /\b(?:Courier|Times|Post|Guardian|Herald|Tribune|Journal|Gazette|News|Globe|Observer|Chronicle|Register|Star|Sun|Press|Telegraph|Independent|Examiner|Mail|Express|Standard|Inquirer|Record|Review|Reporter|Daily|Weekly|Magazine|Bee|Sentinel|Dispatch|Advertiser|Argus|Echo|Mirror|Mercury|Bulletin|Citizen|Ledger|Atlantic|Economist|Oregonian|ProPublica|Intercept|NPR|BBC|CNN|Oarsman)$/i;

/** A newspaper by its name. */
function isPaper(name: string): boolean {
  return paper.test(name) && (isBody(name) || isPerson(name.replace(/^the /i, '')));
}

/** Whether the parts, where the line stands, are a credit and nothing else. */
function isAllowed(parts: readonly Part[], line: string, place: Place, isProven: boolean): boolean {
  const named = parts.filter(({ kind }) => kind !== 'role');
  const [first, second, ...more] = named;
  if (!first) return place === 'label';
  if (parts.length > 8 || isDate(line)) return false;
  const known = named.filter(({ kind }) => kind === 'known');
  // "Number 9 gnome".
  if (place === 'by' && named.length === 1 && /^\p{Lu}\p{L}* \d+ \p{L}+$/u.test(line)) return true;
  const isLegible = named.every((part, at) => isLegibleAt(part, at, named));
  if (!isLegible) return false;
  if (place === 'by' || place === 'label') return isLabelled(named, place);
  const hasSign = parts.some(({ separator }) => separator === '/' || separator === '|' || separator === ' ' || separator === '-');
  if (known.length > 0 && named.length > 1) {
    if (hasSign) return named.some(({ kind }) => kind !== 'word') && !isProse(named, place);
    return place === 'bracket' || place === 'weak' || isListed(named);
  }
  if (known.length === 1) return isAloneAllowed(line, parts, place);
  if (isProven) return named.length === 1 && (first.kind === 'person' ? !isTitled(first.text) : first.kind === 'word' ? isHandle(first.text) : first.kind === 'body');
  if (place === 'byline') return named.length === 2 && first.kind === 'person' && publicBodyIn(second?.text ?? '') !== undefined;
  if (isPublic(named, line)) return true;
  const isSlashed = /[/|]/.test(line) && second !== undefined && more.length < 2;
  if (isSlashed && first.kind === 'person' && second.separator !== ',') {
    const last = named.at(-1) as Part;
    if (place === 'bracket') return [second, ...more].every(({ kind }) => kind === 'body' || kind === 'person' || kind === 'word');
    return isPaper(last.text) || isPaper(second.text) || (place === 'weak' && second.kind === 'body');
  }
  if (place === 'weak') return named.every(({ kind }) => kind === 'person' || kind === 'body') && (first.kind === 'person' || isPlainBody(first.text));
  if (place !== 'bracket' && place !== 'tail') return false;
  if (first.kind === 'person' && parts.some(({ kind }) => kind === 'role') && named.length === 1) return /[/|]/.test(line);
  if (place === 'tail') return false;
  if (first.kind === 'person' && second) return [second, ...more].every((part) => part.kind === 'body' && isPaper(part.text));
  return named.length === 1 && first.kind === 'body' && isOffice(first.text);
}

/** Bodies that give pictures away: "(Almery Fire Department)". */
const isOffice = (name: string): boolean =>
  /\b(?:department|police|ministry|office|sheriff(?:['’]s)?|navy|army|coastguard|agency|council|government|university|museum|archives?|library)\b/i.test(name) && name.split(/\s+/).length > 1;

/** Only people and bodies; a name in small letters beside a library alone. */
function isLegibleAt(part: Part, at: number, named: readonly Part[]): boolean {
  if (part.kind === 'none') return false;
  if (part.kind === 'other') return at > 0 && named.slice(at + 1).some(({ kind }) => kind === 'known');
  if (part.kind !== 'lower') return true;
  const next = named[at + 1]?.agency;
  return at === 0 ? next !== undefined && (next.isCollection || next.isOpen || next.isProvider) : next !== undefined;
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
  const isSure = last.agency !== undefined && isUnmistakable(last.text);
  if (!isSure) return false;
  if (heads.every(({ kind }) => kind === 'known')) return true;
  return heads.every(
    (part, at) =>
      part.kind === 'known' ||
      (at === 0 && part.kind === 'person' && !isTitled(part.text) && part.text.split(/\s+/).length <= 4) ||
      (part.kind === 'body' && last.agency?.isProvider) ||
      (at === 0 && (part.kind === 'word' || part.kind === 'lower') && (isOnlyHandle(part) || named.some(({ agency }) => agency?.isCollection))),
  );
}

/** "We spoke to AP / Reuters": an office before a slash says nothing where the whole is a sentence. */
const isProse = (named: readonly Part[], place: Place): boolean =>
  place === 'aside' && named.every(({ kind }) => kind === 'word');

/** The name of an agency with nothing beside it. */
function isAloneAllowed(line: string, parts: readonly Part[], place: Place): boolean {
  const name = parts.find(({ kind }) => kind === 'known')?.text ?? '';
  const isSure = isUnmistakable(line) || isUnmistakable(name);
  if (place === 'bracket' || place === 'weak') return true;
  return isSure || parts.some(({ kind }) => kind === 'role');
}

/** "NASA/JPL-Caltech", "NASA": a public body and nothing else. */
function isPublic(named: readonly Part[], line: string): boolean {
  const body = publicBodyIn(line);
  if (body === undefined || !named.every(({ kind }) => kind === 'body' || kind === 'person' || kind === 'word')) return false;
  if (named.length === 1)
    return line === body || /^(?:U\.?S\.? |United States )?Department of (?:the )?\w+$|Administration$/.test(line);
  return line.includes('/');
}

interface Through {
  provider: string;
  agency: Agency | undefined;
}

/** Who is named by parts that are allowed; several where a person follows upon an agency. */
function creditsOf(parts: readonly Part[], place: Place, through?: Through): Parties[] | undefined {
  const named = parts.filter(({ kind }) => kind !== 'role');
  if (named.length === 0) return [{ category: 'HANDOUT', ...(through ? { provider: through.provider } : {}) }];
  const groups = groupsOf(named);
  return groups.map((group) => partiesOf(group, place, through));
}

function groupsOf(named: readonly Part[]): Part[][] {
  const groups: Part[][] = [[]];
  const isFirstKnown = named[0]?.kind === 'known';
  for (const [at, part] of named.entries()) {
    const group = groups.at(-1) as Part[];
    const next = named[at + 1];
    const hasHouse = group.some(({ kind }) => kind === 'known' || kind === 'body');
    const hasPerson = group.some(({ kind }) => kind === 'person');
    const begins = isFirstKnown
      ? part.kind === 'known' && hasPerson && next?.kind === 'person' && next.separator === '/'
      : part.kind === 'person' && hasHouse && hasPerson && part.separator === ',' && next !== undefined && next.separator !== ',';
    if (begins) groups.push([part]);
    else group.push(part);
  }
  return groups;
}

function partiesOf(group: readonly Part[], place: Place, through?: Through): Parties {
  const isFirstKnown = group[0]?.kind === 'known';
  const creators = creatorsIn(group, place, through);
  const houses = group.filter((part) => !creators.includes(part));
  const names = creators.map(({ text }) => text);
  const publicBodies = houses.length > 1 && !isFirstKnown && houses.every(({ kind }) => kind !== 'known') && publicBodyIn(houses[0]?.text ?? '');
  if (publicBodies && !through)
    return { ...creatorNamed(names), agency: houses.map(({ text, separator }, at) => (at === 0 ? '' : separator === ',' ? ', ' : separator) + text).join(''), category: 'HANDOUT' };
  return creditOf(names, houses.map((part) => part.agency ?? part.text), through);
}

/** The parts that name people. */
function creatorsIn(group: readonly Part[], place: Place, through?: Through): Part[] {
  const [first, second] = group;
  if (!first) return [];
  if (first.kind === 'other' || first.kind === 'none') return [first];
  if (first.kind === 'known') return group.filter(({ kind, text }, at) => kind === 'person' || (at > 0 && kind === 'word' && (first.agency?.isOpen || first.agency?.isProvider) && isHandle(text)));
  if (first.kind === 'person' || first.kind === 'lower') {
    let end = 1;
    while (group[end]?.kind === 'person' && group[end]?.separator === ',' && (group[end + 1]?.kind === 'known' || group[end + 1]?.kind === 'person')) end += 1;
    return group.slice(0, end);
  }
  const beside = second?.agency ?? through?.agency;
  const isContributor = group.some(({ agency }) => agency?.isCollection) || beside?.isOpen === true;
  if (first.kind === 'word') {
    const isSmall = /^[\p{Ll}@\d]/u.test(first.text) || isOnlyHandle(first);
    const isMaker = place === 'by' || (place === 'label' && !second && !through) || isContributor || isSmall;
    return isMaker ? [first] : [];
  }
  if (isContributor && !publicBodyIn(first.text) && group.some(({ agency }) => agency?.isCollection)) return [first];
  const people = group.filter(({ kind }) => kind === 'person');
  return people.length === 1 && group.at(-1) === people[0] && group.every(({ kind }) => kind !== 'known') ? people : [];
}

const creatorNamed = (names: readonly string[]) => (names.length > 0 ? { creatorName: names.join(', ') } : {});

/** The first house made the picture, the last passed it on where there are several or it does nothing else. */
function creditOf(creators: readonly string[], houses: readonly (Agency | string)[], through?: Through): Parties {
  const nameOf = (house: Agency | string) => (typeof house === 'string' ? house : house.name);
  const distinct = houses.filter((house, at) => houses.findIndex((other) => nameOf(other) === nameOf(house)) === at);
  const providers = distinct.filter((house) => typeof house !== 'string' && house.isProvider);
  const last = distinct.at(-1);
  const passing = through ? undefined : (providers.at(-1) ?? (distinct.length > 1 ? last : undefined));
  const provider = through?.provider ?? (passing && nameOf(passing));
  const agency = distinct.find((house) => house !== passing && nameOf(house) !== provider);
  const first = agency ?? passing;
  const known = typeof first === 'object' ? first : (distinct.find((house) => typeof house === 'object') as Agency | undefined) ?? through?.agency;
  const isHandout = publicBodyIn((typeof agency === 'string' ? agency : '') || (creators[0] ?? '')) !== undefined;
  return {
    ...creatorNamed(creators),
    ...(agency ? { agency: nameOf(agency) } : {}),
    ...(provider ? { provider } : {}),
    category: isHandout && (!known || known.category === 'OTHER' || !agency || typeof agency === 'string') ? 'HANDOUT' : (known?.category ?? 'OTHER'),
  };
}

/** Without what surrounds a credit and names nobody. */
export function bare(text: string): string {
  let line = text.trim().slice(0, longest + 1);
  for (let before = ''; before !== line; ) {
    before = line;
    line = withoutSigns(line)
      .replace(/(?:,|\/|\.)?\s*(?:all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados)\.?$/i, '')
      .replace(/(?:,|\/)\s*file(?: photo)?\.?$/i, '');
    if (/[.。]$/.test(line) && !/(?:^|[\s.])\p{Lu}\.$|\b(?:Ltd|Inc|Co|Jr|Sr|Corp|St|U\.S)\.$/u.test(line)) line = line.slice(0, -1);
    if (/^[([]/.test(line) && /[)\]]$/.test(line) && closing(line, 0) === line.length - 1) line = line.slice(1, -1);
    else if (/^[([]/.test(line) && closing(line, 0) < 0) line = line.slice(1);
    else if (/[)\]]$/.test(line) && !/[([]/.test(line)) line = line.slice(0, -1);
  }
  return line;
}

const signs = /[\s,;/|·–—=-]/;

function withoutSigns(line: string): string {
  let [start, end] = [0, line.length];
  while (start < end && signs.test(line[start] as string)) start += 1;
  while (end > start && signs.test(line[end - 1] as string)) end -= 1;
  return line.slice(start, end);
}

/** Where the bracket that opens at a place is closed; -1 where it is not. */
export function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (/[([]/.test(text[at] as string)) depth += 1;
    else if (/[)\]]/.test(text[at] as string)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
