/**
 * Parts of a text with an audience, between the comments that Ghost uses as marks: `<!--kg-gated-block:begin
 * nonMember:false memberSegment:"status:-free" -->` and `<!--kg-gated-block:end-->`.
 */
import type { Audience } from '../../trust/entitlement.ts';
import type { HtmlContext } from './walk.ts';

/** A part of the HTML; without an audience it is for all readers. */
export interface AudiencePart {
  html: string;
  audience?: Audience;
}

type Status = Audience['statuses'][number];
type Notes = Pick<HtmlContext, 'tierId' | 'note'>;

const everybody: readonly Status[] = ['ANONYMOUS', 'FREE', 'PAID', 'COMPED', 'GIFT'];
const nobody: Audience = { statuses: [] };

/** Ghost's member segments, in its filter language. */
const segments = new Map<string, readonly Status[]>([
  ['status:free', ['FREE']],
  ['status:-free', ['PAID', 'COMPED', 'GIFT']],
  ['status:paid', ['PAID']],
  ['status:-paid', ['FREE', 'COMPED', 'GIFT']],
  ['status:comped', ['COMPED']],
  ['status:-comped', ['FREE', 'PAID', 'GIFT']],
  ['status:gift', ['GIFT']],
]);

/** Every comment that is one of the two marks, or a malformed one. It ends where any tag ends. */
const anyMark = /<[!?]-*\s*kg-gated-block[^>]*>?/gi;
const begin = /^<!--\s*kg-gated-block:begin(\s[^>]*?)?-->$/;
const end = /^<!--\s*kg-gated-block:end\s*-->$/;
const parameter = /\s+(\w+):(?:"([^"]*)"|'([^']*)'|([^"'\s]+))/y;

const messages = {
  parts: 'Parts of the text have an audience of their own and are shown to it alone.',
  unknown: (name: string) =>
    `Expected the audience of a part to be known, but got: "${name.slice(0, 60)}". It adds no readers.`,
  unclear: 'The mark of a part that is not for all readers cannot be read, so readers do not see the part.',
};

/**
 * Splits a text at its marks, in order. A nested part is for readers who belong to the audiences of all marks around
 * it. An invalid or unclosed mark hides what follows it; an end without a beginning hides what precedes it.
 */
export function partsOf(html: string, { tierId, note = () => {} }: Notes): AudiencePart[] {
  if (!/kg-gated-block/i.test(html)) return [{ html }];
  const parts: AudiencePart[] = [];
  /** The audiences of the open marks, each intersected with those around it. */
  const open: Audience[] = [];
  let start = 0;
  /** The index of the first part that a stray end mark hides. */
  let unclaimed = 0;
  const take = (until: number) => {
    const piece = html.slice(start, until);
    const audience = open.at(-1);
    if (piece.trim() !== '') parts.push({ html: piece, ...(audience && { audience }) });
  };
  for (const { 0: mark, index } of html.matchAll(anyMark)) {
    take(index);
    start = index + mark.length;
    if (!end.test(mark))
      open.push(intersection(open.at(-1), audienceOf(begin.exec(mark)?.[1], { tierId, note })));
    else if (open.pop() === undefined) {
      note(messages.unclear);
      for (const part of parts.slice(unclaimed)) part.audience = nobody;
    }
    if (open.length === 0) unclaimed = parts.length;
  }
  take(html.length);
  if (open.length > 0) note(messages.unclear);
  const isForAll = ({ audience }: AudiencePart) =>
    audience === undefined || audience.statuses.length === everybody.length;
  if (!parts.every(isForAll)) note(messages.parts);
  return parts.map((part) => (isForAll(part) ? { html: part.html } : part));
}

/** Wraps HTML in marks. Marks inside are balanced, so that none of them ends the outer one. */
export function gatedHtml(html: string, nonMember: boolean, memberSegment: string): string {
  const segment = /^[\w:,.-]*$/.test(memberSegment) ? memberSegment : '';
  return `${markOf(nonMember, segment)}${balanced(html)}<!--kg-gated-block:end-->`;
}

