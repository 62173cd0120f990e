/**
 * Executes Query._entities: each representation goes to the reference resolver of its type, so no type resolution is
 * needed.
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
import { type GraphQLObjectType, isAbstractType, isObjectType } from 'graphql';
import { objectCompleter } from './completeValue.ts';
import { argsOf, infoOf, resolve } from './resolveFields.ts';
import {
  type Args,
  type Completer,
  type Container,
  type Field,
  Frame,
  fail,
  type Run,
  settle,
} from './settleValues.ts';

type Reference = (representation: Args, context: unknown, info: unknown) => unknown;

interface EntityReference {
  representation: Args;
  type: GraphQLObjectType;
  reference: Reference;
}

/**
 * A failed entity is null with an error at its path, and the others are resolved. A list with an invalid item, such as
 * an unknown type, is left to the field's own resolver. Never throws.
 */
export function entities(run: Run, field: Field, source: unknown, frame: Frame, out: Container): void {
  let entityReferences: EntityReference[] | undefined;
  try {
    entityReferences = representationsOf(run, field);
  } catch (error) {
    fail(run, field, field.completer, error, frame, out, field.key);
    return;
  }
  if (!entityReferences) {
    resolve(run, field, source, frame, out);
    return;
  }
  const list: unknown[] = new Array(entityReferences.length).fill(null);
  out[field.key] = list;
  const inList = new Frame(frame, out, field.key, field.completer.isNullable, undefined);
  const info = infoOf(run, field, frame);
  for (const [place, { type, reference, representation }] of entityReferences.entries()) {
    const completer = entityCompleter(field, type);
    try {
      const value = reference(representation, run.context, info);
      settle(run, field, completer, value, inList, list as never, place);
    } catch (error) {
      fail(run, field, completer, error, inList, list as never, place);
    }
  }
}

function representationsOf(run: Run, field: Field): EntityReference[] | undefined {
  const { representations } = argsOf(run, field) as { representations: readonly Args[] };
  const union = run.schema.getType('_Entity');
  const entityReferences: EntityReference[] = [];
  for (const representation of representations) {
    const name: unknown = representation?.__typename;
    const type = typeof name === 'string' ? run.schema.getType(name) : undefined;
    const reference = isObjectType(type) ? referenceOf(type) : undefined;
    if (!isObjectType(type) || !reference || !isAbstractType(union) || !run.schema.isSubType(union, type))
      return undefined;
    entityReferences.push({ representation, type, reference });
  }
  return entityReferences;
}

/** The place where @apollo/subgraph stores the reference resolver. */
const referenceOf = ({ extensions }: GraphQLObjectType) =>
  (extensions.apollo as { subgraph?: { resolveReference?: Reference } } | undefined)?.subgraph
    ?.resolveReference;

const entityCompleters = new WeakMap<Field, Map<GraphQLObjectType, Completer>>();

function entityCompleter(field: Field, type: GraphQLObjectType): Completer {
  const completers = entityCompleters.get(field) ?? new Map<GraphQLObjectType, Completer>();
  entityCompleters.set(field, completers);
  const completer = completers.get(type) ?? objectCompleter(type, true);
  completers.set(type, completer);
  return completer;
}
