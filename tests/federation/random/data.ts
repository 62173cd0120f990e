/** The data of a random supergraph: a pure function of type, row, field and arguments. */
import { Kind, parseType, type TypeNode } from 'graphql';
import type { Field, Model, Type } from './model.ts';

/** An object: which type, and which of its few rows. An interface object has its own name as `__typename`. */
export interface RowRef {
  __typename: string;
  of: string;
  n: number;
}

/** A number for a text, the same everywhere and always (FNV-1a, mixed once more). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

/** JSON with the keys of objects in order, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'absent';
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${entries
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, child]) => `${key}:${canonical(child)}`)
    .join()}}`;
}

/** The value of a field that depends on its row, its arguments, and what else is given of it. */
export function makeValue(model: Model, type: Type, field: Field, row: RowRef | undefined, given: unknown) {
  const place = `${type.name}.${field.name}`;
  const seed = hash(`${place}|${row ? `${row.of}:${row.n}` : ''}|${canonical(given)}`);
  return valueFor(parsedType(field.type), seed, { model, field, isNullable: true });
}

/** What a field with @requires is given of its object, worked out from the data. */
export function requiredOf(model: Model, type: Type, field: Field, row: RowRef): unknown[] {
  return (field.requires ?? []).map(({ field: name, args, inside }) => {
    const other = type.fields.find((each) => each.name === name);
    if (!other) throw new Error(`Expected ${type.name} to have ${name}.`);
    return project(model, fieldValue(model, type, other, row, args), inside);
  });
}

/** The value of any field of a row, with what it requires. */
export function fieldValue(model: Model, type: Type, field: Field, row: RowRef | undefined, args: unknown) {
  const required = field.requires && row ? requiredOf(model, type, field, row) : [];
  return makeValue(model, type, field, row, [args, ...required]);
}

/** The same of what a gateway sent, or of rows of our own: only the fields in `inside`. */
export function project(model: Model, value: unknown, inside: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => project(model, item, inside));
  if (inside.length === 0 || typeof value !== 'object' || value === null) return value;
  const isRow = 'n' in value;
  const row = value as RowRef;
  return inside.map((name) => {
    if (!isRow) return (value as Record<string, unknown>)[name];
    const type = model.types[row.of] as Type;
    return fieldValue(model, type, type.fields.find((each) => each.name === name) as Field, row, {});
  });
}

interface Making {
  model: Model;
  field: Field;
  isNullable: boolean;
}

const parsedTypes = new Map<string, TypeNode>();

function parsedType(text: string): TypeNode {
  const known = parsedTypes.get(text) ?? parseType(text, { noLocation: true });
  parsedTypes.set(text, known);
  return known;
}

/** One in seven of what may be null is. */
const nullEvery = 7;

function valueFor(node: TypeNode, seed: number, making: Making): unknown {
  if (node.kind === Kind.NON_NULL_TYPE) return valueFor(node.type, seed, { ...making, isNullable: false });
  if (making.isNullable && seed % nullEvery === 0) return null;
  const inside = { ...making, isNullable: true };
  if (node.kind === Kind.LIST_TYPE)
    return Array.from({ length: (seed >>> 3) % 4 }, (_, at) =>
      valueFor(node.type, hash(`${seed}.${at}`), inside),
    );
  return leafOf(node.name.value, seed, making) ?? rowOf(node.name.value, seed, making);
}

const strings = ['', 'plain', 'with "quotes" and \\', 'é\u2028 \n\t', '\u{1f4f0}', '__proto__'];
const anything = [{ a: 1 }, [1, null, 'x'], 'text', 0, false, {}, { b: { c: [null] } }];
export const enumValues = ['A', 'B', 'C'];

function leafOf(name: string, seed: number, { field }: Making): unknown {
  const small = seed >>> 5;
  switch (name) {
    case 'String':
      return `${field.name} ${small % 97} ${strings[small % strings.length]}`;
    case 'ID':
      return small % 3 === 0 ? `${small % 97}` : `id ${small % 97}`;
    case 'Int':
      return (small % 2_000) - 1_000;
    case 'Float':
      return ((small % 2_000) - 1_000) / 8;
    case 'Boolean':
      return small % 2 === 0;
    case 'Mood':
      return enumValues[small % enumValues.length];
    case 'Anything':
      return anything[small % anything.length];
    default:
      return undefined;
  }
}

/** Few rows, so that the same comes again and again. */
const rows = 4;

function rowOf(name: string, seed: number, { model, field }: Making): RowRef | { __typename: string } {
  if (name === 'Query') return { __typename: name };
  const members = model.types[name] ? [name] : (model.membersIn[name]?.[field.owners[0] as number] ?? []);
  const of = members[(seed >>> 7) % members.length] as string;
  return { __typename: of, of, n: (seed >>> 11) % rows };
}
