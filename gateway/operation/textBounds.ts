/** Measures an operation's text before it is parsed. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The maximum nesting of brackets in an operation's text, except in strings and comments. */
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
 * The maximum number of directives at one place of an operation's text, such as a field or a fragment. Stops counting
 * at `most` + 1.
 */
export function directivesOf(text: string, most: number): number {
  // By nesting depth: a directive's arguments do not end its list of directives.
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

/** Ignored tokens: white space, line ends, commas and the byte order mark. */
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

/** The nesting depth of objects and lists in `value`; stops at `most` + 1. */
export function depthOf(value: unknown, most: number): number {
  // Most variables are flat.
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
    // A single-line string ends with its line; the parser reports an unterminated one.
    else if (code === 0x22 || code === 0x0a || code === 0x0d) return at;
  }
  return text.length;
}

/** The number of root fields of an operation, including those in fragments; aliases count separately. */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  // Cached, since fragments may spread one another many times.
  const counts = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => sum + countOf(selection), 0);
  const countOf = (selection: SelectionNode): number => {
    if (selection.kind === Kind.FIELD) return 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return count(selection.selectionSet);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    const counted = counts.get(name) ?? (fragment ? count(fragment.selectionSet) : 0);
    counts.set(name, counted);
    return counted;
  };
  return count(operation.selectionSet);
}
