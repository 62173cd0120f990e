/** What the functions that write one type have in common while their code is made: scope, options, places of nulls. */
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
  /** What the client calls the response names that are not its own; '' for one that it did not ask for. */
  names: ReadonlyMap<string, string>;
  /** Fields that whoever asks may not see; none unless given. */
  unauthorized?: ReadonlySet<FieldNode>;
  /** Whether JSON.parse will read the answer. */
  isForParse?: boolean | undefined;
}

/** Code that gives no text for the whole object or list. */
export const noneCode = 'w.size=z;return undefined;';

export interface UnitOptions extends WriteOptions {
  /** How many runs of leaves there are so far. */
  runs: { count: number };
}

/** Code for one object of the answer and all of one type below it. */
export interface Unit {
  options: UnitOptions;
  functions: string[];
  scope: Record<string, unknown>;
  /** How many values have been added to the scope. */
  added: number;
  /** One for each place that may have a place: a list, since names by the thousand are slow to make code of. */
  nullReporters: ReportNull[];
}

export function addToScope(unit: Unit, kind: string, value: unknown): string {
  const name = `${kind}${unit.added++}`;
  unit.scope[name] = value;
  return name;
}

/** Code for a value that has no text: null where the type allows it, and nothing for the whole object where it does not. */
export function nullCode(unit: Unit, value: string, place: ValuePlace): string {
  const call = `nullReporters[${unit.nullReporters.push(nullReporter(unit.options, place)) - 1}](w,${value}${place.owner ? ',item' : ''})`;
  if (isNonNullType(place.type)) return `{${call};${noneCode}}`;
  return place.owner ? `{if(${call}){${noneCode}}t='null'}` : `{${call};t='null'}`;
}

/** Code for a field that was unauthorized: null, or nothing for the whole object. */
export function unauthorizedCode(unit: Unit, type: GraphQLOutputType, path: Path): string {
  const call = `nullReporters[${unit.nullReporters.push(unauthorizedReporter(type, path)) - 1}](w);`;
  return isNonNullType(type) ? `${call}${noneCode}` : `${call}t='null';`;
}
