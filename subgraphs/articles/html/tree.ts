/** HTML as a tree: parsed forgivingly and never deeper than a walk over it can bear. */
import { DomHandler, DomUtils, Parser } from 'htmlparser2';

export type Node = DomHandler['dom'][number];
export type Element = Extract<Node, { attribs: object }>;

/** Deeper than any editor nests; what stands deeper keeps its text and loses its tags. */
const deepest = 100;

/** The nodes of a document or a part of one; takes anything. */
export function parseHtml(html: string): Node[] {
  const handler = new ShallowHandler();
  new Parser(handler, { decodeEntities: true }).end(html);
  return handler.dom;
}

class ShallowHandler extends DomHandler {
  private depth = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    if (this.depth <= deepest) super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    if (this.depth <= deepest) super.onclosetag();
    this.depth -= 1;
  }
}

export function isElement(node: Node): node is Element {
  return DomUtils.isTag(node);
}

export function hasClass(element: Element, name: string): boolean {
  return (element.attribs.class ?? '').split(/\s+/).includes(name);
}

/** The first element below a node, or the node itself, that fits. */
export function findOne(element: Element, fits: (element: Element) => boolean): Element | undefined {
  return (DomUtils.findOne((it) => fits(it as Element), [element], true) as Element | null) ?? undefined;
}

export function findAll(nodes: Node[], fits: (element: Element) => boolean): Element[] {
  return DomUtils.findAll((it) => fits(it as Element), nodes) as Element[];
}

/** The text below a node as a reader sees it, on one line; no text of scripts. */
export function textOf(nodes: Node | readonly Node[]): string {
  return spacedText([nodes].flat()).replace(/\s+/g, ' ').trim();
}

/** The text below a node with its line breaks and spaces. */
export function rawTextOf(node: Node): string {
  return DomUtils.textContent(node);
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
