/** Parses one line that may be a credit: the names in it, and whether its form proves that it is one. */
import { agencyNamed, publicBodyIn } from './agencies.ts';
import { isAllowed, isPaper, type LinePosition } from './allow.ts';
import { bare, longest } from './bare.ts';
import {
  forWords,
  lastVia,
  readBracketed,
  readHeld,
  readSite,
  readVia,
  withoutClient,
  withSlash,
} from './forms.ts';
import { type Label, labelAt, labelWithin, mayBeLabel } from './labels.ts';
import { withoutLicence } from './licences.ts';
import { isBody, isDate, isPerson, isRole, isTitled } from './names.ts';
import { partsOf } from './parts.ts';
import { creditsOf, type Parties } from './who.ts';

const deepest = 3;

export interface Reading {
  /** One credit, or one for each of several pictures. */
  credits: Parties[];
  licence?: string;
}

/** The credits of a line; undefined if it is not a credit. */
export function readLine(text: string, place: LinePosition, depth = 0): Reading | undefined {
  if (text.length > longest || depth > deepest) return undefined;
  const { text: unlicensed, licence, host, isLicensed, asksForName } = withoutLicence(bare(text));
  const line = bare(unlicensed);
  if (line === '' || (isLicensed && isRole(line)))
    return isLicensed && (place === 'whole' || place === 'label') && !/\bvia\b/i.test(text)
      ? { credits: [{ category: 'OTHER' }], ...(licence ? { licence } : {}) }
      : undefined;
  const site = host === undefined ? undefined : agencyNamed(host);
  const isProven = isLicensed && (asksForName || /\bvia\b/i.test(line));
  const needsLabel = place === 'comma' || place === 'middle';
  const credits =
    readLabels(line, place, depth) ?? (needsLabel ? undefined : readSeveral(line, place, isProven));
  if (!credits) return undefined;
  if (site && (place === 'bracket' || place === 'aside') && !credits.some((one) => one.creatorName))
    return undefined;
  if (site && credits.length === 1 && credits[0] && !credits[0].provider) credits[0].provider = site.name;
  return { credits, ...(licence ? { licence } : {}) };
}

/** Parses a line with a label at its start, or after the name of an organisation. */
function readLabels(line: string, place: LinePosition, depth: number): Parties[] | undefined {
  if (isRole(line)) return isRoleCredit(line, place) ? [{ category: 'HANDOUT' }] : undefined;
  const [name = ''] = line.slice(0, 60).split(/[/|,]/);
  const label = mayBeLabel(line) && !(/^\p{L}/u.test(name) && agencyNamed(name)) ? labelAt(line) : undefined;
  const credits = label && readLabel(label, place, depth);
  if (credits) return credits;
  const labelInside = place === 'comma' || place === 'middle' ? undefined : labelWithin(line);
  return labelInside && readWithin(labelInside, depth);
}

/** A role alone is a credit without a name: "Courtesy photo", "Photo: Handout"; "Pool" alone is a caption. */
function isRoleCredit(line: string, place: LinePosition): boolean {
  if (place === 'label') return !/^(?:image|picture|photo)s?$/i.test(line.trim());
  const isDonation =
    /^(?:handout|courtesy|contributed|submitted|supplied|provided|photo (?:provided|submitted|supplied))\b/i.test(
      line,
    );
  return (
    isDonation &&
    (/\s/.test(line.trim()) || ['bracket', 'tail', 'bar'].includes(place)) &&
    place !== 'comma' &&
    place !== 'middle'
  );
}

function readLabel(label: Label, place: LinePosition, depth: number): Parties[] | undefined {
  const { kind, rest, isStaff, isHandout, isByline, isProvided, isOfPicture } = label;
  if (kind === 'courtesy')
    return place === 'middle' || (place === 'comma' && isProvided) ? undefined : readGiver(rest, depth);
  if (place === 'middle' && !isOfPicture) return undefined;
  if (kind === 'weak' && (place === 'comma' || place === 'middle'))
    return place === 'comma' ? provenAfter(rest) : undefined;
  const next: LinePosition =
    kind === 'by'
      ? 'by'
      : kind !== 'weak'
        ? 'label'
        : isByline && weakPlace(place) !== 'weak'
          ? 'byline'
          : weakPlace(place);
  const credits = readLine(rest, next, depth + 1)?.credits;
  if (!credits) return undefined;
  for (const credit of credits) {
    if (isStaff && credit.category === 'OTHER') credit.category = 'STAFF';
    if (isHandout && credit.category === 'OTHER') credit.category = 'HANDOUT';
  }
  return credits;
}

/** After "Foto de", a name alone is enough if a sentence precedes it, but not where it may be a caption. */
const weakPlace = (place: LinePosition): LinePosition =>
  ['tail', 'dash', 'bar', 'bracket', 'label', 'weak'].includes(place)
    ? 'weak'
    : place === 'whole'
      ? 'hint'
      : place;

/** ", credit NASA/JPL": needs a known agency or a slash. */
const provenAfter = (rest: string) => readLine(rest, 'whole', deepest)?.credits;

