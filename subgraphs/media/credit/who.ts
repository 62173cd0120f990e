/** From the parts of a credit to creator, agency and provider. */
import type { CreditContent } from '../content.ts';
import { type Agency, publicBodyIn } from './agencies.ts';
import type { Place } from './allow.ts';
import { isHandle } from './names.ts';
import { isOnlyHandle, type Part } from './parts.ts';

export type Parties = Pick<CreditContent, 'creatorName' | 'agency' | 'provider' | 'category'>;

export interface Through {
  provider: string;
  agency: Agency | undefined;
}

/** Who is named by parts that are allowed; several where a person follows upon an agency. */
export function creditsOf(parts: readonly Part[], place: Place, through?: Through): Parties[] | undefined {
  const named = parts.filter(({ kind }) => kind !== 'role');
  if (named.length === 0)
    return [{ category: 'HANDOUT', ...(through ? { provider: through.provider } : {}) }];
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

function partiesOf(group: readonly Part[], place: Place, through?: Through): Parties {
  const isFirstKnown = group[0]?.kind === 'known';
  const creators = creatorsIn(group, place, through);
  const houses = group.filter((part) => !creators.includes(part));
  const names = creators.map(({ text }) => text);
  const publicBodies =
    houses.length > 1 &&
    !isFirstKnown &&
    houses.every(({ kind }) => kind !== 'known') &&
    publicBodyIn(houses[0]?.text ?? '');
  if (publicBodies && !through)
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
    through,
  );
}

/** The parts that name people. */
function creatorsIn(group: readonly Part[], place: Place, through?: Through): Part[] {
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
  const beside = second?.agency ?? through?.agency;
  const isContributor = group.some(({ agency }) => agency?.isCollection) || beside?.isOpen === true;
  if (first.kind === 'word') {
    if (second?.kind === 'person' && second.separator === '/' && !isOnlyHandle(first)) return [second];
    const isSmall = /^[\p{Ll}@\d]/u.test(first.text) || isOnlyHandle(first);
    const isMaker = place === 'by' || (place === 'label' && !second && !through) || isContributor || isSmall;
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

/** The first house made the picture, the last passed it on where there are several or it does nothing else. */
export function creditOf(
  creators: readonly string[],
  houses: readonly (Agency | string)[],
  through?: Through,
): Parties {
  const nameOf = (house: Agency | string) => (typeof house === 'string' ? house : house.name);
  const distinct = houses.filter(
    (house, at) => houses.findIndex((other) => nameOf(other) === nameOf(house)) === at,
  );
  const providers = distinct.filter((house) => typeof house !== 'string' && house.isProvider);
  const last = distinct.at(-1);
  const passing = through ? undefined : (providers.at(-1) ?? (distinct.length > 1 ? last : undefined));
  const provider = through?.provider ?? (passing && nameOf(passing));
  const agency = distinct.find((house) => house !== passing && nameOf(house) !== provider);
  const first = agency ?? passing;
  const known =
    typeof first === 'object'
      ? first
      : ((distinct.find((house) => typeof house === 'object') as Agency | undefined) ?? through?.agency);
  const isHandout =
    publicBodyIn((typeof agency === 'string' ? agency : '') || (creators[0] ?? '')) !== undefined;
  return {
    ...creatorNamed(creators),
    ...(agency ? { agency: nameOf(agency) } : {}),
    ...(provider ? { provider } : {}),
    category:
      isHandout && (!known || known.category === 'OTHER' || !agency || typeof agency === 'string')
        ? 'HANDOUT'
        : (known?.category ?? 'OTHER'),
  };
}
