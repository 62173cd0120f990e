/** Gathers what a fetch asks about: the objects at a path of the answer, and the representation of each as JSON text. */
import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { evaluate, own, quoted, read } from './generatedCode.ts';
import { jsonOf } from './jsonText.ts';
import type { Item } from './listItems.ts';
import { representer, settersOf } from './representationText.ts';

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
