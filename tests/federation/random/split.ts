/** Splits a random graph into subgraphs: their SDL, and resolvers over its data. */
import type { FederationCase, Resolver, Resolvers, Row, Subgraph } from '../../support/federation/case.ts';
import { canonical, fieldValue, makeValue, project, type RowRef } from './data.ts';
import { type Field, interfaceName, leafNames, type Model, type Type, unionName } from './model.ts';

/** What goes wrong at present, and the state that mutations change. Resolvers look at it whenever they run. */
export interface World {
  /** Throws, or gives undefined where nothing is wrong with this field of this row; null is a null. */
  trouble: (type: string, field: string, row: RowRef | undefined) => null | undefined;
  counter: number;
}

/** A field of the root that only this subgraph has, where it has no other: it is lost when the subgraph is. */
export const ownField = (subgraph: number) => `own${subgraph}`;

/** The case has no operations: they are made when its schema is known. */
export function splitModel(model: Model, world: World): FederationCase {
  const resolvers = resolversOf(model, world);
  const subgraphs: Record<string, Subgraph> = {};
  model.subgraphs.forEach((name, at) => {
    subgraphs[name] = { sdl: sdlOf(model, at), resolvers: ownResolvers(model, world, at) };
  });
  const names = Object.values(model.types)
    .filter(({ key }) => key)
    .map(({ name }) => name);
  const entities = Object.fromEntries(
    [...names, interfaceName].map((name) => [name, (reference: Row) => rowFor(name, reference)]),
  );
  return { name: 'a random supergraph', subgraphs, resolvers, entities, operations: [] };
}

/** Keys as they stand in an object, by the field that they begin with. */
const keyFields: Readonly<Record<string, (type: string, row: RowRef) => unknown>> = {
  id: (_, { of, n }) => `${of}:${n}`,
  code: (type, { n }) => `${type}#${n}`,
  a: (_, { n }) => `part ${n >> 1}`,
  b: (_, { n }) => n & 1,
  k: (type, { n }) => ({ id: `${type}.${n}`, x: n }),
};

/** The row that a reference names by any key; null when it names none. */
function rowFor(name: string, reference: Row): Row | null {
  const row = (of: string, n: number) => ({ __typename: of, of, n });
  const { id, code, a, b, k } = reference as Record<string, unknown> & { k?: { id?: unknown; x?: unknown } };
  if (typeof id === 'string') {
    const [of, n] = id.split(':') as [string, string];
    return row(of, Number(n));
  }
  if (typeof code === 'string') return row(name, Number(code.split('#')[1]));
  if (typeof a === 'string' && typeof b === 'number') return row(name, Number(a.split(' ')[1]) * 2 + b);
  if (k && typeof k.id === 'string' && k.id === `${name}.${k.x}`) return row(name, k.x as number);
  return null;
}

function keyParts(type: Type, subgraph: number): { sdl: string[]; keys: string[] } {
  switch (type.key) {
    case 'simple':
      return { sdl: ['id: ID!'], keys: ['id'] };
    case 'composite':
      return { sdl: ['a: ID!', 'b: Int!'], keys: ['a b'] };
    case 'nested':
      return { sdl: [`k: ${type.name}Key!`], keys: ['k { id x }'] };
    case 'several': {
      const keys = type.keysIn[subgraph] ?? [];
      return { sdl: keys.map((key) => `${key}: ID!`), keys: [...keys] };
    }
    default:
      return { sdl: [], keys: [] };
  }
}

