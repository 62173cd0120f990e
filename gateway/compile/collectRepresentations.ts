/**
 * Compiles code that collects the entities of a fetch: the objects at a path of the response, and their
 * representations as JSON text.
 */
import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { evaluate, own, quoted, read } from './generatedCode.ts';
import { jsonOf } from './jsonText.ts';
import type { Item } from './listItems.ts';
import { representer, settersOf } from './representationText.ts';

/** The objects to merge entities into: `items[n]` gets the entity of the representation at `index[n]`. */
export interface Places {
  items: Item[];
  index: number[];
}

/** Adds new representations to `texts`, and the objects at each part's path to `places`. */
export type Collect = (root: Item, texts: string[], places: readonly Places[]) => void;

export interface CollectPart {
  fetch: FetchNode;
  path: readonly string[];
}

/**
 * Compiles a function that walks from the response's root along each part's path and collects the objects that have
 * all fields the fetch requires. Equal representations are added once. Null, objects of other types and incomplete
 * objects are skipped. If `isLenient`, an object is complete with its key fields, since a condition may have excluded
 * other required fields.
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
 * Generates a function that returns the index of an object's representation in `texts`, or -1. Most objects are
 * identified by one field: they are looked up by it, and their text is generated only once.
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
    // A value without a JSON form cannot be sent: its object is skipped like an incomplete one.
    'catch(error){if(error instanceof RangeError)return -1;throw error}};',
  ].join('');
}

const local = (name: string) => `v_${name}`;

/** An object type and the fields of its representation, all of them leaves. */
type PlainType = readonly [typename: string, fields: readonly string[]];

/** The object types in `requires` if each occurs once and has only leaf fields; otherwise none. */
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

/** Compiles a function that returns all objects at `path`. */
export function compileFind(path: readonly string[]): (root: Item) => Item[] {
  return evaluate(
    `function find(root){const items=[];${walk(path, (item) => `items.push(${item});`)}return items}`,
    { own },
  );
}

/** Parses a path element: a name or "@", and its type conditions. */
export function elementOf(element: string): { name: string; types: readonly string[] | undefined } {
  const [name = '', types] = element.split('|', 2);
  return { name, types: types?.replace(/^\[|\]$/g, '').split(',') };
}

/** Generates code that runs `each` for every object at `path`, including those in lists. */
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
