/** The shared state of generated writer functions: scope, options and null reporters. */
import { type FieldNode, type GraphQLOutputType, isNonNullType, type OperationDefinitionNode } from 'graphql';
import type { FieldOptions } from './collectFields.ts';
import {
  nullReporter,
  type Path,
  type PlaceSchemas,
  type ReportNull,
  unauthorizedReporter,
  type ValuePlace,
} from './nullViolations.ts';

export interface WriteOptions extends FieldOptions, PlaceSchemas {
  operation: OperationDefinitionNode;
  /** Renamed response names → the client's; '' for a field that the client did not select. */
  names: ReadonlyMap<string, string>;
  /** Unauthorized fields; none by default. */
  unauthorized?: ReadonlySet<FieldNode>;
  /** Whether the response will be read by JSON.parse. */
  isForParse?: boolean | undefined;
}

/** Code that returns no text for the whole object or list. */
export const noneCode = 'w.size=z;return undefined;';

export interface UnitOptions extends WriteOptions {
  /** The number of leaf runs so far. */
  runs: { count: number };
}

/** The code for one object type of the response and everything below it, up to abstract types. */
export interface Unit {
  options: UnitOptions;
  functions: string[];
  scope: Record<string, unknown>;
  /** The number of values added to the scope. */
  added: number;
  /**
   * One reporter per place where a violation may occur. A list, since code with thousands of names is slow to
   * compile.
   */
  nullReporters: ReportNull[];
}

export function addToScope(unit: Unit, kind: string, value: unknown): string {
  const name = `${kind}${unit.added++}`;
  unit.scope[name] = value;
  return name;
}

/** Generates code for a value without text: null if the type is nullable, otherwise no text for the whole object. */
export function nullCode(unit: Unit, value: string, place: ValuePlace): string {
  const call = `nullReporters[${unit.nullReporters.push(nullReporter(unit.options, place)) - 1}](w,${value}${place.owner ? ',item' : ''})`;
  if (isNonNullType(place.type)) return `{${call};${noneCode}}`;
  return place.owner ? `{if(${call}){${noneCode}}t='null'}` : `{${call};t='null'}`;
}

/** Generates code for an unauthorized field: null if its type is nullable, otherwise no text for the whole object. */
export function unauthorizedCode(unit: Unit, type: GraphQLOutputType, path: Path): string {
  const call = `nullReporters[${unit.nullReporters.push(unauthorizedReporter(type, path)) - 1}](w);`;
  return isNonNullType(type) ? `${call}${noneCode}` : `${call}t='null';`;
}
