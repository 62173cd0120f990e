/** The nodes of a Lexical document, of which nothing is certain but that they are objects. */

/** What it holds depends on its type. */
export type LexicalNode = Readonly<Record<string, unknown>>;

/** Told of what is left out, in a sentence for the report. */
export type Note = (text: string) => void;

export function isNode(value: unknown): value is LexicalNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of a node, or none. */
export function text(node: LexicalNode, name: string): string {
  const value = node[name];
  return typeof value === 'string' ? value : '';
}
