/** Parses HTML to a tree: tolerant, with limited depth. */
import {
  DomHandler,
  DomUtils,
  Parser,
  type ParserOptions,
  Tokenizer,
  type TokenizerCallbacks,
} from 'htmlparser2';

export type Node = DomHandler['dom'][number];
export type Element = Extract<Node, { attribs: object }>;

/** Deeper than any editor nests; deeper elements lose their tags and keep their text. */
const deepest = 100;

/** Parses a document or a fragment; accepts any input. */
export function parseHtml(html: string): Node[] {
  const handler = new DepthHandler();
  const options: ShallowOptions = { decodeEntities: true, Tokenizer: ShallowTokenizer, handler, html };
  new Parser(handler, options).end(html);
  return handler.dom;
}

interface ShallowOptions extends ParserOptions {
  handler: DepthHandler;
  html: string;
}

/** Counts the open elements. */
class DepthHandler extends DomHandler {
  depth = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.depth -= 1;
    super.onclosetag();
  }
}

/**
 * Hides the tags of elements beyond the depth limit from the parser, which would search all open elements for each of
 * them.
 */
class ShallowTokenizer extends Tokenizer {
  constructor(options: object, parser: TokenizerCallbacks) {
    super(options, shallow(parser, options as ShallowOptions));
  }
}

/** Elements that hold only text, and void elements; they do not nest. */
const flat = new Set(
  'script style title textarea xmp area base br col embed hr img input link meta param source track wbr'.split(
    ' ',
  ),
);

function shallow(parser: TokenizerCallbacks, { handler, html }: ShallowOptions): TokenizerCallbacks {
  let isKept = true;
  /** The number of hidden open elements by name. */
  const open = new Map<string, number>();
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase();
  return {
    onopentagname(start, end) {
      const name = handler.depth < deepest ? '' : nameAt(start, end);
      isKept = name === '' || flat.has(name);
      if (isKept) parser.onopentagname(start, end);
      else open.set(name, (open.get(name) ?? 0) + 1);
    },
    onclosetag(start, end) {
      const name = open.size === 0 ? '' : nameAt(start, end);
      const count = open.get(name);
      if (count === undefined) parser.onclosetag(start, end);
      else if (count > 1) open.set(name, count - 1);
      else open.delete(name);
    },
    onopentagend: (end) => void (isKept && parser.onopentagend(end)),
    onselfclosingtag: (end) => void (isKept && parser.onselfclosingtag(end)),
    onattribname: (start, end) => void (isKept && parser.onattribname(start, end)),
    onattribdata: (start, end) => void (isKept && parser.onattribdata(start, end)),
    onattribentity: (character) => void (isKept && parser.onattribentity(character)),
    onattribend: (quote, end) => void (isKept && parser.onattribend(quote, end)),
    oncdata: (start, end, offset) => parser.oncdata(start, end, offset),
    oncomment: (start, end, offset) => parser.oncomment(start, end, offset),
    ondeclaration: (start, end) => parser.ondeclaration(start, end),
    onend: () => parser.onend(),
    onprocessinginstruction: (start, end) => parser.onprocessinginstruction(start, end),
    ontext: (start, end) => parser.ontext(start, end),
    ontextentity: (character, end) => parser.ontextentity(character, end),
  };
}

export function isElement(node: Node): node is Element {
  return DomUtils.isTag(node);
}

export function hasClass(element: Element, name: string): boolean {
  return (element.attribs.class ?? '').split(/\s+/).includes(name);
}

/** The first matching element in a subtree, including its root. */
export function findOne(element: Element, fits: (element: Element) => boolean): Element | undefined {
  return (DomUtils.findOne((it) => fits(it as Element), [element], true) as Element | null) ?? undefined;
}

export function findAll(nodes: Node[], fits: (element: Element) => boolean): Element[] {
  return DomUtils.findAll((it) => fits(it as Element), nodes) as Element[];
}

/** The text of a subtree on one line, without scripts. */
export function textOf(nodes: Node | readonly Node[]): string {
  return spacedText([nodes].flat()).replace(/\s+/g, ' ').trim();
}

const ownLine = /^(?:p|div|li|ol|ul|tr|h[1-6])$/;

/** The text of a subtree with its line breaks and spaces. */
export function rawTextOf(element: Element): string {
  let text = '';
  const add = (nodes: readonly Node[]) => {
    for (const node of nodes) {
      if (node.type === 'text') text += node.data;
      else if (!isElement(node)) continue;
      else if (node.name === 'br') text += '\n';
      else if (ownLine.test(node.name)) {
        if (text !== '' && !text.endsWith('\n')) text += '\n';
        add(node.children);
        if (!text.endsWith('\n')) text += '\n';
      } else add(node.children);
    }
  };
  add(element.children);
  return text;
}

const lines = /^(br|p|div|li|h[1-6]|t[dhr]|dt|dd|blockquote|figcaption|section|article)$/;

function spacedText(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.data;
      if (!isElement(node) || node.name === 'script' || node.name === 'style') return '';
      const text = spacedText(node.children);
      return lines.test(node.name) ? ` ${text} ` : text;
    })
    .join('');
}
