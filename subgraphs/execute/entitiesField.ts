/**
 * Answers Query._entities: each representation goes to its type's reference, and needs no type told afterwards.
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
import { type GraphQLObjectType, isAbstractType, isObjectType } from 'graphql';
import { objectSlot } from './completeValue.ts';
import { argsOf, infoOf, resolve } from './resolveFields.ts';
import {
  type Args,
  type Container,
  type Field,
  Frame,
  fail,
  type Run,
  type Slot,
  settle,
} from './settleValues.ts';

type Reference = (representation: Args, context: unknown, info: unknown) => unknown;

interface Found {
  representation: Args;
  type: GraphQLObjectType;
  reference: Reference;
}

/**
 * One that fails is null with an error at its place, and the others are answered. A list with something odd in it, such
 * as an unknown type, is answered by the field's own resolver as a whole. Throws nothing.
 */
export function entities(run: Run, field: Field, source: unknown, frame: Frame, out: Container): void {
  let found: Found[] | undefined;
  try {
    found = representationsOf(run, field);
  } catch (error) {
    fail(run, field, field.slot, error, frame, out, field.key);
    return;
  }
  if (!found) {
    resolve(run, field, source, frame, out);
    return;
  }
  const list: unknown[] = new Array(found.length).fill(null);
  out[field.key] = list;
  const inList = new Frame(frame, out, field.key, field.slot.isNullable, undefined);
  const info = infoOf(run, field, frame);
  for (const [place, { type, reference, representation }] of found.entries()) {
    const slot = entitySlot(field, type);
    try {
      const value = reference(representation, run.context, info);
      settle(run, field, slot, value, inList, list as never, place);
    } catch (error) {
      fail(run, field, slot, error, inList, list as never, place);
    }
  }
}

function representationsOf(run: Run, field: Field): Found[] | undefined {
  const { representations } = argsOf(run, field) as { representations: readonly Args[] };
  const union = run.schema.getType('_Entity');
  const found: Found[] = [];
  for (const representation of representations) {
    const name: unknown = representation?.__typename;
    const type = typeof name === 'string' ? run.schema.getType(name) : undefined;
    const reference = isObjectType(type) ? referenceOf(type) : undefined;
    if (!isObjectType(type) || !reference || !isAbstractType(union) || !run.schema.isSubType(union, type))
      return undefined;
    found.push({ representation, type, reference });
  }
  return found;
}

/** Where @apollo/subgraph keeps it. */
const referenceOf = ({ extensions }: GraphQLObjectType) =>
  (extensions.apollo as { subgraph?: { resolveReference?: Reference } } | undefined)?.subgraph
    ?.resolveReference;

const entitySlots = new WeakMap<Field, Map<GraphQLObjectType, Slot>>();

function entitySlot(field: Field, type: GraphQLObjectType): Slot {
  const slots = entitySlots.get(field) ?? new Map<GraphQLObjectType, Slot>();
  entitySlots.set(field, slots);
  const slot = slots.get(type) ?? objectSlot(type, true);
  slots.set(type, slot);
  return slot;
}
