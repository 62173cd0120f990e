/**
 * What goes wrong in a random supergraph while one operation runs, the same for the monolith as for its subgraphs. Of a
 * subgraph that is down each field fails by itself, whether an error came or nothing at all: a null that no answer brought has
 * an error at its place (docs/decisions/0035).
 */
import { Kind, parse } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from '../../../gateway/wire/subgraphCall.ts';
import type { Fault as CallFault } from '../../support/federation/case.ts';
import { hash, type RowRef } from './data.ts';
import type { Field, Model, Type } from './model.ts';
import type { FaultSpec } from './spec.ts';
import { isProvided, ownField, type World } from './split.ts';

/** One thing that goes wrong, by names: plain data, so that a case that was found can be kept. */
export type Fault =
  | { kind: 'a field throws' | 'null where none may stand'; type: string; field: string; rows: number }
  | { kind: 'no such entity'; subgraph: string; type: string; rows: number }
  | { kind: 'a subgraph is down'; subgraph: string; how: 'unreachable' | 'no data' | 'silent' };

export interface Trouble {
  trouble: World['trouble'];
  /** Of whole subgraphs, and of entities that a subgraph does not have. */
  down: Readonly<Record<string, CallFault>>;
  /** False where no monolith can say what should come: then ours is only held against the stock gateway. */
  isExact: boolean;
  /** True where a call as a whole fails. */
  isDown: boolean;
}

/** Chooses what goes wrong among what the operation asks for. */
export function chooseFaults(model: Model, specs: readonly FaultSpec[], query: string): Fault[] {
  const isAsked = (name: string) => new RegExp(`\\b${name}\\b`).test(query);
  const chosen = specs.flatMap(({ kind, at, rows }): Fault[] => {
    const way = kind % 10;
    if (way < 7) {
      const isNull = way >= 5;
      const places = placesOf(model).filter(
        ({ field }) => isAsked(field.name) && (!isNull || field.type.endsWith('!')),
      );
      const place = places[at % Math.max(places.length, 1)];
      if (!place) return [];
      const { type, field } = place;
      return [
        { kind: isNull ? 'null where none may stand' : 'a field throws', type, field: field.name, rows },
      ];
    }
    if (way < 9) {
      const absents = absentsOf(model).filter(({ fields }) => fields.some(isAsked));
      const absent = absents[at % Math.max(absents.length, 1)];
      return absent
        ? [{ kind: 'no such entity', subgraph: absent.subgraph, type: absent.type.name, rows }]
        : [];
    }
    const subgraph = model.subgraphs[at % model.subgraphs.length] as string;
    const hows = ['unreachable', 'no data', 'silent'] as const;
    return [{ kind: 'a subgraph is down', subgraph, how: hows[rows % 3] ?? 'unreachable' }];
  });
  // One thing is wrong with one subgraph as a whole.
  const names = chosen.map((fault) => ('subgraph' in fault ? fault.subgraph : undefined));
  return chosen.filter((_, at) => names[at] === undefined || names.indexOf(names[at]) === at);
}

const fitsRows = (rows: number, row: RowRef | undefined) =>
  rows % 3 === 0 || row === undefined || hash(`${row.of}${row.n}${rows}`) % 2 === 0;

export function troubleOf(model: Model, faults: readonly Fault[]): Trouble {
  const down: Record<string, CallFault> = {};
  const troubles = faults.map((fault): World['trouble'] => {
    switch (fault.kind) {
      case 'no such entity': {
        const absent = absentsOf(model).find(
          ({ type, subgraph }) => type.name === fault.type && subgraph === fault.subgraph,
        );
        if (!absent) return () => undefined;
        const isAbsent = (row: RowRef) => fitsRows(fault.rows, row);
        down[fault.subgraph] = nullEntities(absent.type, isAbsent);
        return (type, field, row) =>
          type === fault.type && absent.fields.includes(field) && row && isAbsent(row) ? null : undefined;
      }
      case 'a subgraph is down': {
        down[fault.subgraph] = fault.how;
        const index = model.subgraphs.indexOf(fault.subgraph);
        const lost = new Set(
          placesOf(model, () => true)
            .filter(({ field }) => field.owners.includes(index))
            .map(({ type, field }) => `${type}.${field.name}`),
        );
        lost.add(`Query.${ownField(index)}`);
        return (type, field) => {
          if (lost.has(`${type}.${field}`)) throw new Error('Expected a subgraph to be there.');
          return undefined;
        };
      }
      default:
        return (type, field, row) => {
          if (type !== fault.type || field !== fault.field || !fitsRows(fault.rows, row)) return undefined;
          if (fault.kind === 'null where none may stand') return null;
          throw new Error('Expected nothing to go wrong.');
        };
    }
  });
  const downs = faults.flatMap((fault) => (fault.kind === 'a subgraph is down' ? [fault.subgraph] : []));
  return {
    trouble(type, field, row) {
      for (const trouble of troubles) if (trouble(type, field, row) === null) return null;
      return undefined;
    },
    down,
    isExact: downs.every((name) => isIndependent(model, model.subgraphs.indexOf(name))),
    isDown: downs.length > 0,
  };
}

