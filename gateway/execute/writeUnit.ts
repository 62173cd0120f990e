/** What the functions that write one type have in common while their code is made: scope, options, places of nulls. */
import { type FieldNode, type GraphQLOutputType, isNonNullType, type OperationDefinitionNode } from 'graphql';
import type { FieldOptions } from './fields.ts';
import {
  deniedTeller,
  type HoleAt,
  type HoleSchemas,
  holeTeller,
  type Path,
  type TellHole,
} from './holes.ts';

export interface WriteOptions extends FieldOptions, HoleSchemas {
  operation: OperationDefinitionNode;
  /** What the client calls the response names that are not its own; '' for one that it did not ask for. */
  names: ReadonlyMap<string, string>;
  /** Fields that whoever asks may not see; none unless given. */
  denied?: ReadonlySet<FieldNode>;
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
  /** One for each place that may have a hole: a list, since names by the thousand are slow to make code of. */
  holes: TellHole[];
}

export function addToScope(unit: Unit, kind: string, value: unknown): string {
  const name = `${kind}${unit.added++}`;
  unit.scope[name] = value;
  return name;
}

/** Code for a value that has no text: null where the type allows it, and nothing for the whole object where it does not. */
export function holeCode(unit: Unit, value: string, hole: HoleAt): string {
  const call = `holes[${unit.holes.push(holeTeller(unit.options, hole)) - 1}](w,${value}${hole.owner ? ',item' : ''})`;
  if (isNonNullType(hole.type)) return `{${call};${noneCode}}`;
  return hole.owner ? `{if(${call}){${noneCode}}t='null'}` : `{${call};t='null'}`;
}

/** Code for a field that was denied: null, or nothing for the whole object. */
export function deniedCode(unit: Unit, type: GraphQLOutputType, path: Path): string {
  const call = `holes[${unit.holes.push(deniedTeller(type, path)) - 1}](w);`;
  return isNonNullType(type) ? `${call}${noneCode}` : `${call}t='null';`;
}
