/** Gathers what a fetch asks about: the objects at a path of the answer, and the representation of each as JSON text. */
import type { FetchNode, QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType, Kind, parse } from 'graphql';
import { evaluate, own, quoted, read } from './code.ts';
import { jsonOf } from './text.ts';

export type Item = Record<string, unknown>;

/** The objects that the answers go into: `items[n]` gets the answer about the representation `index[n]`. */
export interface Places {
  items: Item[];
  index: number[];
}

/** Adds to `texts` the representations that are not there yet, and to each of `places` the objects at its path. */
export type Collect = (root: Item, texts: string[], places: readonly Places[]) => void;

export interface CollectPart {
  fetch: FetchNode;
  path: readonly string[];
}

/**
 * A function that walks from the root of the answer along the path of each part and gathers the objects there that have
 * all of what its fetch requires, each representation once. Objects that are null, of another type or not complete are
 * left out. Where `isLenient`, an object is complete with its keys: what else is required may be left out of the plan by
 * a condition.
 */
export function compileCollect(
  parts: readonly CollectPart[],
  schema: GraphQLSchema,
  { isLenient = false } = {},
): Collect {
  const scope: Record<string, unknown> = { own, jsonOf };
  const adders = new Map<string, string>();
  let code = '';
  let walks = '';
  for (const [at, { fetch, path }] of parts.entries()) {
    const { requires = [], inputRewrites = [] } = fetch;
    const key = JSON.stringify([requires, inputRewrites]);
    let adder = adders.get(key);
    if (adder === undefined) {
      adder = `add${at}`;
      adders.set(key, adder);
      scope[`represent${at}`] = representer(requires, {
        rewrites: settersOf(inputRewrites),
        schema,
        isLenient,
        isNested: false,
      });
      const isPlain = inputRewrites.length === 0 && !isLenient;
      code += adderCode(at, isPlain ? plainTypes(requires, schema) : []);
    }
    walks += `{const {items,index}=places[${at}];${walk(
      path,
      (item) => `const at=${adder}(${item});if(at>=0){items.push(${item});index.push(at)}`,
    )}}`;
  }
  return evaluate<Collect>(
    `function collect(root,texts,places){const seen=new Map();const first=[];const known=(text)=>{${[
      'let at=seen.get(text);if(at===undefined){at=texts.push(text)-1;seen.set(text,at)}return at};',
    ]}${code}${walks}}`,
    scope,
  );
}

/**
 * Code of a function that gives the place of an object's representation in `texts`, or -1. Most objects are known by
 * one field: such a one is looked up by the field, and its text is made only once.
 */
function adderCode(at: number, types: readonly PlainType[]): string {
  const maps = types.map((_, type) => `const m${at}_${type}=new Map();`).join('');
  const cases = types.map(([typename, fields], type) => {
    const names = fields.filter((name) => name !== '__typename');
    const [key = ''] = names;
    const map = `m${at}_${type}`;
    const read1 = (name: string) =>
      `const ${local(name)}=${read('item', name)};if(${local(name)}===undefined)return -1;`;
    const text = fields
      .map((name, place) => {
        const before = `${place === 0 ? '{' : ','}${JSON.stringify(name)}:`;
        return name === '__typename'
          ? quoted(before + JSON.stringify(typename))
          : `${quoted(before)}+jsonOf(${local(name)})`;
      })
      .join('+');
    const others = names.slice(1).map((name) => `f[${quoted(name)}]!==${local(name)}`);
    const differs =
      others.length > 0 ? `else{const f=first[at];if(${others.join('||')})at=known(${text}+'}')}` : '';
    return [
      `if(item.__typename===${quoted(typename)}){${names.map(read1).join('')}let at=${map}.get(${local(key)});`,
      `if(at===undefined){at=texts.push(${text}+'}')-1;${map}.set(${local(key)},at);first[at]=item}${differs}return at}`,
    ].join('');
  });
  return [
    `${maps}const add${at}=(item)=>{try{${cases.join('')}`,
    `const text=represent${at}(item,item.__typename);return text===undefined?-1:known(text)}`,
    // What JSON has no text for cannot be asked about: such an object is left out, as one that is not complete.
    'catch(error){if(error instanceof RangeError)return -1;throw error}};',
  ].join('');
}

const local = (name: string) => `v_${name}`;

/** A type of objects, and the fields that stand in a representation: leaves all. */
type PlainType = readonly [typename: string, fields: readonly string[]];

