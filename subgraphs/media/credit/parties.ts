/** Who is named in a credit: its text to creator, agency and provider. */
import type { CreditContent, SourceCategory } from '../content.ts';
import { type Agency, agencyNamed, publicBodyIn, standsAlone } from './agencies.ts';

export type Parties = Pick<CreditContent, 'creatorName' | 'agency' | 'provider' | 'category'>;

const particles = new Set(
  'de da do dos das di du del della der den van von ten ter la le el al bin bint ibn y e of the and & for und et'.split(
    ' ',
  ),
);
const company = /^(?:ltd|inc|llc|gmbh|co|corp|plc|jr|sr|md|phd)\.?$/i;

/** Whether a text can be the name of a person, a studio or a body: a few words, each with a capital, no article. */
export function isName(text: string, mostWords = 5): boolean {
  const words = text.trim().split(/\s+/);
  return (
    words.length <= mostWords &&
    !/^(?:the|an?) /i.test(text.trim()) &&
    /^[\p{Lu}\p{N}@"“]/u.test(text.trim()) &&
    words.every(
      (word) => particles.has(word) || /^[("“@]*[\p{Lu}\p{N}][\p{L}\p{M}\p{N}.'’"”&@_,)-]*$/u.test(word),
    )
  );
}

/** Whether a text can be what somebody is called on a picture site: one word. */
function isHandle(text: string): boolean {
  return /^[@\p{L}\p{N}_-][\p{L}\p{N}._-]{0,39}$/u.test(text.trim());
}

/** Stands where a whole credit is read with nothing around it to prove that it is one. */
export function readParties(text: string): Parties | undefined {
  const via = /^(.*?)[\s,[\]/]*\bvia\s+(.+)$/i.exec(text);
  if (via) return readVia(via[1] as string, via[2] as string);
  const parts = partsOf(text);
  const tail = tailOf(parts);
  if (tail.length === 0) return readPublicBody(text, parts) ?? readStaff(text, parts);
  const heads = parts.slice(0, parts.length - tail.length);
  if (heads.length === 0) return tail.length > 1 || standsAlone(text) ? partiesOf([], tail) : undefined;
  const areNames =
    heads.length <= 2 && heads.every((head) => isName(head, 6) || isHandle(head) || isLowerName(head));
  return areNames ? partiesOf(heads, tail) : undefined;
}

/** An agency alone, its letters perhaps those of something else. */
export function readAgency(text: string): Parties | undefined {
  const agency = agencyNamed(text);
  return agency && partiesOf([], [agency]);
}

/** Who is named where a label such as "Photo by" has shown that the text names somebody. */
export function readNamed(text: string): Parties | undefined {
  const proven = readParties(text);
  if (proven) return proven;
  const site = /^(.+?)\s+(?:on|from|at)\s+([\w.+ ]{2,20})$/i.exec(text);
  const siteAgency = site && agencyNamed(site[2] as string);
  if (site && siteAgency && (isName(site[1] as string) || isHandle(site[1] as string)))
    return partiesOf([site[1] as string], [siteAgency]);
  const client = readClient(text);
  if (client) return client;
  const [name = '', ...rest] = partsOf(text);
  // One word without a capital, a number or a sign is a word before it is a name.
  if (!isName(name, 6) && !(rest.length === 0 && isHandle(name) && /[\p{Lu}\p{N}@_]/u.test(name)))
    return undefined;
  if (rest.length === 0) return { creatorName: name, category: publicBodyIn(name) ? 'HANDOUT' : 'OTHER' };
  const [body = ''] = rest;
  return rest.length === 1 && isName(body, 6)
    ? { creatorName: name, agency: body, category: publicBodyIn(body) ? 'HANDOUT' : 'OTHER' }
    : undefined;
}

const paper =
  /\b(?:Courier|Times|Post|Guardian|Herald|Tribune|Journal|Gazette|News|Globe|Observer|Chronicle|Register|Star|Sun|Press|Telegraph|Independent|Examiner|Mail|Express|Standard|Inquirer|Record|Review|Reporter|Daily|Weekly|Magazine|Bee|Sentinel|Dispatch|Advertiser|Argus|Echo|Mirror|Mercury|Bulletin|Citizen|Ledger|Atlantic|Economist|ProPublica|Intercept|NPR|BBC|CNN)$/;

/** "Name for The Courier": a freelance and the paper that sent them. */
export function readClient(text: string): Parties | undefined {
  const [, name = '', client = ''] = /^(.+?) for (.+)$/.exec(text) ?? [];
  const isClient = isName(client.replace(/^The /, ''), 5);
  if (!isPerson(name) || !isClient) return undefined;
  const agency = agencyNamed(client);
  if (!agency && !paper.test(client)) return undefined;
  return { creatorName: name, agency: agency?.name ?? client, category: agency?.category ?? 'FREELANCE' };
}

function readVia(left: string, right: string): Parties | undefined {
  const name = right.trim();
  const provider = agencyNamed(name);
  if (!provider && !isName(name, 4)) return undefined;
  const shown = provider?.name ?? name;
  const category = provider?.category ?? 'OTHER';
  const before = left.replace(/[\s[(]*public domain$/i, '').trim();
  if (before === '') return provider ? { provider: shown, category } : undefined;
  const parties = readParties(before);
  if (parties)
    return {
      ...parties,
      ...(parties.provider && !parties.agency ? { agency: parties.provider } : {}),
      provider: shown,
      category: parties.category === 'OTHER' || !parties.category ? category : parties.category,
    };
  const [, writer] = /^by\s+(.{2,100})$/i.exec(before) ?? [];
  if (provider && writer) return { creatorName: writer, provider: shown, category };
  const isCreator = provider && (isName(before) || isHandle(before) || isLowerName(before));
  return isCreator ? { creatorName: before, provider: shown, category } : undefined;
}

/** "anton grachev": only beside an agency, which proves it. */
function isLowerName(text: string): boolean {
  return /^(?!(?:the|an?) )[\p{L}\p{M}.'’-]{2,20}(?: [\p{L}\p{M}.'’-]{1,20}){1,2}$/iu.test(text);
}

/** Two to four words of a name. */
function isPerson(text: string): boolean {
  return /\s/.test(text.trim()) && isName(text, 4);
}

/** "Jane Doe/The Courier": a person and a paper, a slash or a bar between. */
function readStaff(text: string, parts: readonly string[]): Parties | undefined {
  const [creatorName = '', agency = ''] = parts;
  const isStaff = /[/|]/.test(text) && parts.length === 2 && isPerson(creatorName) && paper.test(agency);
  return isStaff && isName(agency.replace(/^The /, ''), 5)
    ? { creatorName, agency, category: 'OTHER' }
    : undefined;
}

/**
 * Names with a slash between, for a bracket after a whole sentence: nothing else stands there so, even where
 * nobody knows the agency.
 */
export function readSlashed(text: string): Parties | undefined {
  const [creatorName = '', agency = '', provider, ...more] = partsOf(text);
  const areNames = [agency, provider ?? agency].every((name) => isName(name.replace(/^The /, ''), 5));
  if (!text.includes('/') || more.length > 0 || !isPerson(creatorName) || !areNames) return undefined;
  return { creatorName, agency, ...(provider ? { provider } : {}), category: 'OTHER' };
}

function readPublicBody(text: string, parts: readonly string[]): Parties | undefined {
  const body = publicBodyIn(text);
  if (body === undefined || !isName(text.replace(/\//g, ' '), 8)) return undefined;
  if (parts.length === 1) return isWholeBody(text, body) ? { agency: text, category: 'HANDOUT' } : undefined;
  if (!text.includes('/')) return undefined;
  const last = parts.at(-1) as string;
  const isPerson = parts.length === 2 && /^\p{Lu}\p{Ll}+(?: \p{Lu}\.?)*(?: \p{Lu}[\p{L}'’-]+)+$/u.test(last);
  return isPerson && !publicBodyIn(last)
    ? { creatorName: last, agency: parts[0] as string, category: 'HANDOUT' }
    : { agency: text, category: 'HANDOUT' };
}

/** A body's whole name, not a picture's title that starts with it: "NASA Administrator" names a person. */
function isWholeBody(text: string, body: string): boolean {
  return (
    text === body || /^(?:U\.?S\.? |United States )?Department of (?:the )?\w+$|Administration$/.test(text)
  );
}

/** The parts of a credit by the sign that separates them: a slash, else a comma, else dashes or spaces. */
function partsOf(text: string): string[] {
  const trim = (parts: string[]) => parts.map((part) => part.trim()).filter(Boolean);
  if (text.includes('/')) return trim(text.split('/'));
  if (/[|•·]/.test(text)) return trim(text.split(/[|•·]/));
  if (text.includes(',')) {
    const parts: string[] = [];
    for (const part of trim(text.split(',')))
      if (company.test(part) && parts.length > 0) parts[parts.length - 1] += `, ${part}`;
      else parts.push(part);
    return parts;
  }
  const dashed = trim(text.split(/\s+[–—-]\s+/));
  if (dashed.length > 1) return dashed;
  return wordParts(text);
}

/** "Rawpixel Ltd iStock Thinkstock", "name-surname-istock-getty-images": known names at the end, at least two. */
function wordParts(text: string): string[] {
  const words = text.trim().split(/\s/.test(text.trim()) ? /\s+/ : /-/);
  const tail: string[] = [];
  let end = words.length;
  for (let size = Math.min(3, end); size > 0; size -= 1) {
    const name = words.slice(end - size, end).join(' ');
    if (end - size < 0 || !agencyNamed(name)) continue;
    tail.unshift(name);
    end -= size;
    size = Math.min(3, end) + 1;
  }
  if (tail.length < 2) return [text.trim()];
  return end > 0 ? [words.slice(0, end).join(' '), ...tail] : tail;
}

/** The agencies that the parts end with. */
function tailOf(parts: readonly string[]): Agency[] {
  const tail: Agency[] = [];
  for (const part of [...parts].reverse()) {
    const agency = agencyNamed(part);
    if (!agency) break;
    tail.unshift(agency);
  }
  return tail;
}

function partiesOf(heads: readonly string[], tail: readonly Agency[]): Parties {
  const [creatorName, house] = heads;
  const provider =
    tail.findLast(({ isProvider }) => isProvider) ?? (tail.length > 1 ? tail.at(-1) : undefined);
  const agency = tail.find((it) => it !== provider);
  // The first agency made the picture; who passes it on says less about what kind it is.
  const category: SourceCategory = (agency ?? provider)?.category ?? 'OTHER';
  const agencyName = agency?.name ?? house;
  return {
    ...(creatorName ? { creatorName } : {}),
    ...(agencyName ? { agency: agencyName } : {}),
    ...(provider ? { provider: provider.name } : {}),
    category: publicBodyIn(creatorName ?? '') && category === 'OTHER' ? 'HANDOUT' : category,
  };
}
