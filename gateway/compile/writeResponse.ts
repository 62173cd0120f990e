/** Compiles an operation into code that writes its response as JSON text directly from the merged subgraph data. */
import {
  type FieldNode,
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
  type SelectionSetNode,
} from 'graphql';
import { addFields, areAllAlike } from './collectFields.ts';
import { evaluate, own, quoted, read } from './generatedCode.ts';
import { jsonOf, quote } from './jsonText.ts';
import { groupLeaves, type Piece, piecesCode, runCode } from './leafRuns.ts';
import { leafWriters, leaves, leavesForParse } from './leafText.ts';
import { type Item, isOfType } from './listItems.ts';
import {
  type NullViolation,
  type ObjectLike,
  type Path,
  unknownTypesOf,
  type Writing,
  type WritingOptions,
} from './nullViolations.ts';
import {
  addToScope,
  noneCode,
  nullCode,
  type Unit,
  type UnitOptions,
  unauthorizedCode,
  type WriteOptions,
} from './writeUnit.ts';

export interface Written {
  /** The JSON text of "data". */
  text: string;
  violations: readonly NullViolation[];
  /** The paths of unauthorized fields. */
  unauthorized: readonly NullViolation['path'][];
}

type WriteItem = (item: unknown, writing: Writing) => string | undefined;

/** Thrown when a response has more characters than the limit has bytes. */
const tooLarge = new RangeError('Expected an answer within its bounds, but got: a larger one.');

const over = (): never => {
  throw tooLarge;
};

/**
 * Compiles a writer for an operation with these condition values. Fields are in the order of the operation and values
 * are checked against their types. A missing or invalid value becomes null, which propagates to the nearest nullable
 * field (GraphQL section 6.4). `@inaccessible` values become null too, without a violation. The writer returns
 * undefined if the text exceeds the size limit, which it detects early.
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
      violations: [],
      unauthorized: [],
      isUnauthorized: false,
      hidden: undefined,
    };
    let text: string;
    try {
      text = write(root, writing) ?? 'null';
    } catch (error) {
      if (error === tooLarge) return undefined;
      throw error;
    }
    // A UTF-16 code unit has at most three bytes in UTF-8.
    if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) return undefined;
    const { violations, unauthorized, hidden } = writing;
    // Null data requires an error (GraphQL section 7.1).
    if (text === 'null' && hidden && violations.length === 0 && unauthorized.length === 0)
      violations.push(hidden);
    return { text, violations, unauthorized };
  };
}

function compileObject(
  options: UnitOptions,
  type: ObjectLike,
  selections: readonly SelectionSetNode[],
  path: Path,
): WriteItem {
  const nullReporters: Unit['nullReporters'] = [];
  const scope = {
    own,
    quote,
    jsonOf,
    nullReporters,
    over,
    ...(options.isForParse ? leavesForParse : leaves),
  };
  const unit: Unit = { options, functions: [], scope, added: 0, nullReporters };
  const name = addObject(unit, type, selections, path);
  return evaluate(`(()=>{${unit.functions.join('\n')}\nreturn ${name}})()`, unit.scope);
}

/** Adds the function that writes an object of the type. Returns its name. */
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
    const responseName = unit.options.names.get(key) ?? key;
    if (responseName !== '')
      pieces.push(pieceOf(unit, type, { key, responseName, nodes, path: [...path, responseName] }));
  }
  const code = groupLeaves(pieces, path)
    .map((group, at) => {
      const start = at === 0 ? '{' : ',';
      return group.isRun ? runCode(unit, group.pieces, start) : piecesCode(group.pieces, start);
    })
    .join('');
  // All fields of the object are skipped.
  const end = pieces.length === 0 ? `return '{}'` : `return s+'}'`;
  const least = pieces.reduce((sum, { before, leastLength = 0 }) => sum + before.length + leastLength, 2);
  unit.functions[place] = [
    `function ${name}(item,w){if(typeof item!=='object'||item===null||Array.isArray(item))return undefined;`,
    `const z=w.size;if((w.size+=${least})>w.maxBytes)over();let t;let s='';${code}${end}}`,
  ].join('');
  return name;
}

interface FieldAt {
  key: string;
  responseName: string;
  nodes: readonly FieldNode[];
  path: Path;
}