interface Place {
  type: string;
  field: Field;
}

/** Fields that may fail: what others require of them must be there, for no monolith has that dependency. */
function placesOf(
  model: Model,
  isWanted = ({ type, field }: Place) => !isRequired(model, type, field.name),
): Place[] {
  return [
    ...model.queries.map((field) => ({ type: 'Query', field })),
    ...model.mutations.map((field) => ({ type: 'Mutation', field })),
    ...Object.values(model.types).flatMap(({ name, fields }) =>
      fields.map((field) => ({ type: name, field })),
    ),
  ].filter(isWanted);
}

function isRequired(model: Model, type: string, name: string): boolean {
  return Object.values(model.types).some((one) =>
    one.fields.some(({ requires = [] }) =>
      requires.some(({ field, inside }) => {
        if (one.name === type && field === name) return true;
        const value = one.fields.find((each) => each.name === field)?.base;
        return value === type && inside.includes(name);
      }),
    ),
  );
}

interface Absent {
  subgraph: string;
  type: Type;
  fields: readonly string[];
}

/** Entities that a subgraph can be without, so that its fields alone are null: nothing else is found through it. */
function absentsOf(model: Model): Absent[] {
  if (model.interface?.objectIn !== undefined) return [];
  return model.subgraphs.flatMap((subgraph, at) =>
    Object.values(model.types).flatMap((type) => {
      const own = type.fields.filter(({ owners }) => owners.includes(at));
      const isSafe =
        type.key !== undefined &&
        type.key !== 'several' &&
        own.length > 0 &&
        own.every(({ name, owners }) => owners.length === 1 && !isShared(model, type.name, name));
      return isSafe ? [{ subgraph, type, fields: own.map(({ name }) => name) }] : [];
    }),
  );
}

/** Whether other fields depend on this one, or others bring it. */
function isShared(model: Model, type: string, field: string): boolean {
  return isRequired(model, type, field) || isProvided(model, type, field);
}

/** Whether the fields of a subgraph, and these alone, are lost with it. */
function isIndependent(model: Model, subgraph: number): boolean {
  return (
    model.interface?.objectIn === undefined &&
    Object.values(model.types).every(({ key }) => key !== 'several') &&
    placesOf(model, () => true)
      .filter(({ field }) => field.owners.includes(subgraph))
      .every(({ type, field }) => field.owners.length === 1 && !isShared(model, type, field.name))
  );
}

/** A change to answers: entities of the type that are absent become null, under whatever name they were asked. */
function nullEntities(type: Type, isAbsent: (row: RowRef) => boolean): CallFault {
  return (answer: SubgraphResponse, { query, variables = {} }: SubgraphRequest) => {
    const { data } = answer;
    if (!data) return answer;
    const changed: Record<string, unknown> = { ...data };
    for (const definition of parse(query).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      for (const selection of definition.selectionSet.selections) {
        if (selection.kind !== Kind.FIELD || selection.name.value !== '_entities') continue;
        const value = selection.arguments?.[0]?.value;
        const sent = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
        const name = selection.alias?.value ?? '_entities';
        const list = changed[name];
        if (!Array.isArray(sent) || !Array.isArray(list)) continue;
        changed[name] = list.map((entity, at) => (namesAbsent(sent[at], type, isAbsent) ? null : entity));
      }
    }
    return { ...answer, data: changed };
  };
}

function namesAbsent(reference: unknown, type: Type, isAbsent: (row: RowRef) => boolean): boolean {
  const { __typename, id, a, b, k } = reference as Record<string, unknown> & { k?: { x?: unknown } };
  if (__typename !== type.name) return false;
  const n =
    typeof id === 'string' ? id.split(':')[1] : k ? k.x : Number(String(a).split(' ')[1]) * 2 + Number(b);
  return isAbsent({ __typename: type.name, of: type.name, n: Number(n) });
}
