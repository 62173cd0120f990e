/** A graph with owners: what a random supergraph consists of before it is split into subgraphs. */
import { hash } from './data.ts';
import type { EntitySpec, FieldSpec, SupergraphSpec } from './spec.ts';

export type KeyKind = 'simple' | 'composite' | 'nested' | 'several';

export interface Field {
  name: string;
  /** As in SDL, such as `[E0!]!`. */
  type: string;
  /** The name in it. */
  base: string;
  /** As in SDL, with the brackets; empty without arguments. */
  args: string;
  /** Subgraphs that resolve it, by number; the first answers for its data. */
  owners: readonly number[];
  /** A subgraph that has it too, with wrong values, and from which it was taken. */
  overriddenFrom?: number;
  /** It has moved for some requests only, and for all of them: `percent(100)`. */
  isByLabel?: boolean;
  requires?: readonly { field: string; args: Readonly<Record<string, unknown>>; inside: readonly string[] }[];
  /** A leaf of the object that it gives. */
  provides?: string;
  isInaccessible?: boolean;
  /** Belongs to the interface: each implementation has it. */
  isOfInterface?: boolean;
}

export interface Type {
  name: string;
  /** Undefined for a type that is no entity. */
  key: KeyKind | undefined;
  /** Of several keys, those that each subgraph has. */
  keysIn: readonly (readonly string[])[];
  fields: readonly Field[];
}

/** Plain data, so that a case that was found can be kept. */
export interface Model {
  subgraphs: readonly string[];
  types: Readonly<Record<string, Type>>;
  queries: readonly Field[];
  mutations: readonly Field[];
  /** `objectIn` has it as an object, and knows none of its implementations. */
  interface:
    | { fields: readonly Field[]; members: readonly string[]; objectIn: number | undefined }
    | undefined;
  /** The possible types of an abstract one that each subgraph knows and gives objects of, by subgraph. */
  membersIn: Readonly<Record<string, readonly (readonly string[])[]>>;
}

export const interfaceName = 'Thing';
export const unionName = 'Any';
export const leafNames = ['String', 'Int', 'ID', 'Boolean', 'Mood', 'Float', 'Anything'];

const wraps = ['T', 'T', 'T', 'T!', 'T!', '[T]', '[T!]!', '[T!]', '[[T]]', '[T]!'];
const argLists = [
  ...Array.from({ length: 7 }, () => ''),
  '(x: Int)',
  '(x: Int! = 3)',
  '(filter: Filter)',
  '(mood: Mood = B, ids: [ID!])',
  '(text: String!)',
];
/** Arguments of the lists above that a `@requires` gives. */
const requiredArgs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '(x: Int)': { x: 2 },
  '(x: Int! = 3)': { x: 5 },
  '(filter: Filter)': { filter: { x: 1, mood: 'B' } },
  '(mood: Mood = B, ids: [ID!])': { mood: 'B', ids: ['7'] },
  '(text: String!)': { text: 'required' },
};

/** More chains of `@requires`, with FUZZ_REQUIRES=1. */
const manyRequire = process.env.FUZZ_REQUIRES === '1';

const pick = <Item>(items: readonly Item[], number: number) => items[number % items.length] as Item;
const has = (bits: number, bit: number) => ((bits >> bit) & 1) === 1;

