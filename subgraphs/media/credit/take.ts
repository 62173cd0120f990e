/** Takes the credit out of a caption: who made the picture, for whom, and who passed it on. */
import type { CreditContent } from '../content.ts';
import { agencyNamed, publicBodyIn } from './agencies.ts';
import {
  isName,
  type Parties,
  readAgency,
  readClient,
  readNamed,
  readParties,
  readSlashed,
} from './parties.ts';

export interface TakenCredit {
  /** What is left of the caption; left out where nothing is. */
  caption?: string;
  credit?: CreditContent;
}

/** Longer ones are prose, whatever they end with. */
const longestCredit = 200;
const longestCaption = 3000;

/**
 * The caption and the credit that a text holds. Rather leaves a credit in a caption than takes a caption for
 * one. `credit.original` keeps the credit's words as they stood; caption and original hold every word of the
 * text. Taking from what is left takes nothing more.
 */
export function takeCredit(text: string): TakenCredit {
  let caption = text.trim();
  let credit: CreditContent | undefined;
  for (let taken = takeOne(caption); taken; taken = takeOne(caption)) {
    const { parties, rest, original } = taken;
    credit = { ...parties, ...credit, original: [original, credit?.original].filter(Boolean).join(' ') };
    caption = rest;
  }
  return { ...(caption === '' ? {} : { caption }), ...(credit ? { credit } : {}) };
}

interface Taken {
  parties: Parties;
  rest: string;
  original: string;
}

function takeOne(text: string): Taken | undefined {
  if (text === '' || text.length > longestCaption) return undefined;
  return takeBracket(text) ?? takeWhole(text) ?? takeSentence(text) ?? takeTail(text) ?? takeLicensed(text);
}

