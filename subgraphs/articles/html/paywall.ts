/** Where the free part of a story ends: found in the tree and brought out of what would be read out of order. */
import { type Element, findAll, isElement, type Node } from './tree.ts';
import { paywallMark } from './walk.ts';

/** Whether a node is the mark that ends the free part. */
export function isMark(node: Node): boolean {
  return node.type === 'comment' && node.data.trim() === paywallMark;
}

/** Whether the mark stands anywhere below some nodes. */
export function holdsMark(nodes: readonly Node[]): boolean {
  return marksIn(nodes).length > 0;
}

/**
 * Whether some HTML has a mark that its tree does not show as one, as within a text area. Where it stands is
 * not known then, so nothing of the story can be free.
 */
export function hasHiddenMark(html: string, nodes: readonly Node[]): boolean {
  const written = html.split(`<!--${paywallMark}-->`).length - 1;
  return (
    written > 0 &&
    written > marksIn(nodes).filter((it) => it.type === 'comment' && it.data === paywallMark).length
  );
}

/**
 * Nodes with their first mark outside of every element that is read as a whole, such as a figure, whose caption
 * would become the picture's: such an element is cut in two, and the mark stands between its halves.
 */
export function withFirstMarkFree(nodes: readonly Node[], isWhole: (element: Element) => boolean): Node[] {
  const at = nodes.findIndex((node) => holdsMark([node]));
  const node = nodes[at];
  if (node === undefined || !isElement(node)) return [...nodes];
  if (!isWhole(node)) {
    adopt(node, withFirstMarkFree(node.children, isWhole));
    return [...nodes];
  }
  return [...nodes.slice(0, at), ...cut(node), ...nodes.slice(at + 1)];
}

/** What of an element stands before its first mark, the mark, and what stands after it. */
function cut(element: Element): Node[] {
  const { children, parent } = element;
  const at = children.findIndex((node) => holdsMark([node]));
  const node = children[at] as Node;
  const [before, mark, after] = isElement(node) ? cut(node) : [undefined, node, undefined];
  const rest = element.cloneNode() as Element;
  rest.parent = parent;
  adopt(rest, [...(after ? [after] : []), ...children.slice(at + 1)]);
  adopt(element, [...children.slice(0, at), ...(before ? [before] : [])]);
  return [element, mark as Node, rest];
}

function adopt(parent: Element, children: Node[]): void {
  for (const child of children) child.parent = parent;
  parent.children = children as Element['children'];
}

function marksIn(nodes: readonly Node[]): Node[] {
  const holders = findAll([...nodes], () => true);
  return [nodes, ...holders.map(({ children }) => children)].flatMap((list) => list.filter(isMark));
}
