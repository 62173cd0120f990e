/** Links to a place of the same text: their targets are found before the walk, and get names that no page has of its own. */
import type { Block } from '../blocks.ts';
import { anchorsOf } from '../story/anchors.ts';
import { type Element, findAll, isElement, type Node, parseHtml } from './tree.ts';

export interface Anchors {
  /** Of ids that a link leads to and that are there: the name that the place gets. */
  names: ReadonlyMap<string, string>;
  /** Headings have names already: the blocks that links to these ids lead to. */
  headings: Map<string, Block>;
}

const before = 'in-';
const mostTargets = 1_000;

const heading = /^h[1-6]$/;
/** Elements in which no text can stand. */
const closed = /^(?:table|tbody|thead|tfoot|tr|ul|ol|menu|dl|figure|pre|hr|img|iframe|embed|audio|video|br)$/;

/** Finds them in the trees of one text, and puts an `<a id>` where each target begins. */
export function openAnchors(trees: readonly Node[][]): Anchors {
  const wanted = new Set<string>();
  for (const { attribs } of findAll(trees.flat(), ({ name }) => name === 'a')) {
    const id = fragmentOf(attribs.href);
    if (id !== undefined && wanted.size < mostTargets) wanted.add(id);
  }
  const names = new Map<string, string>();
  if (wanted.size > 0) for (const tree of trees) mark(tree, wanted, names, false);
  return { names, headings: new Map() };
}

/** The id that a link to a place of the same text names. */
export function fragmentOf(href: string | undefined): string | undefined {
  const text = href?.trim() ?? '';
  if (!text.startsWith('#') || text.length < 2 || text.length > 200) return undefined;
  try {
    return decodeURIComponent(text.slice(1));
  } catch {
    return text.slice(1);
  }
}

export const idOf = ({ name, attribs }: Element): string | undefined =>
  attribs.id ?? (name === 'a' ? attribs.name : undefined);

function mark(
  nodes: Node[],
  wanted: ReadonlySet<string>,
  names: Map<string, string>,
  isHeading: boolean,
): void {
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at] as Node;
    if (!isElement(node)) continue;
    const id = idOf(node);
    const isNew = id !== undefined && wanted.has(id) && !names.has(id);
    if (isNew) names.set(id, nameOf(id));
    const isIn = isHeading || heading.test(node.name);
    mark(node.children as Node[], wanted, names, isIn);
    if (!isNew || isIn || node.name === 'a') continue;
    const target = parseHtml('<a></a>')[0] as Element;
    target.attribs.id = id;
    target.parent = closed.test(node.name) ? node.parent : node;
    if (!closed.test(node.name)) node.children.unshift(target);
    else {
      nodes.splice(at, 0, target);
      at += 1;
    }
  }
}

const nameOf = (id: string) => {
  const name = id.replace(/[^\p{Letter}\p{Number}_.:-]+/gu, '-');
  return name.startsWith(before) ? name : before + name;
};

/** The blocks with links to headings by the names that these have. */
export function withHeadingLinks(blocks: Block[], { names, headings }: Anchors): Block[] {
  if (headings.size === 0) return blocks;
  const anchors = anchorsOf(blocks);
  const replaced = new Map<string, string>();
  for (const [id, block] of headings) {
    const anchor = anchors.get(block);
    if (anchor !== undefined) replaced.set(`href="#${names.get(id)}"`, `href="#${anchor}"`);
  }
  const link = (html: string) => html.replace(/href="#[^"]*"/g, (found) => replaced.get(found) ?? found);
  return blocks.map((block) => linked(block, link));
}

function linked(block: Block, link: (html: string) => string): Block {
  if ('items' in block) return { ...block, items: block.items.map(link) };
  if ('rows' in block) {
    const header = block.header && { header: block.header.map(link) };
    return { ...block, ...header, rows: block.rows.map((cells) => cells.map(link)) };
  }
  return 'html' in block && block.html !== undefined && block.kind !== 'embed'
    ? { ...block, html: link(block.html) }
    : block;
}