/** Wraps the HTML of blocks with an audience, in the form that editors send back. */
export function audienceHtml(html: string, { statuses, tierIds = [] }: Audience): string {
  const paying = segments.get('status:-free') as Status[];
  const isPaying = paying.every((status) => statuses.includes(status));
  const members = [
    ...(statuses.includes('FREE') ? ['status:free'] : []),
    ...(isPaying
      ? ['status:-free']
      : paying
          .filter((status) => statuses.includes(status))
          .map((status) => `status:${status.toLowerCase()}`)),
    ...tierIds.map((id) => `tier:${id}`),
  ];
  return gatedHtml(html, statuses.includes('ANONYMOUS'), members.join());
}

const markOf = (nonMember: boolean, segment: string) =>
  `<!--kg-gated-block:begin nonMember:${nonMember} memberSegment:"${segment}" -->`;

function balanced(html: string): string {
  let depth = 0;
  const balancedHtml = html.replace(anyMark, (mark) => {
    const isEnd = end.test(mark);
    if (isEnd && depth === 0) return '';
    depth += isEnd ? -1 : 1;
    return mark;
  });
  return balancedHtml + '<!--kg-gated-block:end-->'.repeat(depth);
}

/** The audience in the parameters of a mark; nobody if they are not in Ghost's form. */
function audienceOf(parameters: string | undefined, { tierId, note = () => {} }: Notes): Audience {
  const values = parametersIn(parameters?.trimEnd());
  if (!values || [...values.keys()].some((name) => name !== 'nonMember' && name !== 'memberSegment')) {
    note(messages.unclear);
    return nobody;
  }
  const statuses = new Set<Status>(values.get('nonMember') === 'true' ? ['ANONYMOUS'] : []);
  const tierIds = new Set<string>();
  for (const text of (values.get('memberSegment') ?? '').split(',')) {
    const segment = text.trim();
    const [, slug] = /^(?:tiers?|product):([\w-]+)$/.exec(segment) ?? [];
    const tier = slug === undefined ? undefined : tierId?.(slug);
    if (tier !== undefined) tierIds.add(tier);
    const segmentStatuses = segments.get(segment);
    if (!segmentStatuses && tier === undefined && segment !== '') note(messages.unknown(segment));
    for (const status of segmentStatuses ?? []) statuses.add(status);
  }
  return audience(statuses, tierIds);
}

/** The parameters by name; undefined if there are none, one is repeated, or there is other text. */
function parametersIn(text: string | undefined): Map<string, string> | undefined {
  if (text === undefined) return undefined;
  const byName = new Map<string, string>();
  parameter.lastIndex = 0;
  while (parameter.lastIndex < text.length) {
    const [, name, ...values] = parameter.exec(text) ?? [];
    if (name === undefined || byName.has(name)) return undefined;
    byName.set(name, values.find((value) => value !== undefined) ?? '');
  }
  return byName.size === 0 ? undefined : byName;
}

/** The intersection of two audiences. A tier of one counts if the other has the same tier, or all members. */
function intersection(one: Audience | undefined, other: Audience): Audience {
  if (!one) return other;
  const hasAllMembers = ({ statuses }: Audience) =>
    everybody.every((status) => status === 'ANONYMOUS' || statuses.includes(status));
  const tiers = (mine: Audience, theirs: Audience) =>
    (mine.tierIds ?? []).filter((id) => hasAllMembers(theirs) || theirs.tierIds?.includes(id));
  const statuses = one.statuses.filter((status) => other.statuses.includes(status));
  return audience(new Set(statuses), new Set([...tiers(one, other), ...tiers(other, one)]));
}

function audience(statuses: ReadonlySet<Status>, tierIds: ReadonlySet<string>): Audience {
  return {
    statuses: everybody.filter((status) => statuses.has(status)),
    ...(tierIds.size > 0 && { tierIds: [...tierIds].sort() }),
  };
}
