/** Writes the answer to an operation as JSON text, straight from what the subgraphs sent. */
import {
  type FieldNode,
  type GraphQLInterfaceType,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLString,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { evaluate, own, quoted, read } from './code.ts';
import { type Item, isOfType } from './collect.ts';
import { addFields, type FieldOptions } from './fields.ts';
import {
  deniedTeller,
  type Hole,
  type HoleAt,
  type HoleSchemas,
  holeTeller,
  type ObjectLike,
  type Path,
  strangersOf,
  type TellHole,
  type Writing,
  type WritingOptions,
} from './holes.ts';
import { leafWriters, leaves, leavesForParse } from './leaves.ts';
import { jsonOf, quote } from './text.ts';

export interface WriteOptions extends FieldOptions, HoleSchemas {
  operation: OperationDefinitionNode;
  /** What the client calls the response names that are not its own; '' for one that it did not ask for. */
  names: ReadonlyMap<string, string>;
  /** Fields that whoever asks may not see; none unless given. */
  denied?: ReadonlySet<FieldNode>;
  /** Whether JSON.parse will read the answer. */
  isForParse?: boolean | undefined;
}

export interface Written {
  /** The value of "data". */
  text: string;
  holes: readonly Hole[];
  /** Where something was denied. */
  denied: readonly Hole['path'][];
}

/** Code that gives no text for the whole object or list. */
const noneCode = 'w.size=z;return undefined;';

type WriteItem = (item: unknown, writing: Writing) => string | undefined;

/** Thrown where an answer has more characters than it may have bytes. */
const tooLarge = new RangeError('Expected an answer within its bounds, but got: a larger one.');

const over = (): never => {
  throw tooLarge;
};

/**
 * A function that writes the answer to an operation whose conditions have these values: the fields in the order of the
 * operation, lists and objects as they are typed, null where a value is missing or is not of its type, up to the
 * nearest field that may be null (GraphQL section 6.4). What clients cannot see (@inaccessible) is null too, and no hole. Undefined
 * where the text is too large, found out before it is whole.
 */
export function compileWrite(
  options: WriteOptions,
): (root: Item, options: WritingOptions) => Written | undefined {
  const { schema, operation } = options;
  const type = schema.getRootType(operation.operation);
  if (!type)
    throw new Error(`Expected the schema to have a root for a ${operation.operation}, but got: none.`);
  const write = compileObject({ ...options, runs: { count: 0 } }, type, [operation.selectionSet], []);
  return (root, { introspect, absent, maxBytes }) => {
    const writing: Writing = {
      introspect,
      absent,
      maxBytes,
      size: 0,
      texts: [],
      at: [],
      holes: [],
      denied: [],
      isDenied: false,
      hidden: undefined,
    };
    let text: string;
    try {
      text = write(root, writing) ?? 'null';
    } catch (error) {
      if (error === tooLarge) return undefined;
      throw error;
    }
    // A character has three bytes at most.
    if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) return undefined;
    const { holes, denied, hidden } = writing;
    // Without data there has to be an error (GraphQL section 7.1).
    if (text === 'null' && hidden && holes.length === 0 && denied.length === 0) holes.push(hidden);
    return { text, holes, denied };
  };
}

interface UnitOptions extends WriteOptions {
  /** How many runs of leaves there are so far. */
  runs: { count: number };
}

/** Code for one object of the answer and all of one type below it. */
interface Unit {
  options: UnitOptions;
  functions: string[];
  scope: Record<string, unknown>;
  /** How many values have been added to the scope. */
  added: number;
  /** One for each place that may have a hole: a list, since names by the thousand are slow to make code of. */
  holes: TellHole[];
}

function compileObject(
  options: UnitOptions,
  type: ObjectLike,
  selections: readonly SelectionSetNode[],
  path: Path,
): WriteItem {
  const holes: Unit['holes'] = [];
  const scope = { own, quote, jsonOf, holes, over, ...(options.isForParse ? leavesForParse : leaves) };
  const unit: Unit = { options, functions: [], scope, added: 0, holes };
  const name = addObject(unit, type, selections, path);
  return evaluate(`(()=>{${unit.functions.join('\n')}\nreturn ${name}})()`, unit.scope);
}

