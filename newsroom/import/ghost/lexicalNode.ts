/** Nodes of a Lexical document, which are objects of unknown shape. */

/** The fields depend on the type. */
export type LexicalNode = Readonly<Record<string, unknown>>;

/** Receives what is left out, as a sentence for the report. */
export type Note = (text: string) => void;

export function isNode(value: unknown): value is LexicalNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field of a node, or "". */
export function text(node: LexicalNode, name: string): string {
  const value = node[name];
  return typeof value === 'string' ? value : '';
}
