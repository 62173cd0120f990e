/** What is missing in an answer, found out while it is written: where, and whether that is told. */
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

/** Where in the answer something is missing, and what. */
export interface NullViolation {
  path: (string | number)[];
  message: string;
  /** Whether null may stand there, and nobody said that it does. */
  isMissing: boolean;
}

/** The text of an answer to `__schema` or `__type`. */
export type Introspect = (field: FieldNode) => string;

export interface WritingOptions {
  introspect: Introspect;
  /** Objects whose fields may be missing: a subgraph has none of them. */
  absent: ReadonlySet<Item>;
  /** The largest text. */
  maxBytes: number;
}

/** What goes along while an answer is written. */
export interface Writing extends WritingOptions {
  /** How many characters there are at least. */
  size: number;
  /** What was written of objects that may come again: by run of leaves, by the first of its values. */
  texts: Map<unknown, { item: Item; text: string }>[];
  /** How far the lists have come that the path of a place goes through. */
  at: number[];
  violations: NullViolation[];
  unauthorized: NullViolation['path'][];
  /** Whether what is missing now is missing for something that was unauthorized or is hidden. */
  isUnauthorized: boolean;
  /** The first place where something came that clients cannot see. */
  hidden: NullViolation | undefined;
}

/** Holes beyond these are not told, nor what is unauthorized: a list of thousands has thousands. */
const maxViolations = 100;

/** Response names, and `number`s: which list of those that the path goes through gives the place. */
export type Path = readonly (string | number)[];

/**
 * The type of an object, or the interface of one whose type nobody knows: a subgraph that has the interface for an
 * object (@interfaceObject) cannot tell, and nobody asked it as long as all that is wanted is of the interface.
 */
export type ObjectLike = GraphQLObjectType | GraphQLInterfaceType;

/** A place that may have a violation. */
export interface ValuePlace {
  type: GraphQLOutputType;
  path: Path;
  what: string;
  /** The type of the object that has the field; undefined for an element of a list. */
  owner?: ObjectLike;
}

export interface PlaceSchemas {
  /** What clients see. */
  schema: GraphQLSchema;
  /** With what is @inaccessible too. */
  fullSchema: GraphQLSchema;
}

/** Called for a value that has no text, with the object that it is in; returns whether that object is nothing as a whole. */
export type ReportNull = (writing: Writing, found?: unknown, item?: Item) => boolean;

/**
 * A violation is told where null may not stand, where there is a value, but not one of the type, and where nobody said that it is null.
 * An object that misses a field and says that it is of another type than its place has is nothing as a whole.
 */
export function nullReporter(schemas: PlaceSchemas, { type, path, what, owner }: ValuePlace): ReportNull {
  const isRequired = isNonNullType(type);
  const isHidden = hiddenOf(schemas, type);
  const isUnknownType = owner && unknownTypesOf(schemas, owner);
  const isNullFine = (found: unknown, item: Item | undefined, absent: ReadonlySet<Item>) =>
    found === null || item === undefined || isAbsent(item, absent);
  return (writing, found, item) => {
    const { at, violations, absent } = writing;
    if (writing.isUnauthorized) {
      // It has been told, and ends where null may stand.
      writing.isUnauthorized = isRequired;
      return false;
    }
    const isNull = found === null || found === undefined;
    const isMissing = isNull && !isRequired;
    if (isMissing && isNullFine(found, item, absent)) return false;
    if (isMissing && (item instanceof Decimal || isUnknownType?.(item?.__typename))) return true;
    const notNull = `Cannot return null for non-nullable ${what}.`;
    if (!isNull && isHidden?.(found)) {
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

/** Notes a field that was unauthorized. */
export function unauthorizedReporter(type: GraphQLOutputType, path: Path): ReportNull {
  const isRequired = isNonNullType(type);
  return (writing) => {
    const { at, unauthorized } = writing;
    if (unauthorized.length < maxViolations) unauthorized.push(placeOf(path, at));
    writing.isUnauthorized = isRequired;
    return false;
  };
}

/** Whether a value is one that clients cannot see: of an enum, or an object by its type (@inaccessible). Undefined where none is. */
function hiddenOf(
  { schema, fullSchema }: PlaceSchemas,
  given: GraphQLOutputType,
): ((found: unknown) => boolean) | undefined {
  const type = isNonNullType(given) ? given.ofType : given;
  if (isEnumType(type)) {
    const full = fullSchema.getType(type.name);
    return (found) =>
      !!(isEnumType(full) && typeof found === 'string' && full.getValue(found) && !type.getValue(found));
  }
  if (!isAbstractType(type)) return undefined;
  return (found) => {
    const name = (found as Item).__typename;
    return (
      typeof name === 'string' && isOfType(fullSchema, name, type.name) && !isOfType(schema, name, type.name)
    );
  };
}

/** Whether a name is that of another type than the objects at a place have. */
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

/** So many objects are looked at: what is required of an object lies within it. */
const lookedAtMost = 100;

/** Whether a subgraph has none of an object, or of one within it, of which something may be worked out. */
function isAbsent(item: Item, absent: ReadonlySet<Item>): boolean {
  if (absent.size === 0) return false;
  const open: unknown[] = [item];
  for (let looked = 0; open.length > 0 && looked < lookedAtMost; looked++) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (absent.has(one as Item)) return true;
    open.push(...Object.values(one).slice(0, lookedAtMost));
  }
  return false;
}

const placeOf = (path: Path, at: readonly number[]) =>
  path.map((key) => (typeof key === 'number' ? (at[key] ?? 0) : key));