function resolversOf(model: Model, world: World): Resolvers {
  const made: Record<string, Record<string, Resolver>> = { Query: {}, Mutation: {} };
  for (const type of Object.values(model.types)) {
    const fields: Record<string, Resolver> = {};
    for (const [key, value] of Object.entries(keyFields))
      fields[key] = (row: RowRef) => value(type.name, row);
    for (const field of type.fields) fields[field.name] = resolverOf(model, world, type, field);
    made[type.name] = fields;
  }
  if (model.interface?.objectIn !== undefined) {
    const typeOf = (row: RowRef) => model.types[row.of] as Type;
    const fields: Record<string, Resolver> = { id: (row: RowRef) => keyFields.id?.('', row) };
    for (const name of objectFields(model).map((each) => each.name))
      fields[name] = (row: RowRef, args) => {
        const type = typeOf(row);
        const field = type.fields.find((each) => each.name === name) as Field;
        return resolverOf(model, world, type, field)(row, args);
      };
    made[interfaceName] = fields;
  }
  const root = (name: string, fields: readonly Field[]): Type => ({
    name,
    key: undefined,
    keysIn: [],
    fields,
  });
  for (const [name, fields] of [
    ['Query', model.queries],
    ['Mutation', model.mutations],
  ] as const)
    for (const field of fields) {
      const resolve = resolverOf(model, world, root(name, fields), field);
      (made[name] as Record<string, Resolver>)[field.name] = (_, args) => {
        // What does not come to run changes nothing.
        if (world.trouble(name, field.name, undefined) === null) return null;
        if (name === 'Mutation' && ++world.counter && field.type === 'Int') return world.counter;
        return resolve(undefined, args);
      };
    }
  for (const at of model.subgraphs.keys())
    (made.Query as Record<string, Resolver>)[ownField(at)] = () => {
      const isNull = world.trouble('Query', ownField(at), undefined) === null;
      return isNull ? null : at % 2 === 0;
    };
  return made;
}

/** The fields that the subgraph with the interface object adds: the same for each implementation. */
function objectFields({ interface: thing, types }: Model): readonly Field[] {
  const { objectIn } = thing ?? {};
  if (!thing || objectIn === undefined) return [];
  const { fields = [] } = types[thing.members[0] ?? ''] ?? {};
  const own = fields.filter(({ owners }) => owners.includes(objectIn));
  // Where a model was made smaller, the implementations may lack them.
  const usual = [
    { name: 'zf', type: 'String', base: 'String', args: '', owners: [objectIn] },
    { name: 'zn', type: 'Int', base: 'Int', args: '(x: Int)', owners: [objectIn] },
  ];
  return [...own, ...usual.filter(({ name }) => !own.some((one) => one.name === name))];
}

function resolverOf(model: Model, world: World, type: Type, field: Field): Resolver {
  return (row: RowRef | undefined, args: unknown) => {
    const wrong = world.trouble(type.name, field.name, row);
    return wrong === null ? null : fieldValue(model, type, field, row, args);
  };
}

/** A subgraph computes what has @requires of what it is sent; what was taken from it has wrong values. */
function ownResolvers(model: Model, world: World, subgraph: number): Resolvers {
  const made: Record<string, Record<string, Resolver>> = {};
  const add = (type: string, field: string, resolver: Resolver) => {
    made[type] = { ...made[type], [field]: resolver };
  };
  const stale =
    (type: Type, field: Field): Resolver =>
    (row: RowRef | undefined, args: unknown) =>
      makeValue(model, type, field, row, [canonical(args), 'overridden']);
  for (const type of Object.values(model.types))
    for (const field of type.fields) {
      if (field.overriddenFrom === subgraph) add(type.name, field.name, stale(type, field));
      else if (field.provides && field.owners.includes(subgraph))
        add(type.name, field.name, providing(model, resolverOf(model, world, type, field), field));
      const { requires } = field;
      if (!requires || field.owners[0] !== subgraph) continue;
      const isOfObject = model.interface?.objectIn === subgraph;
      add(
        isOfObject ? interfaceName : type.name,
        field.name,
        (row: RowRef & Record<string, unknown>, args) => {
          const own = isOfObject ? (model.types[row.of] as Type) : type;
          if (world.trouble(own.name, field.name, row) === null) return null;
          const given = requires.map((each) => project(model, row[each.field], each.inside));
          return makeValue(model, own, field, row, [args, ...given]);
        },
      );
    }
  const query: Type = { name: 'Query', key: undefined, keysIn: [], fields: model.queries };
  for (const field of model.queries)
    if (field.overriddenFrom === subgraph) add('Query', field.name, stale(query, field));
  return made;
}

