/**
 * Links within a text: their targets are found before the walk and get prefixed ids, which no other element of a page
 * has.
 */
import type { Block } from '../blocks.ts';
import { anchorsOf } from '../story/anchors.ts';
import { type Element, findAll, isElement, type Node, parseHtml } from './tree.ts';

export interface Anchors {
  /** By the target's original id: its new id. */
  names: ReadonlyMap<string, string>;
  /** Headings already have anchors: the heading blocks, by the ids in links to them. */
  headings: Map<string, Block>;
}

const before = 'in-';
const mostTargets = 1_000;

const heading = /^h[1-6]$/;
/** Elements that cannot hold text directly. */
const closed = /^(?:table|tbody|thead|tfoot|tr|ul|ol|menu|dl|figure|pre|hr|img|iframe|embed|audio|video|br)$/;

/** Finds link targets in the trees of one text, and inserts an `<a id>` at the start of each. */
export function openAnchors(trees: readonly Node[][]): Anchors {
  const targetIds = new Set<string>();
  for (const { attribs } of findAll(trees.flat(), ({ name }) => name === 'a')) {
    const id = fragmentOf(attribs.href);
    if (id !== undefined && targetIds.size < mostTargets) targetIds.add(id);
  }
  const names = new Map<string, string>();
  if (targetIds.size > 0) for (const tree of trees) mark(tree, targetIds, names, false);
  return { names, headings: new Map() };
}

/** The target id of a link within the same text. */
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
  targetIds: ReadonlySet<string>,
  names: Map<string, string>,
  isHeading: boolean,
): void {
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at] as Node;
    if (!isElement(node)) continue;
    const id = idOf(node);
    const isNew = id !== undefined && targetIds.has(id) && !names.has(id);
    if (isNew) names.set(id, nameOf(id));
    const isIn = isHeading || heading.test(node.name);
    mark(node.children as Node[], targetIds, names, isIn);
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

/** Replaces links to headings by links to the headings' anchors. */
export function withHeadingLinks(blocks: Block[], { names, headings }: Anchors): Block[] {
  if (headings.size === 0) return blocks;
  const anchors = anchorsOf(blocks);
  const replaced = new Map<string, string>();
  for (const [id, block] of headings) {
    const anchor = anchors.get(block);
    if (anchor !== undefined) replaced.set(`href="#${names.get(id)}"`, `href="#${anchor}"`);
  }
  const link = (html: string) => html.replace(/href="#[^"]*"/g, (link) => replaced.get(link) ?? link);
  return blocks.map((block) => mapHtml(block, link));
}

function mapHtml(block: Block, link: (html: string) => string): Block {
  if ('items' in block) return { ...block, items: block.items.map(link) };
  if ('rows' in block) {
    const header = block.header && { header: block.header.map(link) };
    return { ...block, ...header, rows: block.rows.map((cells) => cells.map(link)) };
  }
  return 'html' in block && block.html !== undefined && block.kind !== 'embed'
    ? { ...block, html: link(block.html) }
    : block;
}