/** Adds the function that writes an object of the type, and returns its name. */
function addObject(
  unit: Unit,
  type: ObjectLike,
  selections: readonly SelectionSetNode[],
  path: Path,
): string {
  const fields = new Map<string, FieldNode[]>();
  for (const selection of selections) addFields(fields, unit.options, type, selection);
  const name = `object${unit.functions.length}`;
  const place = unit.functions.push('') - 1;
  const pieces: Piece[] = [];
  for (const [key, nodes] of fields) {
    const shown = unit.options.names.get(key) ?? key;
    if (shown !== '') pieces.push(pieceOf(unit, type, { key, shown, nodes, path: [...path, shown] }));
  }
  const code = groupLeaves(pieces, path)
    .map((group, at) => {
      const start = at === 0 ? '{' : ',';
      return group.isRun ? runCode(unit, group.pieces, start) : piecesCode(group.pieces, start);
    })
    .join('');
  // An object without fields has only what was skipped.
  const end = pieces.length === 0 ? `return '{}'` : `return s+'}'`;
  const least = pieces.reduce((sum, { before, leastLength = 0 }) => sum + before.length + leastLength, 2);
  unit.functions[place] = [
    `function ${name}(item,w){if(typeof item!=='object'||item===null||Array.isArray(item))return undefined;`,
    `const z=w.size;if((w.size+=${least})>w.maxBytes)over();let t;let s='';${code}${end}}`,
  ].join('');
  return name;
}

/** One field of an object. */
interface Piece {
  /** The name and the colon. */
  before: string;
  /** Code that puts the text of the value into `t`. */
  code: string;
  /** The name of the value in the data, where that is a leaf. */
  leaf?: string;
  /** Whether the value tells one object from another. */
  isId?: boolean;
  /** How many characters the value has at least, where its code does not count them. */
  leastLength?: number;
}

interface FieldAt {
  key: string;
  shown: string;
  nodes: readonly FieldNode[];
  path: Path;
}

function pieceOf(unit: Unit, type: ObjectLike, { key, shown, nodes, path }: FieldAt): Piece {
  const before = `${JSON.stringify(shown)}:`;
  const node = nodes[0] as FieldNode;
  const { value: fieldName } = node.name;
  if (fieldName === '__typename') {
    if (!isInterfaceType(type)) {
      const text = JSON.stringify(type.name);
      const isStranger = addToScope(unit, 'stranger', strangersOf(unit.options, type));
      const came = 'item.__typename';
      const guard = `if(${came}!==undefined&&${came}!==${quoted(type.name)}&&${isStranger}(${came})){${noneCode}}`;
      return { before, code: `${guard}t=${quoted(text)};`, leastLength: text.length };
    }
    const required = new GraphQLNonNull(GraphQLString);
    const what = `field ${type.name}.__typename`;
    return { before, code: holeCode(unit, 'undefined', { type: required, path, what, owner: type }) };
  }
  if (fieldName === '__schema' || fieldName === '__type') {
    const introspected = `t=w.introspect(${addToScope(unit, 'node', mergedNode(nodes))});`;
    return { before, code: `${introspected}${countCode}` };
  }
  const field = type.getFields()[fieldName];
  if (!field) throw new Error(`Expected ${type.name} to have the field, but got: ${fieldName}.`);
  if (nodes.every((one) => unit.options.denied?.has(one)))
    return { before, code: deniedCode(unit, field.type, path) };
  const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const value = read('item', key);
  const what = `field ${type.name}.${field.name}`;
  const hole = holeCode(unit, value, { type: field.type, path, what, owner: type });
  const code = `t=${valueCode(unit, field.type, value, inner, path)};if(t===undefined)${hole}`;
  const leafType = isNonNullType(field.type) ? field.type.ofType : field.type;
  if (!isLeafType(leafType)) return { before, code };
  const leaf = { before, leaf: key, isId: leafType.name === 'ID' };
  return shortTypes.has(leafType.name) || isEnumType(leafType)
    ? { ...leaf, code, leastLength: 1 }
    : { ...leaf, code: `${code}${countCode}` };
}

