/** How large an operation may be before anything reads it: a cheap look at its text, ahead of the parser. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The deepest nesting of brackets in the text of an operation; brackets in strings and comments count for nothing. */
export function nestingOf(text: string): number {
  let open = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: // [
      case 0x28: // (
        open++;
        if (open > deepest) deepest = open;
        break;
      case 0x7d: // }
      case 0x5d: // ]
      case 0x29: // )
        open--;
        break;
      case 0x23: // # to the end of the line
        at = endOfLine(text, at);
        break;
      case 0x22: // "
        at = endOfString(text, at);
        break;
    }
  }
  return deepest;
}

/**
 * The most directives at one place of an operation, such as a field or a fragment, by a look at its text. Stops counting at
 * one beyond `most`.
 */
export function directivesOf(text: string, most: number): number {
  // By depth: the arguments of a directive do not end the list that it stands in.
  const counts = [0];
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x40) {
      const count = (counts[depth] ?? 0) + 1;
      counts[depth] = count;
      if (count > deepest) deepest = count;
      if (deepest > most) return deepest;
      at = endOfName(text, endOfIgnored(text, at + 1)) - 1;
    } else if (code === 0x28) counts[++depth] = 0;
    else if (code === 0x29) depth = Math.max(0, depth - 1);
    else if (isIgnored(code)) continue;
    else if (code === 0x23) at = endOfLine(text, at);
    else {
      if (code === 0x22) at = endOfString(text, at);
      counts[depth] = 0;
    }
  }
  return deepest;
}

/** White space, line ends, commas and the byte order mark, which separate tokens and mean nothing. */
function isIgnored(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x2c || code === 0xfeff;
}

function endOfIgnored(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x23) at = endOfLine(text, at);
    else if (!isIgnored(code)) break;
  }
  return at;
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\w/.test(text.charAt(at))) at++;
  return at;
}

/** How deep objects and lists lie in each other in `value`, not looking further than one beyond `most`. */
export function depthOf(value: unknown, most: number): number {
  // Most variables are numbers and texts side by side.
  if (isFlat(value)) return 1;
  let level: unknown[] = [value];
  for (let depth = 0; ; depth++) {
    const nests = level.filter(isObject);
    if (nests.length === 0 || depth > most) return depth;
    level = nests.flatMap((item) => Object.values(item) as unknown[]);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function isFlat(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (isObject((value as Record<string, unknown>)[key])) return false;
  return true;
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  if (text.startsWith('"""', from)) {
    let end = text.indexOf('"""', from + 3);
    while (end > 0 && text.charCodeAt(end - 1) === 0x5c) end = text.indexOf('"""', end + 3);
    return end < 0 ? text.length : end + 2;
  }
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    // A string of one line ends with the line, closed or not: the parser will say so.
    else if (code === 0x22 || code === 0x0a || code === 0x0d) return at;
  }
  return text.length;
}

/** The fields at the root of an operation, those of its fragments included, aliases counted one by one. */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  // Where fragments spread one another by the dozen, what was counted once is known.
  const known = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => sum + countOf(selection), 0);
  const countOf = (selection: SelectionNode): number => {
    if (selection.kind === Kind.FIELD) return 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return count(selection.selectionSet);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    const counted = known.get(name) ?? (fragment ? count(fragment.selectionSet) : 0);
    known.set(name, counted);
    return counted;
  };
  return count(operation.selectionSet);
}
