/** Null violations: missing and invalid values that are detected while a response is written. */
import {
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isNonNullType,
  OperationTypeNode,
} from 'graphql';
import { Decimal } from '../wire/losslessJson.ts';
import { type Item, isOfType } from './listItems.ts';

/** A place with a missing or invalid value. */
export interface NullViolation {
  path: (string | number)[];
  message: string;
  /** Whether the type is nullable, and no subgraph returned null. */
  isMissing: boolean;
}

/** Returns the JSON text for `__schema` or `__type`. */
export type Introspect = (field: FieldNode) => string;

export interface WritingOptions {
  introspect: Introspect;
  /** Entities that a subgraph does not have, whose fields may be missing. */
  absent: ReadonlySet<Item>;
  /** The maximum size of the text. */
  maxBytes: number;
}

/** The state of one write. */
export interface Writing extends WritingOptions {
  /** The minimum number of characters so far. */
  size: number;
  /** Reusable texts of leaf runs: by run, then by the run's key value. */
  texts: Map<unknown, { item: Item; text: string }>[];
  /** The current index of each enclosing list. */
  at: number[];
  violations: NullViolation[];
  unauthorized: NullViolation['path'][];
  /** Whether the current null propagates from an unauthorized or hidden value. */
  isUnauthorized: boolean;
  /** The first place with a value that clients cannot see. */
  hidden: NullViolation | undefined;
}

/** Maximum reported violations, and maximum reported unauthorized fields: a list of thousands has thousands. */
const maxViolations = 100;

/** Response names, and numbers: the depth of the list whose current index belongs here. */
export type Path = readonly (string | number)[];

/**
 * The type of an object, or the interface of an object with an unknown type: a subgraph with an interface object
 * (`@interfaceObject`) cannot tell it, and no other subgraph is asked if only the interface's fields are selected.
 */
export type ObjectLike = GraphQLObjectType | GraphQLInterfaceType;

/** A place where a null violation may occur. */
export interface ValuePlace {
  type: GraphQLOutputType;
  path: Path;
  what: string;
  /** The parent type of the field; undefined for a list item. */
  owner?: ObjectLike;
}

export interface PlaceSchemas {
  /** The API schema. */
  schema: GraphQLSchema;
  /** The full schema, including `@inaccessible` elements. */
  fullSchema: GraphQLSchema;
}

/**
 * Called for a value without text, with its parent object. Returns whether the parent object as a whole resolves to
 * null.
 */
export type ReportNull = (writing: Writing, value?: unknown, item?: Item) => boolean;

/**
 * Creates the reporter of a place. It reports null at a non-null place, invalid values, and missing values for which
 * no subgraph returned null. An object that lacks a field and has another type than its place allows is null as a
 * whole.
 */
export function nullReporter(schemas: PlaceSchemas, { type, path, what, owner }: ValuePlace): ReportNull {
  const isRequired = isNonNullType(type);
  const isHidden = hiddenOf(schemas, type);
  const isUnknownType = owner && unknownTypesOf(schemas, owner);
  const isNullFine = (value: unknown, item: Item | undefined, absent: ReadonlySet<Item>) =>
    value === null || item === undefined || isAbsent(item, absent);
  return (writing, value, item) => {
    const { at, violations, absent } = writing;
    if (writing.isUnauthorized) {
      // Already reported; propagation ends at the nearest nullable place.
      writing.isUnauthorized = isRequired;
      return false;
    }
    const isNull = value === null || value === undefined;
    const isMissing = isNull && !isRequired;
    if (isMissing && isNullFine(value, item, absent)) return false;
    if (isMissing && (item instanceof Decimal || isUnknownType?.(item?.__typename))) return true;
    const notNull = `Cannot return null for non-nullable ${what}.`;
    if (!isNull && isHidden?.(value)) {
      writing.isUnauthorized = isRequired;
      writing.hidden ??= { path: placeOf(path, at), message: notNull, isMissing };
      return false;
    }
    if (violations.length >= maxViolations) return false;
    const problem = isNull ? notNull : `Invalid value found for ${what}.`;
    const message = isMissing ? `Expected a value for ${what}, but got: none.` : problem;
    violations.push({ path: placeOf(path, at), message, isMissing });
    return false;
  };
}

/** Creates a reporter that records an unauthorized field. */
export function unauthorizedReporter(type: GraphQLOutputType, path: Path): ReportNull {
  const isRequired = isNonNullType(type);
  return (writing) => {
    const { at, unauthorized } = writing;
    if (unauthorized.length < maxViolations) unauthorized.push(placeOf(path, at));
    writing.isUnauthorized = isRequired;
    return false;
  };
}

/** Whether a value is an enum value or an object type that is `@inaccessible`. Undefined if the type has none. */
function hiddenOf(
  { schema, fullSchema }: PlaceSchemas,
  given: GraphQLOutputType,
): ((value: unknown) => boolean) | undefined {
  const type = isNonNullType(given) ? given.ofType : given;
  if (isEnumType(type)) {
    const full = fullSchema.getType(type.name);
    return (value) =>
      !!(isEnumType(full) && typeof value === 'string' && full.getValue(value) && !type.getValue(value));
  }
  if (!isAbstractType(type)) return undefined;
  return (value) => {
    const name = (value as Item).__typename;
    return (
      typeof name === 'string' && isOfType(fullSchema, name, type.name) && !isOfType(schema, name, type.name)
    );
  };
}

/** Whether a type name is none of the types that a place allows. */
export function unknownTypesOf(
  { schema, fullSchema }: PlaceSchemas,
  type: ObjectLike,
): (name: unknown) => boolean {
  const isRoot = Object.values(OperationTypeNode).some((root) => schema.getRootType(root) === type);
  return (name) => {
    if (isRoot || name === undefined || name === null || name === type.name) return false;
    const isAlike = (one: string) =>
      isOfType(fullSchema, one, type.name) || isOfType(fullSchema, type.name, one);
    return typeof name !== 'string' || !isAlike(name);
  };
}

/** Maximum objects visited: the required fields of an object lie within it. */
const maxVisits = 100;

/** Whether the object, or an object within it, is absent from a subgraph: fields may be computed from either. */
function isAbsent(item: Item, absent: ReadonlySet<Item>): boolean {
  if (absent.size === 0) return false;
  const open: unknown[] = [item];
  for (let visits = 0; open.length > 0 && visits < maxVisits; visits++) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (absent.has(one as Item)) return true;
    open.push(...Object.values(one).slice(0, maxVisits));
  }
  return false;
}

const placeOf = (path: Path, at: readonly number[]) =>
  path.map((key) => (typeof key === 'number' ? (at[key] ?? 0) : key));