/** Leaves whose text is short whatever the value is. */
const shortTypes: ReadonlySet<string> = new Set(['Boolean', 'Float', 'Int']);

/** Code that counts the text of a value, so that an answer ends as soon as it is too large. */
const countCode = 'if((w.size+=t.length)>w.maxBytes)over();';

function piecesCode(pieces: readonly Piece[], start: string): string {
  return pieces
    .map(({ before, code }, at) => `${code}s+=${quoted((at === 0 ? start : ',') + before)}+t;`)
    .join('');
}

/**
 * Leaves that stand side by side in objects of lists within lists: there, the same entity comes again and again. A run
 * is two or more of them.
 */
function groupLeaves(pieces: readonly Piece[], path: Path): { isRun: boolean; pieces: Piece[] }[] {
  const mayRepeat = path.filter((key) => typeof key === 'number').length > 1;
  const groups: { isRun: boolean; pieces: Piece[] }[] = [];
  for (const piece of pieces) {
    const isLeaf = mayRepeat && piece.leaf !== undefined;
    const last = groups.at(-1);
    if (last && isLeaf && last.pieces.every(({ leaf }) => leaf !== undefined)) {
      last.pieces.push(piece);
      last.isRun = true;
    } else {
      groups.push({ isRun: false, pieces: [piece] });
    }
  }
  return groups;
}

/** Code that writes a run of leaves, or takes the text that was written for the same values before. */
function runCode(unit: Unit, pieces: readonly Piece[], start: string): string {
  const number = unit.options.runs.count++;
  const { leaf: key = '' } = pieces.find(({ isId }) => isId) ?? (pieces[0] as Piece);
  const others = pieces.flatMap(({ leaf = '' }) => (leaf === key ? [] : [leaf]));
  const isSame = others.map((leaf) => `&&${read('c.item', leaf)}===${read('item', leaf)}`).join('');
  return [
    `{const texts=w.texts[${number}]??=new Map();const k=${read('item', key)};const c=texts.get(k);`,
    `if(c!==undefined${isSame}){s+=c.text;if((w.size+=c.text.length)>w.maxBytes)over()}`,
    `else{const before=s;const told=w.holes.length;s='';${piecesCode(pieces, start)}s.charCodeAt(0);`,
    // Holes are told anew at each place.
    `if(w.holes.length===told)texts.set(k,{item,text:s});s=before+s}}`,
  ].join('');
}