/** Any spec makes a model; that its subgraphs compose is likely, not certain. */
export function modelOf(spec: SupergraphSpec): Model {
  const count = 2 + (spec.subgraphs % 4);
  const subgraphs = ['a', 'b', 'c', 'd', 'e'].slice(0, count);
  const entityNames = spec.entities.map((_, at) => `E${at}`);
  const valueNames = spec.values.map((_, at) => `V${at}`);
  const memberNames = spec.interface
    ? entityNames.filter((_, at) => has(spec.interface?.members ?? 0, at))
    : [];
  const members = memberNames.length > 0 ? memberNames : entityNames.slice(0, 1);
  const isObject = spec.interface?.object === true;
  const unionMembers = [...entityNames, ...valueNames].filter((_, at) => has(spec.union?.members ?? 0, at));
  const inUnion = unionMembers.length > 0 ? unionMembers : entityNames;
  const abstracts = [...(spec.interface ? [interfaceName] : []), ...(spec.union ? [unionName] : [])];
  const objects = [...entityNames, ...valueNames, ...entityNames, ...abstracts];

  const plain = (name: string, one: FieldSpec, bases: readonly string[]): Field => {
    const base = pick(bases, one.type);
    const args = pick(argLists, one.args);
    return {
      name,
      base,
      type: pick(wraps, one.wrap).replace('T', base),
      args,
      owners: [one.owner % count],
    };
  };
  const interfaceFields = (spec.interface?.fields ?? []).map((one, at): Field => {
    const field: Field = { ...plain(`tf${at}`, one, leafNames), isOfInterface: true };
    const another = (one.owner + 1 + (one.with % (count - 1))) % count;
    return one.kind % 4 === 3 ? { ...field, overriddenFrom: another, isByLabel: true } : field;
  });
  const objectIn = isObject ? count : undefined;
  const ofObject: Field[] =
    objectIn === undefined
      ? []
      : [
          { name: 'zf', type: 'String', base: 'String', args: '', owners: [objectIn], isOfInterface: true },
          { name: 'zn', type: 'Int', base: 'Int', args: '(x: Int)', owners: [objectIn], isOfInterface: true },
          ...interfaceFields
            .filter(({ overriddenFrom }) => overriddenFrom === undefined)
            .map(
              ({ name, args }, at): Field => ({
                name: `zr${at}`,
                type: at === 0 ? 'String!' : 'Int',
                base: at === 0 ? 'String' : 'Int',
                args: '',
                owners: [objectIn],
                isOfInterface: true,
                requires: [{ field: name, args: requiredArgs[args] ?? {}, inside: [] }],
              }),
            ),
        ];

  const types: Record<string, Type> = {};
  spec.values.forEach(({ fields }, at) => {
    const name = `V${at}`;
    const bases = [...leafNames, ...leafNames, ...valueNames.slice(at + 1), ...entityNames];
    const made = fields.map((one, index) => ({
      // The first is a leaf, so that there is always one to ask for.
      ...plain(`v${at}f${index}`, one, index === 0 ? leafNames : bases),
      owners: [],
    }));
    types[name] = { name, key: undefined, keysIn: [], fields: made };
  });
  spec.entities.forEach((one, at) => {
    const name = `E${at}`;
    const isMember = spec.interface !== null && members.includes(name);
    const bases = [...leafNames, ...leafNames, ...objects];
    const own = one.fields.map((field, index) => plain(`e${at}f${index}`, field, bases));
    const key = isMember
      ? 'simple'
      : pick<KeyKind>(['simple', 'simple', 'composite', 'nested', 'several'], one.key);
    const extra = isMember ? [...interfaceFields, ...ofObject] : [];
    const keysIn = key === 'several' ? keysOf(one, own[0]?.owners[0] ?? 0, count) : [];
    types[name] = { name, key, keysIn, fields: [...own, ...extra] };
  });

  const queries = spec.queries.map((one, at) => plain(`q${at}`, one, [...objects, 'String', 'Int']));
  const model: Model = {
    subgraphs: objectIn === undefined ? subgraphs : [...subgraphs, 'z'],
    types,
    queries: [
      ...queries.map((field, at) => rootKind(field, spec.queries[at] as FieldSpec, count)),
      ...(objectIn === undefined
        ? []
        : ['Thing', '[Thing!]!'].map(
            (type, at): Field => ({ name: `qz${at}`, type, base: 'Thing', args: '', owners: [objectIn] }),
          )),
    ],
    mutations: spec.mutations.map((one, at) => plain(`m${at}`, { ...one, args: 7 }, ['Int', ...objects])),
    interface: spec.interface ? { fields: interfaceFields, members, objectIn } : undefined,
    membersIn: {
      [unionName]: subgraphs.map((_, at) => someOf(inUnion, at)),
      // Whoever adds to an interface must know all that implement it.
      [interfaceName]: [...subgraphs, 'z'].map((_, at) =>
        isObject ||
        interfaceFields.some(({ owners, overriddenFrom }) => owners.includes(at) || overriddenFrom === at)
          ? members
          : someOf(members, at),
      ),
    },
  };
  for (const [at, one] of spec.entities.entries()) addKinds(model, `E${at}`, one, count);
  return model;
}

function someOf(names: readonly string[], subgraph: number): readonly string[] {
  const some = names.filter((name) => hash(`${name}${subgraph}`) % 3 > 0);
  return some.length > 0 ? some : names;
}

