/**
 * Compiles an operation to functions that execute it. What graphql-js determines for each object of each result is
 * determined once for each type that a selection set meets, in generated code.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { abstractCompleter, leafCompleter, listCompleter, objectCompleter } from './completeValue.ts';
import { entities } from './entitiesField.ts';
import { property, resolve, thrown } from './resolveFields.ts';
import { fieldsOf, readSelections, type Selecting } from './selectFields.ts';
import { type Args, type Completer, type Field, Frame, type MakeObject } from './settleValues.ts';

export interface CompiledOperation {
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /**
   * Returns the function that makes `data`; undefined if only graphql-js can execute the operation with these
   * variables.
   */
  planFor(variables: Readonly<Record<string, unknown>>): MakeObject | undefined;
}

/** The number of compiled fields and objects. Compiled operations add to it when they meet new types. */
export interface CompiledSize {
  size: number;
}

/** The maximum number of variants for one operation: combinations of its @skip and @include variables. */
const variantsAtMost = 32;

/**
 * Compiles a valid operation, for a schema that does not change and has no `isTypeOf`. Nested selections are compiled
 * when a result first needs them, so the compiled code is never larger than the results were. Returns undefined for
 * operations that graphql-js executes: mutations, introspection, and a document of several operations without an
 * operation name.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  kept: CompiledSize,
): CompiledOperation | undefined {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const named = operations.filter(({ name }) => operationName == null || name?.value === operationName);
  const [operation] = named;
  const root = schema.getQueryType();
  if (named.length !== 1 || operation?.operation !== 'query' || !root) return undefined;
  const { conditions, isIntrospective } = readSelections(document);
  if (isIntrospective) return undefined;

  const variants = new LRUCache<string, MakeObject>({ max: variantsAtMost });
  return {
    operation,
    fragments,
    planFor(variables) {
      let key = '';
      for (const name of conditions) {
        if (typeof variables[name] !== 'boolean') return undefined;
        key += variables[name] ? 1 : 0;
      }
      const cached = variants.get(key);
      if (cached) return cached;
      const planning: Compilation = {
        schema,
        fragments,
        variables: Object.fromEntries(conditions.map((name) => [name, variables[name]])),
        kept,
        places: 0,
        makers: new Map(),
        numbers: new Map(),
      };
      const makeData = makerFor(planning, [operation.selectionSet])(root);
      variants.set(key, makeData);
      return makeData;
    },
  };
}

interface Compilation extends Selecting {
  kept: CompiledSize;
  /** The number of fields that have an argument index. */
  places: number;
  /** Compiled functions by type and selection sets: a fragment that is spread in many places is compiled once. */
  makers: Map<string, MakeObject>;
  numbers: Map<SelectionSetNode, number>;
}

/** Returns a function that finds or compiles the maker of these selections for a type. */
function makerFor(planning: Compilation, sets: readonly SelectionSetNode[]): Field['makerOf'] {
  const { makers, numbers } = planning;
  const byType = new Map<GraphQLObjectType, MakeObject>();
  const numberOf = (set: SelectionSetNode) => {
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  };
  return (type) => {
    const cached = byType.get(type);
    if (cached) return cached;
    const name = `${type.name} ${sets.map(numberOf).join()}`;
    const make = makers.get(name) ?? compileMaker(planning, type, sets);
    makers.set(name, make);
    byType.set(type, make);
    return make;
  };
}