/** One field for those of one response name, with the selections of all. */
function mergedNode(nodes: readonly FieldNode[]): FieldNode {
  const selections = nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  return { ...(nodes[0] as FieldNode), selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function addToScope(unit: Unit, kind: string, value: unknown): string {
  const name = `${kind}${unit.added++}`;
  unit.scope[name] = value;
  return name;
}

/** Code for the text of a value of the type, or undefined where there is none. */
function valueCode(
  unit: Unit,
  type: GraphQLOutputType,
  value: string,
  selections: readonly SelectionSetNode[],
  path: Path,
): string {
  if (isNonNullType(type)) return valueCode(unit, type.ofType, value, selections, path);
  if (isListType(type)) return `${addList(unit, type.ofType, selections, path)}(${value},w)`;
  if (isLeafType(type)) {
    const writer = leafWriters.get(type.name);
    if (writer) return `${writer}(${value})`;
    if (!isEnumType(type)) return `custom(${value})`;
    const values = new Map(type.getValues().map((one) => [one.name, JSON.stringify(one.name)]));
    return `${addToScope(unit, 'values', values)}.get(${value})`;
  }
  if (isObjectType(type)) return `${addObject(unit, type, selections, path)}(${value},w)`;
  const write = writeAbstract(unit.options, type.name, selections, path);
  return `${addToScope(unit, 'abstract', write)}(${value},w)`;
}

/** Code for each type is made when an object of it comes: an interface may have hundreds. */
function writeAbstract(
  options: UnitOptions,
  abstract: string,
  selections: readonly SelectionSetNode[],
  path: Path,
): WriteItem {
  const { schema } = options;
  const known = new Map<unknown, WriteItem>();
  const none: WriteItem = () => undefined;
  return (item, writing) => {
    const typename = (item as Item | null | undefined)?.__typename;
    let write = known.get(typename);
    if (!write) {
      // The name of a type is a text: nothing else is kept by which the same type could come again and again.
      if (typename !== undefined && typeof typename !== 'string') return none(item, writing);
      const type = schema.getType(typename ?? abstract);
      // Where the kind of an object matters it was asked for: without one, nobody knows what the object is.
      const isKnown = isObjectType(type) || (isInterfaceType(type) && areAllAlike(options, type, selections));
      if (!isKnown || !isOfType(schema, type.name, abstract)) return none(item, writing);
      write = compileObject(options, type, selections, path);
      known.set(typename, write);
    }
    return write(item, writing);
  };
}

/** Whether objects of an interface have the same fields whatever their type is. */
function areAllAlike(
  options: WriteOptions,
  type: GraphQLInterfaceType,
  selections: readonly SelectionSetNode[],
): boolean {
  const fieldsOf = (one: ObjectLike) => {
    const fields = new Map<string, FieldNode[]>();
    for (const selection of selections) addFields(fields, options, one, selection);
    return [...fields];
  };
  const wanted = fieldsOf(type);
  return options.schema.getPossibleTypes(type).every((one) => {
    const own = fieldsOf(one);
    return (
      own.length === wanted.length &&
      own.every(([key, nodes], at) => key === wanted[at]?.[0] && areSame(nodes, wanted[at][1]))
    );
  });
}

/** Whether fields of one name come to the same: a leaf is one however often it is asked for. */
function areSame(nodes: readonly FieldNode[], others: readonly FieldNode[]): boolean {
  if (nodes.every(({ selectionSet }) => !selectionSet)) return true;
  return nodes.length === others.length && nodes.every((node, at) => node === others[at]);
}

function addList(
  unit: Unit,
  type: GraphQLOutputType,
  selections: readonly SelectionSetNode[],
  path: Path,
): string {
  const depth = path.filter((key) => typeof key === 'number').length;
  const place = [...path, depth];
  const value = valueCode(unit, type, 'list[i]', selections, place);
  const what = `element of type ${getNamedType(type).name}`;
  const hole = holeCode(unit, 'list[i]', { type, path: place, what });
  const count = isLeafType(isNonNullType(type) ? type.ofType : type) ? countCode : '';
  const name = `list${unit.functions.length}`;
  unit.functions.push(
    [
      `function ${name}(list,w){if(!Array.isArray(list))return undefined;`,
      `const z=w.size;if((w.size+=list.length+2)>w.maxBytes)over();let t;let s='[';`,
      `for(let i=0;i<list.length;i++){w.at[${depth}]=i;t=${value};if(t===undefined)${hole}${count}s+=i===0?t:','+t}`,
      `return s+']'}`,
    ].join(''),
  );
  return name;
}

/** Code for a value that has no text: null where the type allows it, and nothing for the whole object where it does not. */
function holeCode(unit: Unit, value: string, hole: HoleAt): string {
  const call = `holes[${unit.holes.push(holeTeller(unit.options, hole)) - 1}](w,${value}${hole.owner ? ',item' : ''})`;
  if (isNonNullType(hole.type)) return `{${call};${noneCode}}`;
  return hole.owner ? `{if(${call}){${noneCode}}t='null'}` : `{${call};t='null'}`;
}

/** Code for a field that was denied: null, or nothing for the whole object. */
function deniedCode(unit: Unit, type: GraphQLOutputType, path: Path): string {
  const call = `holes[${unit.holes.push(deniedTeller(type, path)) - 1}](w);`;
  return isNonNullType(type) ? `${call}${noneCode}` : `${call}t='null';`;
}
