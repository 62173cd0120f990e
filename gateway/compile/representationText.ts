/** Compiles code that writes an entity's representation as JSON text: the fields that a fetch requires, per type. */
import type { FetchNode, QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, Kind, parse } from 'graphql';
import { evaluate, own, quoted, read } from './generatedCode.ts';
import { jsonOf } from './jsonText.ts';
import { type Item, isOfType } from './listItems.ts';

type Represent = (item: Item, typename: unknown) => string | undefined;

interface Rewrite {
  path: readonly string[];
  value: unknown;
}

export function settersOf(rewrites: NonNullable<FetchNode['inputRewrites']>): Rewrite[] {
  return rewrites.map((rewrite) => {
    if (rewrite.kind !== 'ValueSetter')
      throw new Error(`Expected what a fetch sends to have values set only, but got: ${rewrite.kind}.`);
    return { path: rewrite.path, value: rewrite.setValueTo };
  });
}

interface Representing {
  rewrites: readonly Rewrite[];
  schema: GraphQLSchema;
  isLenient: boolean;
  /** Whether the object is nested in the entity, where nothing may be required on its type. */
  isNested: boolean;
}

export function representer(requires: readonly QueryPlanSelectionNode[], options: Representing): Represent {
  const represent = byType(requires, options);
  // A subgraph cannot find an entity without `__typename`.
  return (item, typename) => (typeof typename === 'string' ? represent(item, typename) : undefined);
}

/** Code is generated per type at first use; all names that are not types of the schema share it. */
function byType(selections: readonly QueryPlanSelectionNode[], options: Representing): Represent {
  const represents = new Map<unknown, (item: Item) => string | undefined>();
  return (item, typename) => {
    let represent = represents.get(typename);
    if (!represent) {
      const type = typeof typename === 'string' ? options.schema.getType(typename)?.name : undefined;
      represent = represents.get(type) ?? ofType(selections, options, type);
      represents.set(type, represent);
    }
    return represent(item);
  };
}

function ofType(
  selections: readonly QueryPlanSelectionNode[],
  { rewrites, schema, isLenient, isNested }: Representing,
  typename: unknown,
): (item: Item) => string | undefined {
  const fields = new Map<string, QueryPlanFieldNode[]>();
  addFields(fields, selections, typename, schema);
  if (fields.size === 0) return isNested && typename !== undefined ? () => '{}' : () => undefined;
  const set = withoutTypes(rewrites, typename, schema);
  const keys = isLenient ? keysOf(schema, typename) : undefined;
  const scope: Record<string, unknown> = { own, jsonOf };
  let code = "function represent(item){let s='';";
  for (const [place, [alias, nodes]] of [...fields].entries()) {
    // A field with an alias in the response has its own name in the representation.
    const { name = alias } = nodes[0] ?? {};
    const key = `,${JSON.stringify(name)}:`;
    const setter = set.find(({ path }) => path.length === 1 && path[0] === name);
    if (setter) {
      code += `s+=${quoted(`${key}${JSON.stringify(setter.value)}`)};`;
      continue;
    }
    const inner = nodes.flatMap(({ selections: some = [] }) => some);
    const below = set.flatMap(({ path, value }) =>
      path[0] === name ? [{ path: path.slice(1), value }] : [],
    );
    scope[`f${place}`] =
      inner.length > 0 ? nested(inner, { rewrites: below, schema, isLenient, isNested: true }) : jsonOf;
    const isKey = !keys || keys.has(name) || name === '__typename';
    code += `{const v=${read('item', alias)};if(v===undefined){${isKey ? 'return undefined' : ''}}`;
    code += `else{const t=f${place}(v);if(t===undefined)return undefined;s+=${quoted(key)}+t}}`;
  }
  const none = isNested ? quoted('{}') : 'undefined';
  return evaluate(`${code}return s===''?${none}:'{'+s.slice(1)+'}'}`, scope);
}

/** The fields of all keys of a type. */
function keysOf(schema: GraphQLSchema, typename: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const { astNode } = schema.getType(String(typename)) ?? {};
  for (const directive of astNode?.directives ?? []) {
    const key = directive.arguments?.find((one) => one.name.value === 'key')?.value;
    if (directive.name.value !== 'join__type' || key?.kind !== Kind.STRING) continue;
    const [definition] = parse(`{${key.value}}`, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const one of definition.selectionSet.selections)
      if (one.kind === Kind.FIELD) names.add(one.name.value);
  }
  return names;
}

/** The value of a field: an object, null, or a list of such values. */
function nested(
  selections: readonly QueryPlanSelectionNode[],
  options: Representing,
): (value: unknown) => string | undefined {
  const represent = byType(selections, options);
  const textOf = (value: unknown): string | undefined => {
    if (value === null) return 'null';
    if (!Array.isArray(value)) {
      return typeof value === 'object' ? represent(value as Item, (value as Item).__typename) : undefined;
    }
    const texts: string[] = [];
    for (const one of value) {
      const text = textOf(one);
      if (text === undefined) return undefined;
      texts.push(text);
    }
    return `[${texts.join(',')}]`;
  };
  return textOf;
}

/** Adds the fields of an object of the type, including those of fragments that apply to it. */
function addFields(
  fields: Map<string, QueryPlanFieldNode[]>,
  selections: readonly QueryPlanSelectionNode[],
  typename: unknown,
  schema: GraphQLSchema,
): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      fields.set(name, [...(fields.get(name) ?? []), selection]);
    } else if (!selection.typeCondition || isOfType(schema, typename, selection.typeCondition)) {
      addFields(fields, selection.selections, typename, schema);
    }
  }
}

const fragment = '... on ';

/** The rewrites that apply to an object of the type, without their leading type conditions. */
function withoutTypes(rewrites: readonly Rewrite[], typename: unknown, schema: GraphQLSchema): Rewrite[] {
  return rewrites.flatMap((rewrite): Rewrite[] => {
    const [first, ...rest] = rewrite.path;
    if (!first?.startsWith(fragment)) return [rewrite];
    const isMet = typename === undefined || isOfType(schema, typename, first.slice(fragment.length));
    return isMet ? withoutTypes([{ path: rest, value: rewrite.value }], typename, schema) : [];
  });
}
