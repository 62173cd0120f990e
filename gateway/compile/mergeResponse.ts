/** Merges subgraph responses into the response under construction. */
import type { FetchDataRewrite } from '@apollo/query-planner';
import { type GraphQLSchema, isObjectType, Kind, type SelectionNode } from 'graphql';
import { Decimal } from '../wire/losslessJson.ts';
import { evaluate, own, read } from './generatedCode.ts';
import { type Item, isOfType } from './listItems.ts';

/** Merges `from` into `into`. Returns whether `from` had any of the fields. */
export type Merge = (into: Item, from: Item) => boolean;

/**
 * Compiles a function that merges the selected fields of `from` into `into`. Existing values stay if `from` has null
 * or nothing; objects and lists on both sides are merged recursively. An interface name never replaces an object type
 * name: a subgraph that has the interface as an object does not know the object type (`@interfaceObject`).
 */
export function compileMerge(
  selections: readonly SelectionNode[],
  rewrites: readonly FetchDataRewrite[],
  schema: GraphQLSchema,
): Merge {
  const names = new Map<string, boolean>();
  addNames(names, selections);
  // A renamed field may replace any value.
  for (const one of rewrites)
    names.set(one.kind === 'KeyRenamer' ? one.renameKeyTo : (one.path.at(-1) ?? ''), false);
  const put = (into: Item, name: string, value: unknown) => putField(into, name, value, schema);
  let code = 'function merge(into,from){let v;let had=false;';
  for (const [name, isLeaf] of names) {
    const target = read('into', name);
    code += `v=${read('from', name)};if(v!==undefined){had=true;`;
    const set = isPlain(target) ? `${target}=v;` : `put(into,${JSON.stringify(name)},v);`;
    if (isLeaf && isPlain(target) && name !== '__typename')
      code += `if(v!==null||${target}===undefined)${set}}`;
    else code += `if(${target}===undefined)${set}else put(into,${JSON.stringify(name)},v)}`;
  }
  return evaluate(`${code}return had}`, { own, put });
}

/** Whether a property can be assigned directly. */
const isPlain = (target: string) => !target.startsWith('own(');

/** A deep copy of a JSON value. Throws a RangeError if it is nested too deeply. */
export function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy: Item = {};
  for (const [name, inner] of Object.entries(value)) setField(copy, name, copyOf(inner));
  return copy;
}

/** Merges `from` into `into` recursively and returns the result. */
function join(into: unknown, from: unknown, schema: GraphQLSchema): unknown {
  if (from === null || from === undefined) return into ?? from;
  if (typeof into !== 'object' || into === null || typeof from !== 'object') return from;
  // The same object: an entity that occurs at several places.
  if (into === from) return into;
  if (Array.isArray(into) || Array.isArray(from)) {
    if (!Array.isArray(into) || !Array.isArray(from) || into.length !== from.length) return from;
    for (const [at, value] of from.entries()) into[at] = join(into[at], value, schema);
    return into;
  }
  for (const [name, value] of Object.entries(from)) putField(into as Item, name, value, schema);
  return into;
}

function putField(into: Item, name: string, value: unknown, schema: GraphQLSchema): void {
  const current = own(into, name);
  if (name === '__typename' && current !== undefined && !isObjectType(schema.getType(String(value)))) return;
  const joined = current === undefined || current === null ? value : join(current, value, schema);
  setField(into, name, joined);
}

function setField(into: Item, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(into, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  else into[name] = value;
}

/** Adds the response names of a selection, including its fragments, and whether each is a leaf. */
function addNames(names: Map<string, boolean>, selections: readonly SelectionNode[]): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD)
      names.set(selection.alias?.value ?? selection.name.value, !selection.selectionSet);
    else if (selection.kind === Kind.INLINE_FRAGMENT) addNames(names, selection.selectionSet.selections);
  }
}

/** Whether the selections have no nested objects, so that one entity can be merged into several places. */
export function isFlat(selections: readonly SelectionNode[]): boolean {
  const names = new Map<string, boolean>();
  addNames(names, selections);
  return [...names.values()].every(Boolean);
}

const fragment = '... on ';

/** Applies the plan's output rewrites to a subgraph response. */
export function rewrite(value: unknown, rewrites: readonly FetchDataRewrite[], schema: GraphQLSchema): void {
  for (const one of rewrites) rewriteAt(value, one.path, one, schema);
}

function rewriteAt(
  value: unknown,
  path: readonly string[],
  one: FetchDataRewrite,
  schema: GraphQLSchema,
): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(item, path, one, schema);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const item = value as Item;
  const [first = '', ...rest] = path;
  if (first.startsWith(fragment)) {
    const condition = first.slice(fragment.length);
    if (item.__typename === undefined || isOfType(schema, item.__typename, condition))
      rewriteAt(item, rest, one, schema);
  } else if (rest.length > 0) {
    rewriteAt(own(item, first), rest, one, schema);
  } else if (one.kind === 'ValueSetter') {
    item[first] = one.setValueTo;
  } else {
    const renamed = own(item, first);
    if (renamed === undefined) return;
    delete item[first];
    putField(item, one.renameKeyTo, renamed, schema);
  }
}
