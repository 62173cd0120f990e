/** Finds words that may not leave in answers of any form: JSON, XML or HTML, in text and in attributes. */
import { parseDocument } from 'htmlparser2';
import type { Block } from '../../subgraphs/articles/blocks.ts';
import { plainText, textOf } from '../../subgraphs/articles/story/words.ts';

type Nodes = ReturnType<typeof parseDocument>['children'];

/** Stands between what is not one text. */
const apart = '\u2029';

/** So many words in a row are no accident. */
const run = 6;

/** Shorter ones stand in many stories. */
const shortest = 40;

export interface LeakCheck {
  /** Sentences that are looked for. */
  sentences: number;
  /**
   * The first run of words in an answer's text that is behind a paywall and nowhere else, but for the stories that its reader may
   * read; those that anybody may read, unless said.
   */
  leakIn(text: string, mayRead?: (id: string) => boolean): string | undefined;
}

interface Gated {
  id: string;
  /** Its blocks behind a paywall. */
  gated: readonly Block[];
}

/** What stands in `open` too is no secret. */
export function openLeakCheck(
  stories: readonly Gated[],
  open: readonly string[],
  anybodyMayRead: (id: string) => boolean = () => false,
): LeakCheck {
  const isOpen = new Set(open.flatMap((text) => runsOf(wordsOf(text))));
  const openWords = open.map((text) => wordsOf(text).join(' ')).join('\n');
  const owners = new Map<string, Set<string>>();
  let sentences = 0;
  for (const { id, gated } of stories)
    for (const sentence of gated.flatMap((block) => [...sentencesOf(textOf(block)), ...captionsOf(block)])) {
      if (sentence.length < shortest || openWords.includes(wordsOf(sentence).join(' '))) continue;
      sentences += 1;
      for (const words of runsOf(wordsOf(sentence)))
        if (!isOpen.has(words)) owners.set(words, (owners.get(words) ?? new Set()).add(id));
    }
  return {
    sentences,
    leakIn: (text, mayRead = anybodyMayRead) =>
      text
        .split(apart)
        .flatMap((part) => runsOf(wordsOf(part)))
        .find((words) => {
          const ids = owners.get(words);
          return ids && ![...ids].some(mayRead);
        }),
  };
}

/** The sentences of a story that a text lacks, in the words that readers see. */
export function missingIn(text: string, blocks: readonly Block[]): string[] {
  const words = ` ${wordsOf(text).join(' ')} `;
  return blocks
    .flatMap((block) => textsOf(block).flatMap(sentencesOf))
    .filter(
      (sentence) => !words.includes(` ${wordsOf(sentence).join(' ')} `) && wordsOf(sentence).length > 0,
    );
}

/** The texts of a block that stand apart in it. */
function textsOf(block: Block): string[] {
  if (block.kind === 'list') return block.items.map(plainText);
  if (block.kind === 'table') return [...(block.header ?? []), ...block.rows.flat()].map(plainText);
  if (block.kind === 'quote') return [plainText(block.html), block.citation ?? ''];
  return [textOf(block)];
}

export const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/).map((one) => one.trim());

const captionsOf = (block: Block): string[] =>
  block.kind === 'image' ? [plainText(block.caption ?? ''), plainText(block.altText ?? '')] : [];

/** An address is no secret: the same page may be named anywhere. */
const address = /\b(?:https?:\/\/|www\.)[^\s<>"]+/g;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(address, ' ')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function runsOf(words: readonly string[]): string[] {
  const runs: string[] = [];
  for (let start = 0; start + run <= words.length; start++)
    runs.push(words.slice(start, start + run).join(' '));
  return runs;
}

/** Everything that somebody can read in an answer, whatever they do to it. */
export function readable(body: string): string {
  if (/^\s*[{[]/.test(body))
    return textsIn(JSON.parse(body))
      .map((text) => ofMarkup(text))
      .join(apart);
  return body.startsWith('<?xml') ? ofMarkup(ofMarkup(body, true)) : ofMarkup(body);
}

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function ofMarkup(text: string, xmlMode = false): string {
  if (!/[<&]/.test(text)) return text;
  const parts: string[] = [];
  const aside: string[] = [];
  collect(parseDocument(text, { xmlMode, decodeEntities: true }).children, parts, aside);
  return [parts.join(''), ...aside].join(apart);
}

/** Within a line a tag parts no word. */
const inline = new Set(['a', 'b', 'code', 'em', 'i', 'mark', 's', 'span', 'strong', 'sub', 'sup']);

function collect(nodes: Nodes, parts: string[], aside: string[]): void {
  for (const node of nodes) {
    if ('attribs' in node) for (const value of Object.values(node.attribs)) aside.push(value);
    const isInline = node.type === 'text' || ('name' in node && inline.has(node.name));
    if (!isInline) parts.push(apart);
    if ('data' in node) parts.push(node.data);
    if ('children' in node) collect(node.children as Nodes, parts, aside);
    if (!isInline) parts.push(apart);
  }
}
