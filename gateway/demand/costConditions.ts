/** Conditions from `@skip` and `@include`: the variables with which a selection is included. */
import { type DirectiveNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Variables that must all be true ("+name") or false ("-name"), sorted. */
export type Conjunction = readonly string[];

/** Alternative conjunctions, one of which must hold; undefined when the selection is always included. */
export type Condition = readonly Conjunction[] | undefined;

export const always: Conjunction = [];

/**
 * Adds the `@skip` and `@include` of one selection to the enclosing condition. Undefined if the selection is never
 * included.
 */
export function conditionWith(
  outer: Conjunction,
  directives: readonly DirectiveNode[] = [],
): Conjunction | undefined {
  let all: Set<string> | undefined;
  for (const { name, arguments: given = [] } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const value = given.find((one) => one.name.value === 'if')?.value;
    if (!value) continue;
    const isWanted = name.value === 'include';
    if (value.kind === Kind.BOOLEAN && value.value !== isWanted) return undefined;
    if (value.kind !== Kind.VARIABLE) continue;
    all ??= new Set(outer);
    const variable = value.name.value;
    if (all.has(`${isWanted ? '-' : '+'}${variable}`)) return undefined;
    all.add(`${isWanted ? '+' : '-'}${variable}`);
  }
  return all ? [...all].sort() : outer;
}

/** The disjunction of several conjunctions. */
export function eitherOf(conditions: readonly Conjunction[]): Condition {
  const different = new Map(conditions.map((one) => [one.join(' '), one]));
  return different.has('') ? undefined : [...different.values()];
}

/** Whether the condition holds. A variable that is not a boolean excludes nothing. */
export const holds = (when: Condition, variables: Variables): boolean =>
  when === undefined ||
  when.some((conjunction) =>
    conjunction.every((one) => {
      const value = variables[one.slice(1)];
      return typeof value !== 'boolean' || value === one.startsWith('+');
    }),
  );

/** Default values of an operation's variables, by variable name. */
export function defaultsOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  read: (node: ValueNode) => unknown,
): ReadonlyMap<string, unknown> {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, read(defaultValue)] as const] : [],
    ),
  );
}