/** What a subgraph provides is there in the object, for what it computes of it too. */
function providing(model: Model, resolve: Resolver, { base, provides = '' }: Field): Resolver {
  const type = model.types[base] as Type;
  const provided = type.fields.find(({ name }) => name === provides) as Field;
  const withIt = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withIt);
    if (typeof value !== 'object' || value === null) return value;
    return { ...value, [provides]: fieldValue(model, type, provided, value as RowRef, {}) };
  };
  return (row, args) => withIt(resolve(row, args));
}

/** What a subgraph says of each type that it knows, by name. */
interface Known {
  fields: Map<string, string>;
  /** Fields of others that stand here for @requires and @provides. */
  external: Map<string, string>;
}

function sdlOf(model: Model, subgraph: number): string {
  const known = new Map<string, Known>();
  const seen = new Set<string>();
  const isObjectHere = model.interface?.objectIn === subgraph;
  const see = (name: string): Known => {
    const existing = known.get(name);
    if (existing) return existing;
    const made: Known = { fields: new Map(), external: new Map() };
    known.set(name, made);
    const type = model.types[name];
    for (const field of type && !type.key ? type.fields : []) {
      made.fields.set(field.name, fieldSdl(field));
      reach(field);
    }
    return made;
  };
  const reach = ({ base, provides }: Pick<Field, 'base' | 'provides'>): void => {
    if (leafNames.includes(base) || base === 'Query') return;
    if (model.types[base]) {
      const target = see(base);
      const leaf = model.types[base]?.fields.find(({ name }) => name === provides);
      if (leaf) target.external.set(leaf.name, fieldSdl(leaf));
      return;
    }
    seen.add(base);
    if (base === interfaceName && isObjectHere) return;
    for (const member of model.membersIn[base]?.[subgraph] ?? []) see(member);
  };
  const declare = (type: string, field: Field): void => {
    const isTaken = field.overriddenFrom === subgraph;
    if (!field.owners.includes(subgraph) && !isTaken) return;
    see(type).fields.set(field.name, isTaken ? fieldSdl(field) : ownedSdl(model, type, field));
    reach(field);
    for (const { field: name, inside } of isTaken ? [] : (field.requires ?? [])) {
      const other = model.types[type]?.fields.find((each) => each.name === name) as Field;
      see(type).external.set(name, fieldSdl(other));
      reach({ base: other.base });
      const { key, fields = [] } = model.types[other.base] ?? {};
      for (const leaf of key ? fields : [])
        if (inside.includes(leaf.name)) see(other.base).external.set(leaf.name, fieldSdl(leaf));
    }
  };
  const { interface: thing } = model;
  // Where one subgraph has it as an object, another must have it as it is.
  const isNeeded = thing?.objectIn !== undefined && subgraph === 0;
  const isHere = ({ owners, overriddenFrom }: Field) =>
    owners.includes(subgraph) || overriddenFrom === subgraph;
  if (isNeeded || thing?.fields.some(isHere)) reach({ base: interfaceName });
  for (const field of model.queries) declare('Query', field);
  for (const field of model.mutations) declare('Mutation', field);
  for (const type of Object.values(model.types))
    if (type.key && !isObjectHere) for (const field of type.fields) declare(type.name, field);
  const types = [...printTypes(model, subgraph, known, seen), ...abstractSdl(model, subgraph, seen), shared];
  // Fields may give the root where a subgraph has none of its fields.
  if (!known.has('Query')) types.push(`type Query { ${ownField(subgraph)}: Boolean }`);
  return types.join('\n');
}

const shared = `
scalar Anything
enum Mood { A B C }
input Filter { x: Int, names: [String!], mood: Mood = A, inner: Filter }
`;

const fieldSdl = ({ name, args, type }: Field) => `${name}${args}: ${type}`;

function ownedSdl(model: Model, type: string, field: Field): string {
  const { owners, overriddenFrom, requires, provides, isInaccessible } = field;
  const from = overriddenFrom === undefined ? undefined : model.subgraphs[overriddenFrom];
  return [
    fieldSdl(field),
    ...(owners.length > 1 || isProvided(model, type, field.name) ? ['@shareable'] : []),
    ...(from === undefined
      ? []
      : [`@override(from: "${from}"${field.isByLabel ? ', label: "percent(100)"' : ''})`]),
    ...(requires ? [`@requires(fields: ${JSON.stringify(requires.map(requiredText).join(' '))})`] : []),
    ...(provides ? [`@provides(fields: "${provides}")`] : []),
    ...(isInaccessible ? ['@inaccessible'] : []),
  ].join(' ');
}