/** The types that are required by name, where all are objects, each once, that have nothing but leaves; else none. */
function plainTypes(requires: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): PlainType[] {
  const types = new Map<string, string[] | undefined>();
  for (const selection of requires) {
    if (selection.kind === 'Field' || !isObjectType(schema.getType(selection.typeCondition ?? ''))) return [];
    const { typeCondition = '', selections } = selection;
    const names = selections.flatMap((one) =>
      one.kind === 'Field' && !one.selections && one.alias === undefined ? [one.name] : [],
    );
    const isPlain = names.length === selections.length && names.includes('__typename') && names.length > 1;
    types.set(typeCondition, isPlain && !types.has(typeCondition) ? names : undefined);
  }
  return [...types].every(([, names]) => names) ? ([...types] as [string, string[]][]) : [];
}

/** A function that gives every object at `path`. */
export function compileFind(path: readonly string[]): (root: Item) => Item[] {
  return evaluate(
    `function find(root){const items=[];${walk(path, (item) => `items.push(${item});`)}return items}`,
    { own },
  );
}

/** An element of a path: a name or "@", and the types to which it is limited. */
export function elementOf(element: string): { name: string; types: readonly string[] | undefined } {
  const [name = '', types] = element.split('|', 2);
  return { name, types: types?.replace(/^\[|\]$/g, '').split(',') };
}

/** Code that does `each` for every object at `path`, lists walked through. */
function walk(path: readonly string[], each: (item: string) => string): string {
  let open = '';
  let close = '';
  let item = 'root';
  for (const [depth, element] of path.entries()) {
    const { name, types } = elementOf(element);
    const next = `o${depth}`;
    if (name === '@') {
      open += `if(Array.isArray(${item}))for(const ${next} of ${item}){`;
    } else {
      open += `if(typeof ${item}==='object'&&${item}!==null){const ${next}=${read(item, name)};`;
    }
    close += '}';
    if (types) {
      open += `if(${types.map((type) => `${next}?.__typename===${quoted(type)}`).join('||') || 'false'}){`;
      close += '}';
    }
    item = next;
  }
  return `${open}if(typeof ${item}==='object'&&${item}!==null&&!Array.isArray(${item})){${each(item)}}${close}`;
}

type Represent = (item: Item, typename: unknown) => string | undefined;

interface Rewrite {
  path: readonly string[];
  value: unknown;
}

function settersOf(rewrites: NonNullable<FetchNode['inputRewrites']>): Rewrite[] {
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
  /** Whether it is an object in a field of the entity: nothing may be required of one of its type. */
  isNested: boolean;
}

function representer(requires: readonly QueryPlanSelectionNode[], options: Representing): Represent {
  const represent = byType(requires, options);
  // An object without a type is nothing that a subgraph could find.
  return (item, typename) => (typeof typename === 'string' ? represent(item, typename) : undefined);
}

/** Code for each type is made when an object of it comes; all that is no type of the schema has the same. */
function byType(selections: readonly QueryPlanSelectionNode[], options: Representing): Represent {
  const known = new Map<unknown, (item: Item) => string | undefined>();
  return (item, typename) => {
    let represent = known.get(typename);
    if (!represent) {
      const type = typeof typename === 'string' ? options.schema.getType(typename)?.name : undefined;
      represent = known.get(type) ?? ofType(selections, options, type);
      known.set(type, represent);
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
    // What the answer knows under an alias has its own name in the representation.
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

/** What lies in a field: an object, null, or lists of such. */
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

/** The fields that an object of the type has, those of fragments that apply to it included. */
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

/** The rewrites that apply to an object of the type, their leading type conditions taken away. */
function withoutTypes(rewrites: readonly Rewrite[], typename: unknown, schema: GraphQLSchema): Rewrite[] {
  return rewrites.flatMap((rewrite): Rewrite[] => {
    const [first, ...rest] = rewrite.path;
    if (!first?.startsWith(fragment)) return [rewrite];
    const isMet = typename === undefined || isOfType(schema, typename, first.slice(fragment.length));
    return isMet ? withoutTypes([{ path: rest, value: rewrite.value }], typename, schema) : [];
  });
}

/** Whether an object of the type `typename` is one of the type `condition` too. */
export function isOfType(schema: GraphQLSchema, typename: unknown, condition: string): boolean {
  if (typename === condition) return true;
  if (typeof typename !== 'string') return false;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
  );
}
