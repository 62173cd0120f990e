/** Under which variables a selection is taken, by `@skip` and `@include`. */
import { type DirectiveNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** Names of variables that have to be true ("+name") or false ("-name"), all together; sorted. */
export type Together = readonly string[];

/** Alternatives; undefined where the selection is always taken. */
export type When = readonly Together[] | undefined;

export const always: Together = [];

/** The condition with that of one selection's directives beside it; undefined where it never holds. */
export function conditionWith(
  outer: Together,
  directives: readonly DirectiveNode[] = [],
): Together | undefined {
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

/** Either of several conditions. */
export function eitherOf(conditions: readonly Together[]): When {
  const different = new Map(conditions.map((one) => [one.join(' '), one]));
  return different.has('') ? undefined : [...different.values()];
}

/** Whether the condition holds; a variable that is neither true nor false excludes nothing. */
export const holds = (when: When, variables: Variables): boolean =>
  when === undefined ||
  when.some((together) =>
    together.every((one) => {
      const value = variables[one.slice(1)];
      return typeof value !== 'boolean' || value === one.startsWith('+');
    }),
  );

/** The defaults of an operation's variables, for those that a caller leaves out. */
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
