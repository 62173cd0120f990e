/**
 * What code is made of that is generated from a plan. Nothing comes into it but names of GraphQL, which are letters,
 * digits and "_", numbers, and texts that are quoted: no caller can put code into it.
 */

/** Names that every object has something for, whether or not the answer does. */
const inherited = new Set([...Object.getOwnPropertyNames(Object.prototype), '__proto__']);

const isName = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Code that reads the property `name` of `object`, as undefined where the object has none of its own. */
export function read(object: string, name: string): string {
  if (!isName.test(name)) throw new Error(`Expected a name of GraphQL, but got: ${JSON.stringify(name)}.`);
  return inherited.has(name) ? `own(${object},${quoted(name)})` : `${object}.${name}`;
}

/** Code of the text itself. U+2028 and U+2029 are line ends to code, but not to JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}

/** The value of `code`, in which the names of `scope` mean what stands there. */
export function evaluate<Value>(code: string, scope: Readonly<Record<string, unknown>>): Value {
  return new Function(...Object.keys(scope), `"use strict";return ${code}`)(...Object.values(scope)) as Value;
}

/** An object's own property. */
export function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
