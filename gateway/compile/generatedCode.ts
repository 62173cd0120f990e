/**
 * Building blocks of generated code. It consists of GraphQL names (letters, digits and "_"), numbers and quoted
 * strings only, so that no client can inject code.
 */

/** Names of properties that every object inherits. */
const inherited = new Set([...Object.getOwnPropertyNames(Object.prototype), '__proto__']);

const isName = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Generates code that reads the own property `name` of `object`. Throws if it is not a GraphQL name. */
export function read(object: string, name: string): string {
  if (!isName.test(name)) throw new Error(`Expected a name of GraphQL, but got: ${JSON.stringify(name)}.`);
  return inherited.has(name) ? `own(${object},${quoted(name)})` : `${object}.${name}`;
}

/** Generates a string literal. U+2028 and U+2029 are line terminators in code, but not in JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}

/** Evaluates `code` with the names of `scope` as variables. */
export function evaluate<Value>(code: string, scope: Readonly<Record<string, unknown>>): Value {
  return new Function(...Object.keys(scope), `"use strict";return ${code}`)(...Object.values(scope)) as Value;
}

/** The value of an object's own property, otherwise undefined. */
export function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