function pieceOf(unit: Unit, type: ObjectLike, { key, responseName, nodes, path }: FieldAt): Piece {
  const before = `${JSON.stringify(responseName)}:`;
  const node = nodes[0] as FieldNode;
  const { value: fieldName } = node.name;
  if (fieldName === '__typename') {
    if (!isInterfaceType(type)) {
      const text = JSON.stringify(type.name);
      const isUnknownType = addToScope(unit, 'unknownType', unknownTypesOf(unit.options, type));
      const typename = 'item.__typename';
      const guard = `if(${typename}!==undefined&&${typename}!==${quoted(type.name)}&&${isUnknownType}(${typename})){${noneCode}}`;
      return { before, code: `${guard}t=${quoted(text)};`, leastLength: text.length };
    }
    const required = new GraphQLNonNull(GraphQLString);
    const what = `field ${type.name}.__typename`;
    return { before, code: nullCode(unit, 'undefined', { type: required, path, what, owner: type }) };
  }
  if (fieldName === '__schema' || fieldName === '__type') {
    const introspected = `t=w.introspect(${addToScope(unit, 'node', mergedNode(nodes))});`;
    return { before, code: `${introspected}${countCode}` };
  }
  const field = type.getFields()[fieldName];
  if (!field) throw new Error(`Expected ${type.name} to have the field, but got: ${fieldName}.`);
  if (nodes.every((one) => unit.options.unauthorized?.has(one)))
    return { before, code: unauthorizedCode(unit, field.type, path) };
  const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const value = read('item', key);
  const what = `field ${type.name}.${field.name}`;
  const violation = nullCode(unit, value, { type: field.type, path, what, owner: type });
  const code = `t=${valueCode(unit, field.type, value, inner, path)};if(t===undefined)${violation}`;
  const leafType = isNonNullType(field.type) ? field.type.ofType : field.type;
  if (!isLeafType(leafType)) return { before, code };
  const leaf = { before, leaf: key, isId: leafType.name === 'ID' };
  return shortTypes.has(leafType.name) || isEnumType(leafType)
    ? { ...leaf, code, leastLength: 1 }
    : { ...leaf, code: `${code}${countCode}` };
}

/** Scalars whose text is always short. */
const shortTypes: ReadonlySet<string> = new Set(['Boolean', 'Float', 'Int']);

/** Code that counts the text of a value, so that writing stops as soon as the response is too large. */
const countCode = 'if((w.size+=t.length)>w.maxBytes)over();';

/** Merges the nodes of one response name, with the selections of all. */
function mergedNode(nodes: readonly FieldNode[]): FieldNode {
  const selections = nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  return { ...(nodes[0] as FieldNode), selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** Generates an expression for the text of a value of the type, or undefined if the value is null or invalid. */
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

/** Code is generated per type at first use: an interface may have hundreds of types. */
function writeAbstract(
  options: UnitOptions,
  abstract: string,
  selections: readonly SelectionSetNode[],
  path: Path,
): WriteItem {
  const { schema } = options;
  const writers = new Map<unknown, WriteItem>();
  const none: WriteItem = () => undefined;
  return (item, writing) => {
    const typename = (item as Item | null | undefined)?.__typename;
    let write = writers.get(typename);
    if (!write) {
      // Type names are strings. Other values are not cached, since equal ones could fill the cache.
      if (typename !== undefined && typeof typename !== 'string') return none(item, writing);
      const type = schema.getType(typename ?? abstract);
      // `__typename` is selected wherever the type matters; without it the type is unknown.
      const isKnown = isObjectType(type) || (isInterfaceType(type) && areAllAlike(options, type, selections));
      if (!isKnown || !isOfType(schema, type.name, abstract)) return none(item, writing);
      write = compileObject(options, type, selections, path);
      writers.set(typename, write);
    }
    return write(item, writing);
  };
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
  const violation = nullCode(unit, 'list[i]', { type, path: place, what });
  const count = isLeafType(isNonNullType(type) ? type.ofType : type) ? countCode : '';
  const name = `list${unit.functions.length}`;
  unit.functions.push(
    [
      `function ${name}(list,w){if(!Array.isArray(list))return undefined;`,
      `const z=w.size;if((w.size+=list.length+2)>w.maxBytes)over();let t;let s='[';`,
      `for(let i=0;i<list.length;i++){w.at[${depth}]=i;t=${value};if(t===undefined)${violation}${count}s+=i===0?t:','+t}`,
      `return s+']'}`,
    ].join(''),
  );
  return name;
}
