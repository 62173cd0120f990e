/** Renders Lexical, the format of Ghost's editor, as the HTML that Ghost writes. */
import { escapeAttribute, escapeText } from '../../../subgraphs/articles/html/inline.ts';
import { quoted, RecordError } from '../records.ts';
import { cardHtml } from './lexicalCards.ts';
import { isNode, type LexicalNode, type Note, text } from './lexicalNode.ts';
import { withVisibility } from './visibility.ts';

const deepest = 100;

/**
 * The HTML of a Lexical document in JSON. A card for some readers is enclosed in Ghost's marks. `note` receives what is
 * left out. Throws a RecordError when the text is not a document or nests too deep.
 */
export function lexicalHtml(json: string, note: Note = () => {}): string {
  return childrenHtml(rootOf(json), 0, note);
}

function rootOf(json: string): LexicalNode {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    throw new RecordError(`Expected a Lexical document, but got: ${quoted(json)}.`);
  }
  const root = isNode(document) ? document.root : undefined;
  if (isNode(root) && Array.isArray(root.children)) return root;
  throw new RecordError('Expected a Lexical document with a root, but got: other JSON.');
}

function nodeHtml(node: LexicalNode, depth: number, note: Note): string {
  const inside = () => childrenHtml(node, depth + 1, note);
  switch (node.type) {
    case 'paragraph':
      return `<p>${inside()}</p>`;
    case 'heading':
    case 'extended-heading': {
      const tag = /^h[1-6]$/.test(String(node.tag)) ? node.tag : 'h2';
      return `<${tag}>${inside()}</${tag}>`;
    }
    case 'quote':
    case 'extended-quote':
      return `<blockquote><p>${inside()}</p></blockquote>`;
    case 'aside':
      return `<blockquote class="kg-blockquote-alt"><p>${inside()}</p></blockquote>`;
    case 'list':
      return listHtml(node, depth, note);
    case 'listitem':
      return `<li>${inside()}</li>`;
    case 'link':
    case 'autolink':
    case 'at-link':
      return `<a href="${escapeAttribute(text(node, 'url'))}">${inside()}</a>`;
    case 'text':
    case 'extended-text':
    case 'tab':
    case 'code-highlight':
      return formatted(text(node, 'text'), Number(node.format) || 0);
    case 'linebreak':
      return '<br>';
    default:
      return cardHtml(node, note) ?? inside();
  }
}

function childrenHtml(node: LexicalNode, depth: number, note: Note): string {
  if (!Array.isArray(node.children)) return '';
  // Leaving the node out would lose its words silently.
  if (depth > deepest)
    throw new RecordError(`Expected a Lexical document of at most ${deepest} levels, but it nests deeper.`);
  return childrenOf(node)
    .map((child) => withVisibility(child, nodeHtml(child, depth, note), note))
    .join('');
}

/** A list item that holds only a list continues the item before it. */
function listHtml(node: LexicalNode, depth: number, note: Note): string {
  if (depth >= deepest) return childrenHtml(node, depth + 1, note);
  const items: string[] = [];
  for (const child of childrenOf(node)) {
    const within = childrenOf(child);
    const isNested =
      child.type === 'listitem' && within.length > 0 && within.every(({ type }) => type === 'list');
    const html = childrenHtml({ children: isNested ? within : [child] }, depth + 1, note);
    const last = items.at(-1);
    if (isNested && last?.endsWith('</li>'))
      items[items.length - 1] = `${last.slice(0, -'</li>'.length)}${html}</li>`;
    else items.push(isNested ? `<li>${html}</li>` : html);
  }
  const inside = items.join('');
  if (node.listType !== 'number' && node.tag !== 'ol') return `<ul>${inside}</ul>`;
  const start = Number(node.start) || 1;
  return `<ol${start === 1 ? '' : ` start="${start}"`}>${inside}</ol>`;
}

const childrenOf = ({ children }: LexicalNode): LexicalNode[] =>
  Array.isArray(children) ? children.filter(isNode) : [];

/** The bits of Lexical's text format and the elements for them. */
const formats: [bit: number, tag: string][] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark'],
];

function formatted(words: string, format: number): string {
  return formats
    .filter(([bit]) => (format & bit) !== 0)
    .reduce((html, [, tag]) => `<${tag}>${html}</${tag}>`, escapeText(words));
}