/** Whether another field brings this one along; its owner must say that it may. */
export function isProvided(model: Model, type: string, field: string): boolean {
  const fields = [
    ...model.queries,
    ...model.mutations,
    ...Object.values(model.types).flatMap((each) => each.fields),
  ];
  return fields.some(({ base, provides }) => base === type && provides === field);
}

function requiredText({ field, args, inside }: NonNullable<Field['requires']>[number]): string {
  const given = Object.entries(args).map(([name, value]) => `${name}: ${literal(value, name)}`);
  return [
    field,
    ...(given.length > 0 ? [`(${given.join(', ')})`] : []),
    ...(inside.length > 0 ? [` { ${inside.join(' ')} }`] : []),
  ].join('');
}

/** Enum values are known by the name of their argument. */
function literal(value: unknown, name: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, name)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, child]) => `${key}: ${literal(child, key)}`)
      .join(', ')} }`;
  return name === 'mood' ? String(value) : JSON.stringify(value);
}

function printTypes(
  model: Model,
  subgraph: number,
  known: ReadonlyMap<string, Known>,
  seen: ReadonlySet<string>,
): string[] {
  return [...known].flatMap(([name, { fields, external }]) => {
    const type = model.types[name];
    const key = type ? keyParts(type, subgraph) : { sdl: [], keys: [] };
    const isStub = type?.key !== undefined && fields.size === 0 && external.size === 0;
    const isThing = seen.has(interfaceName) && model.interface?.members.includes(name);
    const lines = [
      ...key.sdl,
      ...fields.values(),
      ...[...external].filter(([field]) => !fields.has(field)).map(([, sdl]) => `${sdl} @external`),
    ];
    // A reference that nobody resolves here: now and then said so.
    const unresolved = isStub && (name.length + subgraph) % 2 === 0 && !isThing ? ', resolvable: false' : '';
    const head = [
      `type ${name}`,
      ...(isThing ? [`implements ${interfaceName}`] : []),
      ...key.keys.map((one) => `@key(fields: "${one}"${unresolved})`),
      ...(type && !type.key ? ['@shareable'] : []),
    ].join(' ');
    const nested = type?.key === 'nested' ? [`type ${name}Key @shareable { id: ID! x: Int! }`] : [];
    return [`${head} { ${lines.join(' ')} }`, ...nested];
  });
}

function objectSdl(model: Model): string[] {
  const fields = objectFields(model);
  const required = new Set(fields.flatMap(({ requires = [] }) => requires.map(({ field }) => field)));
  const external = (model.interface?.fields ?? []).filter(({ name }) => required.has(name));
  return [
    ...fields.map((field) => ownedSdl(model, interfaceName, field)),
    ...external.map((field) => `${fieldSdl(field)} @external`),
  ];
}

function abstractSdl(model: Model, subgraph: number, seen: ReadonlySet<string>): string[] {
  const { interface: thing } = model;
  const lines: string[] = [];
  if (seen.has(unionName))
    lines.push(`union ${unionName} = ${model.membersIn[unionName]?.[subgraph]?.join(' | ')}`);
  if (!thing || !seen.has(interfaceName)) return lines;
  const { objectIn } = thing;
  if (objectIn === subgraph)
    lines.push(
      `type ${interfaceName} @interfaceObject @key(fields: "id") { id: ID! ${objectSdl(model).join(' ')} }`,
    );
  else {
    const key = objectIn === undefined ? '' : '@key(fields: "id") ';
    const own = thing.fields
      .filter(({ owners, overriddenFrom }) => owners.includes(subgraph) || overriddenFrom === subgraph)
      .map(fieldSdl);
    lines.push(`interface ${interfaceName} ${key}{ id: ID! ${own.join(' ')} }`);
  }
  return lines;
}
