/**
 * Parts of a text that are not for all of its readers, between the comments by which Ghost marks them:
 * `<!--kg-gated-block:begin nonMember:false memberSegment:"status:-free" -->` and `<!--kg-gated-block:end-->`.
 */
import type { Audience } from '../../trust/entitlement.ts';
import type { HtmlContext } from './walk.ts';

/** A stretch of HTML; without an audience it is for all. */
export interface Part {
  html: string;
  audience?: Audience;
}

type Status = Audience['statuses'][number];
type Notes = Pick<HtmlContext, 'tierId' | 'note'>;

const everybody: readonly Status[] = ['ANONYMOUS', 'FREE', 'PAID', 'COMPED', 'GIFT'];
const nobody: Audience = { statuses: [] };

/** The segments of members that Ghost knows, in its filter language. */
const segments = new Map<string, readonly Status[]>([
  ['status:free', ['FREE']],
  ['status:-free', ['PAID', 'COMPED', 'GIFT']],
  ['status:paid', ['PAID']],
  ['status:-paid', ['FREE', 'COMPED', 'GIFT']],
  ['status:comped', ['COMPED']],
  ['status:-comped', ['FREE', 'PAID', 'GIFT']],
  ['status:gift', ['GIFT']],
]);

/** Every comment that is, or was meant to be, one of the two. It ends where any tag ends. */
const anyMark = /<[!?]-*\s*kg-gated-block[^>]*>?/gi;
const begin = /^<!--\s*kg-gated-block:begin(\s[^>]*?)?-->$/;
const end = /^<!--\s*kg-gated-block:end\s*-->$/;
const parameter = /\s+(\w+):(?:"([^"]*)"|'([^']*)'|([^"'\s]+))/y;

const told = {
  parts: 'Parts of the text have an audience of their own and are shown to it alone.',
  unknown: (name: string) =>
    `Expected the audience of a part to be known, but got: "${name.slice(0, 60)}". It adds no readers.`,
  unclear: 'The mark of a part that is not for all readers cannot be read, so readers do not see the part.',
};

/**
 * The text cut at its marks, in order. What is nested is for those alone of whom all marks around it speak. A mark that
 * cannot be read, or that is never ended, closes what follows; an end without a beginning closes what is before it.
 */
export function partsOf(html: string, { tierId, note = () => {} }: Notes): Part[] {
  if (!/kg-gated-block/i.test(html)) return [{ html }];
  const parts: Part[] = [];
  /** The audiences of the marks that are open, each within those around it. */
  const open: Audience[] = [];
  let start = 0;
  /** The first part that a stray end could have been meant for. */
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
      open.push(narrowed(open.at(-1), audienceOf(begin.exec(mark)?.[1], { tierId, note })));
    else if (open.pop() === undefined) {
      note(told.unclear);
      for (const part of parts.slice(unclaimed)) part.audience = nobody;
    }
    if (open.length === 0) unclaimed = parts.length;
  }
  take(html.length);
  if (open.length > 0) note(told.unclear);
  const isForAll = ({ audience }: Part) =>
    audience === undefined || audience.statuses.length === everybody.length;
  if (!parts.every(isForAll)) note(told.parts);
  return parts.map((part) => (isForAll(part) ? { html: part.html } : part));
}

/** HTML between its marks. The marks within it keep their pairs, so that nothing of it can end the outer one. */
export function gatedHtml(html: string, nonMember: boolean, memberSegment: string): string {
  const segment = /^[\w:,.-]*$/.test(memberSegment) ? memberSegment : '';
  return `${markOf(nonMember, segment)}${balanced(html)}<!--kg-gated-block:end-->`;
}

/** HTML of blocks for one audience, as an editor sends it back. */
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
  const kept = html.replace(anyMark, (mark) => {
    const isEnd = end.test(mark);
    if (isEnd && depth === 0) return '';
    depth += isEnd ? -1 : 1;
    return mark;
  });
  return kept + '<!--kg-gated-block:end-->'.repeat(depth);
}

/** What the parameters of a mark say; nobody where they are not as Ghost writes them. */
function audienceOf(parameters: string | undefined, { tierId, note = () => {} }: Notes): Audience {
  const said = parametersIn(parameters?.trimEnd());
  if (!said || [...said.keys()].some((name) => name !== 'nonMember' && name !== 'memberSegment')) {
    note(told.unclear);
    return nobody;
  }
  const statuses = new Set<Status>(said.get('nonMember') === 'true' ? ['ANONYMOUS'] : []);
  const tierIds = new Set<string>();
  for (const text of (said.get('memberSegment') ?? '').split(',')) {
    const segment = text.trim();
    const [, slug] = /^(?:tiers?|product):([\w-]+)$/.exec(segment) ?? [];
    const tier = slug === undefined ? undefined : tierId?.(slug);
    if (tier !== undefined) tierIds.add(tier);
    const known = segments.get(segment);
    if (!known && tier === undefined && segment !== '') note(told.unknown(segment));
    for (const status of known ?? []) statuses.add(status);
  }
  return audience(statuses, tierIds);
}

/** The parameters by name; undefined where there are none, one comes twice, or something else stands between them. */
function parametersIn(text: string | undefined): Map<string, string> | undefined {
  if (text === undefined) return undefined;
  const found = new Map<string, string>();
  parameter.lastIndex = 0;
  while (parameter.lastIndex < text.length) {
    const [, name, ...values] = parameter.exec(text) ?? [];
    if (name === undefined || found.has(name)) return undefined;
    found.set(name, values.find((value) => value !== undefined) ?? '');
  }
  return found.size === 0 ? undefined : found;
}

/** Those who are of both. A tier of one counts where the other has it too, or all members. */
function narrowed(one: Audience | undefined, other: Audience): Audience {
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