/** "(Seong Joon Cho/Bloomberg via Getty Images)" at the end. */
function takeBracket(text: string): Taken | undefined {
  const [, rest = '', inside = ''] = /^(.*?)\s*[([]([^()[\]]{2,200})[)\]]\s*\.?$/s.exec(text) ?? [];
  if (inside === '' || (rest === '' && /^\s*$/.test(inside))) return undefined;
  const isAfterSentence = /[.!?…]["”’]?$/.test(rest);
  const parties =
    readCredit(inside) ??
    readClient(bare(inside)) ??
    (isAfterSentence ? (readAgency(inside) ?? readSlashed(bare(inside))) : undefined);
  return parties && { parties, rest, original: text.slice(rest.length).trim() };
}

function takeWhole(text: string): Taken | undefined {
  const parties = text.length <= longestCredit ? readCredit(text) : undefined;
  return parties && { parties, rest: '', original: text };
}

const sentenceEnd = /[.!?…]["”’)\]]*\s+|\n+|\s+[–—|]\s+/gu;

/** "A caption. Photo by Name, GSA." */
function takeSentence(text: string): Taken | undefined {
  const starts = [...text.matchAll(sentenceEnd)].map(({ index, 0: sign }) => index + sign.length);
  for (const start of starts) {
    const last = text.slice(start);
    if (last.length > longestCredit || last.trim() === '') continue;
    const parties =
      readLabelled(last) ?? (isSigned(last) ? readCredit(last) : readPaper(bare(last))) ?? readHolder(last);
    // The dash that stood before the credit is no word of the caption.
    if (parties)
      return { parties, rest: text.slice(0, start).replace(/\s+[–—|]\s*$|\s+$/u, ''), original: last.trim() };
  }
  return undefined;
}

/** "A long caption, Reuters", "The square, via Getty Images": what stands before is no name. */
function takeTail(text: string): Taken | undefined {
  const [, rest = '', sign = '', last = ''] =
    /^(.*[\p{L}\p{N})"”’.])((?:\s*[,/]\s*)(?:via\s+)?|\s+via\s+)([^,/]{2,40})$/su.exec(text) ?? [];
  const isVia = /via/.test(sign);
  if (!agencyNamed(bare(last)) || (rest.split(/\s+/).length < 5 && !isVia)) return undefined;
  const parties = readParties(isVia ? `via ${bare(last)}` : bare(last));
  return parties && { parties, rest, original: (sign + last).replace(/^[\s,/]+/, '') };
}

/** "Title by Name, CC BY 2.0": the title stays. */
function takeLicensed(text: string): Taken | undefined {
  const unlicensed = withoutLicence(text);
  if (unlicensed === undefined || text.length > longestCredit) return undefined;
  const [, title = '', name = ''] = /^(.+?)[,\s]+by (.+)$/is.exec(unlicensed) ?? [];
  const parties = name === '' ? undefined : { creatorName: name.trim(), category: 'OTHER' as const };
  return parties && { parties, rest: title, original: text.slice(title.length).replace(/^[\s,]+/, '') };
}

/** Whether the words after a sentence are a credit even without a label: they name an agency. */
function isSigned(text: string): boolean {
  return /[/]|\bvia\b/i.test(text) && text.split(/\s+/).length <= 10;
}

/** A sentence that is nothing but the name of a collection: "Library of Congress, Prints & Photographs Division". */
function readHolder(text: string): Parties | undefined {
  const parts = bare(text).split(/,\s*/);
  const holder = [parts[0], parts.at(-1)].find((part) => publicBodyIn(part ?? ''));
  const image = /^(.{2,60}?) (?:\w+ )?(?:image|photo|photograph|picture) from ([^,]{2,40})/i.exec(text);
  if (image && publicBodyIn(image[1] as string))
    return {
      agency: publicBodyIn(image[1] as string) as string,
      provider: image[2] as string,
      category: 'HANDOUT',
    };
  const isList = parts.length > 1 && parts.every((part) => isName(part, 7));
  return holder && isList ? { agency: holder, category: 'HANDOUT' } : undefined;
}

/** Who is named where the whole text is a credit and nothing else. */
function readCredit(text: string): Parties | undefined {
  const labelled = readLabelled(text);
  if (labelled) return labelled;
  const plain = bare(text);
  const unlicensed = withoutLicence(plain);
  if (unlicensed === undefined) return readParties(plain) ?? readPaper(plain);
  const name = bare(unlicensed);
  if (name === '') return undefined;
  return readParties(name) ?? readLabelled(unlicensed) ?? (isName(name, 4) ? readNamed(name) : undefined);
}

const kind =
  '(?:photo(?:s|graphs?|graphy)?|pictures?|images?|illustrations?|graphics?|artwork|video|screenshot|foto|bild|pic)';
const label = new RegExp(
  `^(?:(?:official|file|archive|stock|handout|cover|header|white house|[A-Z][\\w-]* (?=photo|image))\\s*)*(?:${kind}(?:\\s+(?:credits?|source))?|credits?)\\s*(?::|©|\\(c\\)|\\bby\\b:?|/)\\s*(.+)$`,
  'is',
);
const courtesy = new RegExp(
  `^(?:${kind}s?\\s+)?(?:(?:is |are )?(?:provided )?courtesy(?: of|:)?\\s|provided by\\s|handout(?: by\\s|:|\\s*/| from\\s)|supplied by\\s)\\s*(.+)$`,
  'is',
);

/** "Photo by Name", "Image courtesy of GSA", "AFP PHOTO / NAME", "By Name, FTC". */
function readLabelled(text: string): Parties | undefined {
  const plain = bare(text);
  const [, wire = '', shooter = ''] = /^([\p{L}. -]{2,20}?)(?: photos?)?\s*\/\s*([^/]+)$/iu.exec(plain) ?? [];
  const agency = agencyNamed(wire);
  if (agency && isName(shooter, 5) && !agencyNamed(shooter))
    return { creatorName: shooter, agency: agency.name, category: agency.category };
  const [, giver] = courtesy.exec(plain) ?? [];
  if (giver !== undefined) return readGiver(giver);
  const [, named] = label.exec(plain) ?? [];
  const unlicensed = named === undefined ? undefined : bare(withoutLicence(named) ?? named);
  if (unlicensed !== undefined && unlicensed !== '') {
    const [, courteous] = courtesy.exec(unlicensed) ?? [];
    const parties = courteous === undefined ? readNamed(unlicensed) : readGiver(courteous);
    const isOfficial = /^official white house/i.test(plain);
    return parties && (isOfficial ? { agency: 'White House', ...parties, category: 'HANDOUT' } : parties);
  }
  const [, maker = '', person = ''] = /^(.{2,40}?) photo(?:graph)? by (.+)$/i.exec(plain) ?? [];
  if (publicBodyIn(maker) && isName(person, 6))
    return { creatorName: person, agency: maker, category: 'HANDOUT' };
  const [, owner] = /^©\s*(?:\d{4},?\s+)?(.+)$/s.exec(text.trim()) ?? [];
  if (owner !== undefined) return readNamed(bare(owner)) ?? readSlashed(bare(owner));
  // "By the sea" and "By Lake Geneva" are places; who is named with a body is not.
  const [, author] = /^by\s+(.+,.+|.+\bvia\b.+)$/is.exec(plain) ?? [];
  const writer = author && bare(withoutLicence(author) ?? author);
  return writer && (isName(writer, 6) || /\bvia\b/.test(writer)) ? readNamed(writer) : undefined;
}

function readGiver(giver: string): Parties | undefined {
  const name = giver.split(/,\s*/)[0] as string;
  if (giver.split(/\s+/).length > 15 || !/^(?:the )?[\p{Lu}\p{N}@]/u.test(name)) return undefined;
  const isPerson = giver !== name && isName(name, 3) && !publicBodyIn(name);
  return isPerson
    ? { creatorName: name, category: 'HANDOUT' }
    : { agency: name.replace(/^the /, ''), category: 'HANDOUT' };
}

const licences =
  /[\s,;(["]*(?:(?:is |are )?licen[sc]ed under )?(?:(?:a )?(?:CC[ -](?:BY|0)|CC0|Creative Commons (?:Attribution|BY|0|licen[sc]e|zero))[\w .-]*|public domain)[)\].\s]*$/i;

/** The text before a licence at its end; undefined where there is none. */
function withoutLicence(text: string): string | undefined {
  const found = licences.exec(text);
  return found ? text.slice(0, found.index).trim() : undefined;
}

/** Without what surrounds a credit and names nobody. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^[([\s]+(?=[^)\]]*$)|^©\s*/u, '')
    .replace(/(?:,|\/)\s*file(?: photo)?\.?$/i, '')
    .replace(/(?<![\s.]\p{Lu}|\b(?:Ltd|Inc|Co|Jr|Sr))[.;,\s]+$/u, '')
    .trim();
}

function readPaper(text: string): Parties | undefined {
  const parties = readClient(text);
  return parties && / for The /.test(text) ? parties : undefined;
}
