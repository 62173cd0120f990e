/** Assigns the parts of a credit to creator, agency and provider. */
import type { CreditContent } from '../content.ts';
import { type Agency, publicBodyIn } from './agencies.ts';
import type { LinePosition } from './allow.ts';
import { isHandle } from './names.ts';
import { type CreditPart, isOnlyHandle } from './parts.ts';

export type Parties = Pick<CreditContent, 'creatorName' | 'agency' | 'provider' | 'category'>;

export interface Distribution {
  provider: string;
  agency: Agency | undefined;
}

/** The credits that accepted parts name; several if a person follows an agency. */
export function creditsOf(
  parts: readonly CreditPart[],
  place: LinePosition,
  distribution?: Distribution,
): Parties[] | undefined {
  const names = parts.filter(({ kind }) => kind !== 'role');
  if (names.length === 0)
    return [{ category: 'HANDOUT', ...(distribution ? { provider: distribution.provider } : {}) }];
  const groups = groupsOf(names);
  return groups.map((group) => partiesOf(group, place, distribution));
}

function groupsOf(names: readonly CreditPart[]): CreditPart[][] {
  const groups: CreditPart[][] = [[]];
  const isFirstKnown = names[0]?.kind === 'known';
  for (const [at, part] of names.entries()) {
    const group = groups.at(-1) as CreditPart[];
    const next = names[at + 1];
    const hasHouse = group.some(({ kind }) => kind === 'known' || kind === 'body');
    const hasPerson = group.some(({ kind }) => kind === 'person');
    const begins = isFirstKnown
      ? part.kind === 'known' && hasPerson && next?.kind === 'person' && next.separator === '/'
      : part.kind === 'person' &&
        hasHouse &&
        hasPerson &&
        part.separator === ',' &&
        next !== undefined &&
        next.separator !== ',';
    if (begins) groups.push([part]);
    else group.push(part);
  }
  return groups;
}

function partiesOf(group: readonly CreditPart[], place: LinePosition, distribution?: Distribution): Parties {
  const isFirstKnown = group[0]?.kind === 'known';
  const creators = creatorsIn(group, place, distribution);
  const houses = group.filter((part) => !creators.includes(part));
  const names = creators.map(({ text }) => text);
  const publicBodies =
    houses.length > 1 &&
    !isFirstKnown &&
    houses.every(({ kind }) => kind !== 'known') &&
    publicBodyIn(houses[0]?.text ?? '');
  if (publicBodies && !distribution)
    return {
      ...creatorNamed(names),
      agency: houses
        .map(({ text, separator }, at) => (at === 0 ? '' : separator === ',' ? ', ' : separator) + text)
        .join(''),
      category: 'HANDOUT',
    };
  return creditOf(
    names,
    houses.map((part) => part.agency ?? part.text),
    distribution,
  );
}

/** The parts that name people. */
function creatorsIn(
  group: readonly CreditPart[],
  place: LinePosition,
  distribution?: Distribution,
): CreditPart[] {
  const [first, second] = group;
  if (!first) return [];
  if (first.kind === 'other' || first.kind === 'none') return [first];
  if (first.kind === 'known')
    return group.filter(
      ({ kind, text }, at) =>
        kind === 'person' ||
        (at > 0 &&
          kind === 'word' &&
          (first.agency?.isOpen || first.agency?.isProvider || first.agency?.isCollection) &&
          isHandle(text)),
    );
  if (first.kind === 'person' || first.kind === 'lower') {
    let end = 1;
    while (
      group[end]?.kind === 'person' &&
      group[end]?.separator === ',' &&
      (group[end + 1]?.kind === 'known' || group[end + 1]?.kind === 'person')
    )
      end += 1;
    return group.slice(0, end);
  }
  const beside = second?.agency ?? distribution?.agency;
  const isContributor = group.some(({ agency }) => agency?.isCollection) || beside?.isOpen === true;
  if (first.kind === 'word') {
    if (second?.kind === 'person' && second.separator === '/' && !isOnlyHandle(first)) return [second];
    const isSmall = /^[\p{Ll}@\d]/u.test(first.text) || isOnlyHandle(first);
    const isMaker =
      place === 'by' || (place === 'label' && !second && !distribution) || isContributor || isSmall;
    return isMaker ? [first] : [];
  }
  if (isContributor && !publicBodyIn(first.text) && group.some(({ agency }) => agency?.isCollection))
    return [first];
  const people = group.filter(({ kind }) => kind === 'person');
  return people.length === 1 && group.at(-1) === people[0] && group.every(({ kind }) => kind !== 'known')
    ? people
    : [];
}

const creatorNamed = (names: readonly string[]) =>
  names.length > 0 ? { creatorName: names.join(', ') } : {};

/** The first organisation is the agency; the last is the provider if there are several, or if it only distributes. */
export function creditOf(
  creators: readonly string[],
  houses: readonly (Agency | string)[],
  distribution?: Distribution,
): Parties {
  const nameOf = (house: Agency | string) => (typeof house === 'string' ? house : house.name);
  const distinct = houses.filter(
    (house, at) => houses.findIndex((other) => nameOf(other) === nameOf(house)) === at,
  );
  const providers = distinct.filter((house) => typeof house !== 'string' && house.isProvider);
  const last = distinct.at(-1);
  const distributor = distribution
    ? undefined
    : (providers.at(-1) ?? (distinct.length > 1 ? last : undefined));
  const provider = distribution?.provider ?? (distributor && nameOf(distributor));
  const agency = distinct.find((house) => house !== distributor && nameOf(house) !== provider);
  const first = agency ?? distributor;
  const knownAgency =
    typeof first === 'object'
      ? first
      : ((distinct.find((house) => typeof house === 'object') as Agency | undefined) ?? distribution?.agency);
  const isHandout =
    publicBodyIn((typeof agency === 'string' ? agency : '') || (creators[0] ?? '')) !== undefined;
  return {
    ...creatorNamed(creators),
    ...(agency ? { agency: nameOf(agency) } : {}),
    ...(provider ? { provider } : {}),
    category:
      isHandout && (!knownAgency || knownAgency.category === 'OTHER' || !agency || typeof agency === 'string')
        ? 'HANDOUT'
        : (knownAgency?.category ?? 'OTHER'),
  };
}
