/** The paywall mark: found in the tree, and moved out of elements whose content would be reordered. */
import { type Element, findAll, isElement, type Node } from './tree.ts';
import { paywallMark } from './walk.ts';

/** Whether a node is the paywall mark. */
export function isMark(node: Node): boolean {
  return node.type === 'comment' && node.data.trim() === paywallMark;
}

/** Whether any of the nodes contains the paywall mark. */
export function holdsMark(nodes: readonly Node[]): boolean {
  return marksIn(nodes).length > 0;
}

/**
 * Whether the HTML has a mark that the tree does not show as a comment, such as one in a text area. Its position is
 * unknown then, so no part of the story is free.
 */
export function hasHiddenMark(html: string, nodes: readonly Node[]): boolean {
  const markCount = html.split(`<!--${paywallMark}-->`).length - 1;
  return (
    markCount > 0 &&
    markCount > marksIn(nodes).filter((it) => it.type === 'comment' && it.data === paywallMark).length
  );
}

/**
 * The nodes with their first mark outside of any element that is converted as a whole, such as a figure, whose caption
 * would become the picture's. Such an element is split in two, with the mark between.
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

/** Splits an element at its first mark: the part before it, the mark, and the part after it. */
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
