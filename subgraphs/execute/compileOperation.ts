/**
 * An operation to functions that answer it: what graphql-js works out for each object of each answer is worked out
 * once for each type that a selection meets, as generated code.
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
import { abstractSlot, leafSlot, listSlot, objectSlot } from './completeValue.ts';
import { entities } from './entitiesField.ts';
import { property, resolve, thrown } from './resolveFields.ts';
import { fieldsOf, readSelections, type Selecting } from './selectFields.ts';
import { type Args, type Field, Frame, type MakeObject, type Slot } from './settleValues.ts';

export interface PlannedOperation {
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** What makes `data`; undefined where only graphql-js can answer with these variables. */
  planFor(variables: Readonly<Record<string, unknown>>): MakeObject | undefined;
}

/** How much has been planned, as fields and objects; plans add to it while they meet new types. */
export interface PlannedSize {
  size: number;
}

/** So many settings of the variables of @skip and @include are kept for one operation. */
const variantsAtMost = 32;

/**
 * Plans an operation that is valid, for a schema that stays as it is and has no `isTypeOf`. What lies in an object is
 * planned when an answer first has one, so a plan is never larger than the answers were. Undefined for what graphql-js
 * answers: mutations, introspection, a document of several operations where none is named.
 */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  kept: PlannedSize,
): PlannedOperation | undefined {
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
      const known = variants.get(key);
      if (known) return known;
      const planning: Planning = {
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

interface Planning extends Selecting {
  kept: PlannedSize;
  /** So many fields have a place. */
  places: number;
  /** By type and selections: fragments that are spread in many places are planned once. */
  makers: Map<string, MakeObject>;
  numbers: Map<SelectionSetNode, number>;
}

/** Finds or makes the function that answers these selections for an object of a type. */
function makerFor(planning: Planning, sets: readonly SelectionSetNode[]): Field['makerOf'] {
  const { makers, numbers } = planning;
  const here = new Map<GraphQLObjectType, MakeObject>();
  const numberOf = (set: SelectionSetNode) => {
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  };
  return (type) => {
    const known = here.get(type);
    if (known) return known;
    const name = `${type.name} ${sets.map(numberOf).join()}`;
    const make = makers.get(name) ?? compileMaker(planning, type, sets);
    makers.set(name, make);
    here.set(type, make);
    return make;
  };
}

/** Generates the function. Only names stand in its text, and each of them quoted. */
function compileMaker(
  planning: Planning,
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
    const field = planField(planning, type, key, nodes);
    // A field that the type does not have is nowhere in the answer, as with graphql-js.
    if (!field) continue;
    // Every object of the answer has its keys in the order of the operation, whenever their values come.
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

/** The test by which a value needs nothing done to it; undefined where there is none. */
function passes(type: GraphQLOutputType): string | undefined {
  const named = isNonNullType(type) ? type.ofType : type;
  if (named === GraphQLBoolean) return `typeof v === 'boolean'`;
  if (named === GraphQLInt) return `typeof v === 'number' && (v | 0) === v`;
  const isText = named === GraphQLString || named === GraphQLID;
  return isText || (isLeafType(named) && (named.serialize as unknown) === String)
    ? `typeof v === 'string'`
    : undefined;
}

function planField(
  planning: Planning,
  parentType: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): Field | undefined {
  const [node] = nodes as [FieldNode];
  const definition = parentType.getFields()[node.name.value];
  if (!definition) return undefined;
  const isFixed = !node.arguments?.some(({ value }) => hasVariable(value));
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
    fixedArgs: definition.args.length === 0 ? noArgs : isFixed ? fixed(readArgs) : undefined,
    readArgs,
    slot: slotOf(planning.schema, definition.type, true),
    makerOf: makerFor(
      planning,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    ),
  };
}

const noArgs: Args = Object.freeze({});

/** Arguments that are the same each time, frozen since all calls share them; undefined where they are wrong. */
function fixed(readArgs: (variables: Record<string, never>) => Args): Args | undefined {
  try {
    return deepFrozen(readArgs({}));
  } catch {
    return undefined;
  }
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  // A value that a scalar made may not be frozen without breaking it.
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

/** What happens to a value of this type. */
function slotOf(schema: GraphQLSchema, type: GraphQLOutputType, isNullable: boolean): Slot {
  if (isNonNullType(type)) return slotOf(schema, type.ofType, false);
  if (isListType(type)) return listSlot(slotOf(schema, type.ofType, true), isNullable);
  if (isLeafType(type)) return leafSlot(type, isNullable);
  return isObjectType(type) ? objectSlot(type, isNullable) : abstractSlot(schema, type, isNullable);
}