/** "Courtesy of X": a person if one is named, otherwise an organisation. */
function readGiver(rest: string, depth: number): Parties[] | undefined {
  const giver = bare(rest).replace(/^(?:of|the) (?=\p{Lu})/u, '');
  const credits = /[/|]|\bvia\b/i.test(giver) ? readLine(giver, 'label', depth + 1)?.credits : undefined;
  if (credits) {
    for (const credit of credits) if (credit.category === 'OTHER') credit.category = 'HANDOUT';
    return credits;
  }
  const [name = ''] = giver.split(/,\s*/);
  if (
    giver.split(/\s+/).length > 15 ||
    !/^[\p{Lu}\p{Lo}\p{N}@]/u.test(name) ||
    isDate(name) ||
    /^(?:U\.S\.?|You|Us|Me)$/.test(name)
  )
    return undefined;
  const agency = agencyNamed(name);
  if (agency) return [{ agency: agency.name, category: agency.category }];
  if (isPerson(name) && !isBody(name) && !publicBodyIn(name))
    return [{ creatorName: name, category: 'HANDOUT' }];
  return name.split(/\s+/).length > 10 ? undefined : [{ agency: name, category: 'HANDOUT' }];
}

/**
 * "Reuters photo by X", "Iceberg photo by X": an organisation before the label is the agency; another word is ignored.
 */
function readWithin({ prefix = '', rest }: Label, depth: number): Parties[] | undefined {
  if (/[.|,;:!?–—-]\s*$/.test(prefix)) return undefined;
  const name = bare(prefix)
    .replace(/^official\s+/i, '')
    .replace(/^(?:an?|the) (?=\p{Lu})/iu, '');
  const agency = agencyNamed(name);
  const isOffice = agency !== undefined || isBody(name) || publicBodyIn(name) !== undefined;
  const isOther = /^\p{Lu}[\p{L}-]*$/u.test(name);
  if (!isOffice && !isOther) return undefined;
  const credits = readLine(rest, 'by', depth + 1)?.credits;
  const [credit] = credits ?? [];
  if (!credits || !credit?.creatorName) return undefined;
  if (isOffice && !credit.agency) {
    credit.agency = agency?.name ?? name;
    if (credit.category === 'OTHER')
      credit.category = agency?.category ?? (publicBodyIn(name) ? 'HANDOUT' : 'OTHER');
  }
  return credits;
}

const between = /\s*;\s*|\.\s+(?=(?:left|right|top|bottom|center|centre|middle|inset)\b)/i;

/** Credits of several pictures, separated by semicolons, or by "and" between two with slashes. */
function readSeveral(line: string, place: LinePosition, isProven: boolean): Parties[] | undefined {
  const pieces = line.split(between).filter(Boolean);
  if (pieces.length > 1 && pieces.length < 9) {
    const credits = pieces.map(
      (piece) =>
        readLabels(bare(piece), place === 'by' ? 'label' : place, deepest - 1) ??
        readSeveral(bare(piece), place, false),
    );
    return credits.every((one) => one !== undefined) ? credits.flat() : undefined;
  }
  for (const joiner of [' and ', ' & ', ' und ', ' et ', ' y ', ' та ', ' и ']) {
    const [left, right, ...more] = line.split(joiner);
    if (!left?.includes('/') || !right?.includes('/') || more.length > 0) continue;
    const credits = [left, right].map((piece) => readSeveral(bare(piece), place, false));
    if (credits.every((one) => one !== undefined)) return credits.flat();
  }
  return readOne(line, place, isProven);
}

function readOne(line: string, place: LinePosition, isProven: boolean): Parties[] | undefined {
  const rewritten = withSlash(line, place);
  if (rewritten) return readOne(rewritten, place, isProven);
  const via = lastVia(line);
  if (via) return readVia(via, place);
  const credit =
    readHeld(line) ?? readBracketed(line, place) ?? readSite(line, place) ?? readClient(line, place);
  if (credit) return [credit];
  const parts = partsOf(line);
  if (!isAllowed(parts, line, place, isProven)) return undefined;
  return creditsOf(parts, place);
}

/** "X/Getty Images for CLIENT": the client only paid. "X for The Courier": the client is the publisher. */
function readClient(line: string, place: LinePosition): Parties | undefined {
  const withoutPayer = withoutClient(line);
  if (withoutPayer !== line) return readOne(withoutPayer, place === 'comma' ? 'whole' : place, false)?.[0];
  for (const word of forWords) {
    const at = line.indexOf(word);
    if (at < 0) continue;
    const [name, client] = [
      line.slice(0, at).trim(),
      bare(line.slice(at + word.length)).replace(/^the (?=\p{Lu})/u, 'The '),
    ];
    const agency = agencyNamed(client);
    const isLabelled = ['label', 'by', 'weak', 'hint'].includes(place);
    const isClient =
      agency?.category === 'WIRES' || isPaper(client) || (isLabelled && (isBody(client) || isPerson(client)));
    if (!isPerson(name) || isTitled(name) || !isClient) return undefined;
    return { creatorName: name, agency: agency?.name ?? client, category: agency?.category ?? 'FREELANCE' };
  }
  return undefined;
}