/** The home has both, so that there is a way from each to each. */
function keysOf({ keys }: EntitySpec, home: number, count: number): Type['keysIn'] {
  const ways = [['id'], ['code'], ['id', 'code']];
  return Array.from({ length: count }, (_, at) =>
    at === home ? ['id', 'code'] : pick(ways, keys >> (at * 2)),
  );
}

function rootKind(field: Field, { kind, with: other }: FieldSpec, count: number): Field {
  const [owner] = field.owners as [number];
  const another = (owner + 1 + (other % (count - 1))) % count;
  // What two subgraphs answer with must be known to both.
  const isSimple = field.base !== interfaceName && field.base !== unionName;
  if (kind % 12 === 10 && isSimple) return { ...field, owners: [owner, another] };
  if (kind % 12 === 11) return { ...field, overriddenFrom: another };
  return field;
}

/** What is special about the fields of an entity; those that need others come after all are there. */
function addKinds(model: Model, name: string, { fields }: EntitySpec, count: number): void {
  const types = model.types as Record<string, Type>;
  fields.forEach((spec, at) => {
    const type = types[name] as Type;
    const field = type.fields[at] as Field;
    const changed = changedField(model, type, field, spec, count, at);
    types[name] = { ...type, fields: type.fields.map((each) => (each === field ? changed : each)) };
  });
}

function changedField(
  model: Model,
  type: Type,
  field: Field,
  { kind, with: other }: FieldSpec,
  count: number,
  at: number,
): Field {
  const [owner] = field.owners as [number];
  const another = (owner + 1 + (other % (count - 1))) % count;
  const isSimple = field.base !== interfaceName && field.base !== unionName;
  switch (manyRequire && kind % 20 < 8 ? 13 : kind % 20) {
    case 10:
    case 11:
      return isSimple ? { ...field, owners: [owner, another] } : field;
    case 12:
      return { ...field, overriddenFrom: another, isByLabel: other % 2 === 0 };
    case 13:
    case 14:
    case 15:
    case 16: {
      const requires = requirable(model, type, field, at)
        .filter((_, index) => has(other, index))
        .slice(0, 2);
      return requires.length > 0 ? { ...field, requires } : field;
    }
    case 17:
    case 18: {
      const leaves = (model.types[field.base]?.fields ?? []).filter(
        ({ owners, args, base, overriddenFrom, isOfInterface, requires }) =>
          !owners.includes(owner) &&
          overriddenFrom !== owner &&
          args === '' &&
          leafNames.includes(base) &&
          !isOfInterface &&
          !requires &&
          owners.length === 1,
      );
      const isEntity = model.types[field.base]?.key !== undefined;
      const leaf = leaves[other % Math.max(leaves.length, 1)];
      return isEntity && leaf ? { ...field, provides: leaf.name } : field;
    }
    case 19:
      return { ...field, isInaccessible: true };
    // Not the first, so that there is always something else to ask for.
    case 9:
      return at === 0
        ? field
        : { ...field, type: field.type.replace(field.base, 'Query'), base: 'Query', args: '' };
    default:
      return field;
  }
}

/** Only fields that stand before it are required, so that none requires itself. */
function requirable(
  model: Model,
  type: Type,
  { owners }: Field,
  at: number,
): NonNullable<Field['requires']>[number][] {
  const [owner] = owners as [number];
  return type.fields.slice(0, at).flatMap((other) => {
    if (other.owners.includes(owner) || other.overriddenFrom === owner) return [];
    const args = requiredArgs[other.args] ?? {};
    if (other.base === 'Query') return [];
    if (leafNames.includes(other.base)) return [{ field: other.name, args, inside: [] }];
    const value = model.types[other.base];
    if (!value || (value.key && !manyRequire)) return [];
    const inside = settled(value, type, at)
      .filter((each) => leafNames.includes(each.base) && each.args === '')
      .map((each) => each.name);
    return inside.length > 0 ? [{ field: other.name, args, inside }] : [];
  });
}

/** The fields of a type that may be required with `type`'s field at `at`: of entities, only those that require none that follow. */
function settled(value: Type, type: Type, at: number): readonly Field[] {
  if (!value.key) return value.fields;
  if (value.name > type.name) return [];
  const fields = value === type ? value.fields.slice(0, at) : value.fields;
  return fields.filter(({ overriddenFrom, isOfInterface }) => overriddenFrom === undefined && !isOfInterface);
}
