/** Adds what readers need to a random supergraph, so that its subgraphs still compose. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  parseConstValue,
  print,
  type SelectionSetNode,
} from 'graphql';
import type { FederationCase, Subgraph } from '../../support/federation/case.ts';
import type { TestReader } from '../../support/federation/enforce.ts';
import { hash } from '../random/data.ts';
import { interfaceName } from '../random/model.ts';

/** Readers of every kind that matters here. */
export const readers: readonly (TestReader | undefined)[] = [
  undefined,
  {},
  { scopes: ['a'] },
  { scopes: ['b', 'c'], policies: ['p'] },
  { scopes: ['a', 'b'] },
  { policies: ['p', 'q'] },
  { scopes: ['a', 'b', 'c'], policies: ['p', 'q'] },
];

/** The last of them may read everything. */
export const fullReader = readers.at(-1);

interface Need {
  authenticated?: boolean;
  scopes?: readonly (readonly string[])[];
  policies?: readonly (readonly string[])[];
}

const needs: readonly Need[] = [
  { authenticated: true },
  { scopes: [['a']] },
  { scopes: [['a', 'b'], ['c']] },
  { policies: [['p']] },
  { policies: [['p', 'q'], ['q']] },
  { authenticated: true, scopes: [['b'], ['a', 'c']] },
];

/** The case with needs at places that `seed` chooses. */
export function decorate(federationCase: FederationCase, seed: number): FederationCase {
  const parts = Object.entries(federationCase.subgraphs).map(([name, part]) => {
    const own: Subgraph = typeof part === 'string' ? { sdl: part } : part;
    return { name, own, document: parse(own.sdl) };
  });
  const chosen = chooseNeeds(
    parts.map(({ document }) => document),
    seed,
  );
  const said = new Set<string>();
  const subgraphs = Object.fromEntries(
    parts.map(({ name, own, document }) => {
      // Of what several subgraphs have, some leave it to the others to say.
      const says = (place: string) => !said.has(place) || hash(`${seed} ${place} ${name}`) % 3 > 0;
      const sdl = print(decorated(document, (place) => (says(place) ? chosen.get(place) : undefined)));
      for (const place of placesIn(document)) said.add(place);
      return [name, { ...own, sdl }];
    }),
  );
  return { ...federationCase, subgraphs };
}

type Needs = Map<string, Need>;

const isMarked = ({ directives = [] }: { directives?: readonly ConstDirectiveNode[] }, name: string) =>
  directives.some((one) => one.name.value === name);

/** An interface takes what it needs from those who implement it, and may not say so itself. */
const isPlain = (node: DefinitionNode): node is ObjectTypeDefinitionNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value !== interfaceName;

function chooseNeeds(documents: readonly DocumentNode[], seed: number): Needs {
  const chosen: Needs = new Map();
  const choose = (place: string, percent: number) => {
    const number = hash(`${seed} ${place}`);
    if (number % 100 < percent) chosen.set(place, needs[(number >> 8) % needs.length] as Need);
  };
  const definitions = documents.flatMap((document) => document.definitions);
  const objects = definitions.filter(isPlain);
  const isRoot = (name: string) => name === 'Query' || name === 'Mutation';
  for (const node of definitions) {
    if (isPlain(node)) choose(node.name.value, isRoot(node.name.value) ? 1 : 8);
    if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.SCALAR_TYPE_DEFINITION)
      choose(node.name.value, 10);
  }
  for (const { name, fields = [] } of objects)
    for (const field of fields) choose(`${name.value}.${field.name.value}`, 14);
  // What is computed needs what it is computed of. Fields require those that stand before them.
  const computed = objects
    .flatMap(({ name, fields = [] }) => fields.map((field) => ({ type: name.value, field })))
    .filter(({ field }) => isMarked(field, 'requires'))
    .sort((one, other) => (one.field.name.value < other.field.name.value ? -1 : 1));
  for (const { type, field } of computed) {
    const place = `${type}.${field.name.value}`;
    const of = neededBy(type, requiresOf(field), objects, chosen);
    if (of.length > 0) chosen.set(place, [chosen.get(place) ?? {}, ...of].reduce(both));
  }
  return chosen;
}

function requiresOf({ directives = [] }: FieldDefinitionNode): SelectionSetNode {
  const value = directives.find(({ name }) => name.value === 'requires')?.arguments?.[0]?.value;
  const [operation] = parse(`{ ${value?.kind === Kind.STRING ? value.value : ''} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected a selection.');
  return operation.selectionSet;
}

function neededBy(
  type: string,
  { selections }: SelectionSetNode,
  objects: readonly ObjectTypeDefinitionNode[],
  chosen: Needs,
): Need[] {
  return selections.flatMap((one) => {
    if (one.kind !== Kind.FIELD) return [];
    const field = objects
      .filter(({ name }) => name.value === type)
      .flatMap(({ fields = [] }) => fields)
      .find(({ name }) => name.value === one.name.value);
    const value = field ? print(field.type).replace(/[[\]!]/g, '') : '';
    const own = [chosen.get(`${type}.${one.name.value}`), chosen.get(value)].filter(
      (need) => need !== undefined,
    );
    return one.selectionSet ? [...own, ...neededBy(value, one.selectionSet, objects, chosen)] : own;
  });
}

function both(one: Need, other: Need): Need {
  const ways = (some: Need['scopes'], others: Need['scopes']) =>
    some && others
      ? some.flatMap((way) => others.map((also) => [...new Set([...way, ...also])]))
      : (some ?? others);
  const [scopes, policies] = [ways(one.scopes, other.scopes), ways(one.policies, other.policies)];
  return {
    ...((one.authenticated || other.authenticated) && { authenticated: true }),
    ...(scopes && { scopes }),
    ...(policies && { policies }),
  };
}

/** Where a document says something of its own. */
function placesIn({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((node) => {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.SCALAR_TYPE_DEFINITION)
      return [node.name.value];
    if (!isPlain(node)) return [];
    const own = (node.fields ?? []).filter((field) => !isMarked(field, 'external'));
    return [node.name.value, ...own.map(({ name }) => `${node.name.value}.${name.value}`)];
  });
}

function decorated(document: DocumentNode, needAt: (place: string) => Need | undefined): DocumentNode {
  const places = new Set(placesIn(document));
  const add = <Node extends object>(node: Node, place: string): Node => {
    const need = places.has(place) ? needAt(place) : undefined;
    const { directives = [] } = node as { directives?: readonly ConstDirectiveNode[] };
    return need ? { ...node, directives: [...directives, ...directivesOf(need)] } : node;
  };
  return {
    ...document,
    definitions: document.definitions.map((node) => {
      if (!isPlain(node)) return 'name' in node && node.name ? add(node, node.name.value) : node;
      const type = node.name.value;
      const fields = (node.fields ?? []).map((field) =>
        isMarked(field, 'external') ? field : add(field, `${type}.${field.name.value}`),
      );
      return add({ ...node, fields }, type);
    }),
  };
}

function directivesOf({ authenticated, scopes, policies }: Need): ConstDirectiveNode[] {
  return [
    ...(authenticated ? [directive('authenticated')] : []),
    ...(scopes ? [directive('requiresScopes', 'scopes', scopes)] : []),
    ...(policies ? [directive('policy', 'policies', policies)] : []),
  ];
}

function directive(name: string, argument?: string, value?: unknown): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: argument
      ? [
          {
            kind: Kind.ARGUMENT,
            name: { kind: Kind.NAME, value: argument },
            value: parseConstValue(JSON.stringify(value)),
          },
        ]
      : [],
  };
}