/** Generates the function. Its text contains names only, each of them quoted. */
function compileMaker(
  planning: Compilation,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): MakeObject {
  const fields: Field[] = [];
  const keys: string[] = [];
  const lines: string[] = [];
  for (const [key, nodes] of fieldsOf(planning, type, sets)) {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    const out = `out[${JSON.stringify(key)}]`;
    if (name === '__typename') {
      keys.push(`[${JSON.stringify(key)}]: ${JSON.stringify(type.name)}`);
      continue;
    }
    const field = compileField(planning, type, key, nodes);
    // A field that the type does not have is left out of the result, as in graphql-js.
    if (!field) continue;
    // Every result object gets its keys in the order of the operation, whenever the values arrive.
    keys.push(`[${JSON.stringify(key)}]: undefined`);
    const f = `f[${fields.push(field) - 1}]`;
    if (isEntities(type, name)) lines.push(`entities(run, ${f}, source, frame, out);`);
    else if (field.resolve) lines.push(`resolve(run, ${f}, source, frame, out);`);
    else {
      const test = passes(field.type);
      const otherwise = `property(run, ${f}, v, source, frame, out);`;
      lines.push(`try { v = from[${JSON.stringify(name)}]; } catch (error) { v = thrown(error); }`);
      lines.push(test ? `if (${test}) ${out} = v; else ${otherwise}` : otherwise);
    }
  }
  planning.kept.size += fields.length + 1;
  const code = `return (run, source, up, into, key, isNullable) => {
    const out = { ${keys.join(', ')} };
    into[key] = out;
    const frame = new Frame(up, into, key, isNullable, ${JSON.stringify(type.name)});
    const from = typeof source === 'object' || typeof source === 'function' ? source : nothing;
    let v;
    ${lines.join('\n    ')}
  };`;
  const make = new Function('f', 'Frame', 'entities', 'resolve', 'property', 'thrown', 'nothing', code);
  return make(fields, Frame, entities, resolve, property, thrown, Object.freeze({}));
}

const isEntities = (type: GraphQLObjectType, name: string) => type.name === 'Query' && name === '_entities';

/** The condition under which a value needs no completion; undefined if it always does. */
function passes(type: GraphQLOutputType): string | undefined {
  const named = isNonNullType(type) ? type.ofType : type;
  if (named === GraphQLBoolean) return `typeof v === 'boolean'`;
  if (named === GraphQLInt) return `typeof v === 'number' && (v | 0) === v`;
  const isText = named === GraphQLString || named === GraphQLID;
  return isText || (isLeafType(named) && (named.serialize as unknown) === String)
    ? `typeof v === 'string'`
    : undefined;
}

function compileField(
  planning: Compilation,
  parentType: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): Field | undefined {
  const [node] = nodes as [FieldNode];
  const definition = parentType.getFields()[node.name.value];
  if (!definition) return undefined;
  const hasFixedArgs = !node.arguments?.some(({ value }) => hasVariable(value));
  const readArgs = (variables: Readonly<Record<string, unknown>>): Args =>
    getArgumentValues(definition, node, variables);
  return {
    key,
    name: node.name.value,
    nodes,
    parentType,
    type: definition.type,
    resolve: definition.resolve,
    place: planning.places++,
    fixedArgs: definition.args.length === 0 ? noArgs : hasFixedArgs ? fixedArgsOf(readArgs) : undefined,
    readArgs,
    completer: completerOf(planning.schema, definition.type, true),
    makerOf: makerFor(
      planning,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    ),
  };
}

const noArgs: Args = Object.freeze({});

/** Arguments without variables, frozen since all calls share them; undefined if they are invalid. */
function fixedArgsOf(readArgs: (variables: Record<string, never>) => Args): Args | undefined {
  try {
    return deepFrozen(readArgs({}));
  } catch {
    return undefined;
  }
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  // Freezing an object that a scalar created could break it.
  const isPlain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return value;
  for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
}

function hasVariable(value: NonNullable<FieldNode['arguments']>[number]['value']): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

/** The completer for a type. */
function completerOf(schema: GraphQLSchema, type: GraphQLOutputType, isNullable: boolean): Completer {
  if (isNonNullType(type)) return completerOf(schema, type.ofType, false);
  if (isListType(type)) return listCompleter(completerOf(schema, type.ofType, true), isNullable);
  if (isLeafType(type)) return leafCompleter(type, isNullable);
  return isObjectType(type) ? objectCompleter(type, isNullable) : abstractCompleter(schema, type, isNullable);
}
