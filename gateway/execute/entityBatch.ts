/** Builds the request of a call when it is sent: the representations, and the destinations of the entities. */

import type { Places } from '../compile/collectRepresentations.ts';
import type { CompiledCall, EntityBatch, EntityPart, RootPart } from '../compile/compilePlan.ts';
import { jsonOf } from '../compile/jsonText.ts';
import type { Item } from '../compile/listItems.ts';
import {
  entitiesField,
  type RequestPart,
  type RequestText,
  representationsVariable,
  requestOf,
} from '../plan/fetchDocument.ts';
import { placesOf } from './locateObjects.ts';

/** One `_entities` field of a request, with its representations. */
export interface FilledBatch {
  /** Its response name. */
  alias: string;
  /** The values of its own variables, as JSON text. */
  variables: readonly [name: string, json: string][];
  /** The representations, as JSON text. */
  texts: readonly string[];
  destinations: readonly Destination[];
}

/** Destinations of entities: `items[n]` receives the entity of the representation `index[n]`. */
export interface Destination extends Places {
  part: EntityPart;
}

export interface Gathered {
  text: RequestText;
  /** The root fetches. */
  roots: readonly RootPart[];
  filledBatches: readonly FilledBatch[];
}

/**
 * Builds the request of `call` from the data so far; returns undefined if there is nothing to fetch: no entities, and no object
 * that receives root fields. Unless a call has failed, a missing field is one that a condition excludes.
 */
export function gather(call: CompiledCall, root: Item, hasFailed: boolean): Gathered | undefined {
  const filledBatches: FilledBatch[] = [];
  const roots: RootPart[] = [];
  let mask = 0;
  for (const [at, batch] of call.batches.entries()) {
    const { texts, destinations } = gatherBatch(batch, root, hasFailed);
    if (texts.length === 0) continue;
    if (batch.arguments.length > 0)
      return gatherByArguments(batch, texts, destinations[0] as Destination, root);
    mask |= 1 << (call.roots.length + at);
    filledBatches.push({
      alias: batch.alias,
      variables: [[batch.variable, `[${texts.join(',')}]`]],
      texts,
      destinations,
    });
  }
  for (const [at, part] of call.roots.entries()) {
    if (part.find && part.find(root).length === 0) continue;
    mask |= 1 << at;
    roots.push(part);
  }
  return mask === 0 ? undefined : { text: call.requestOf(mask), roots, filledBatches };
}

/**
 * Splits a merged request into the fetches of the plan: root fetches, and one request for the entities at each path. Returns an
 * empty list if the request consists of one fetch.
 */
export function takeApart({ roots, filledBatches }: Gathered): readonly Gathered[] {
  // A request with arguments from the context (@fromContext) is always a single fetch.
  if (filledBatches.some(({ variables }) => variables.length > 1)) return [];
  const parts = [
    ...roots.map((root): Gathered => ({ text: root.textAlone(), roots: [root], filledBatches: [] })),
    ...filledBatches.flatMap(({ texts, destinations }) =>
      destinations
        .filter(({ items }) => items.length > 0)
        .map((destination) => requestFor(texts, destination)),
    ),
  ];
  return parts.length > 1 ? parts : [];
}

/** The request for the entities at one path. */
function requestFor(all: readonly string[], { part, items, index }: Destination): Gathered {
  const places = new Map<number, number>();
  const texts: string[] = [];
  const ownIndex = index.map((at) => {
    const place = places.get(at) ?? texts.push(all[at] as string) - 1;
    places.set(at, place);
    return place;
  });
  const filledBatches: FilledBatch = {
    alias: entitiesField,
    variables: [[representationsVariable, `[${texts.join(',')}]`]],
    texts,
    destinations: [{ part, items, index: ownIndex }],
  };
  return { text: part.textAlone(), roots: [], filledBatches: [filledBatches] };
}

function gatherBatch(
  { parts, collect, collectLeniently = collect }: EntityBatch,
  root: Item,
  hasFailed: boolean,
): { texts: string[]; destinations: Destination[] } {
  const texts: string[] = [];
  const destinations = parts.map((part): Destination => ({ part, items: [], index: [] }));
  const gatherAll = hasFailed ? collect : collectLeniently;
  gatherAll(root, texts, destinations);
  return { texts, destinations };
}

interface ArgumentGroup {
  values: string[];
  items: Item[];
  texts: string[];
  /** The index of each text. */
  indexByText: Map<string, number>;
  index: number[];
}

/** The argument values for an object, as JSON text; undefined if one of them is nested too deep for JSON. */
function argumentsFor({ arguments: variables }: EntityBatch, parents: readonly Item[]): string[] | undefined {
  try {
    return variables.map(({ valueFor }) => jsonOf(valueFor(parents)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Groups entities by their argument values, and fetches each group by an `_entities` field of its own, in one request. */
function gatherByArguments(
  batch: EntityBatch,
  texts: readonly string[],
  destination: Destination,
  root: Item,
): Gathered {
  const { part } = destination;
  const groups = new Map<string, ArgumentGroup>();
  for (const [at, { parents }] of placesOf(root, part.path, destination.items).entries()) {
    const values = argumentsFor(batch, parents);
    if (!values) continue;
    const key = JSON.stringify(values);
    const group: ArgumentGroup = groups.get(key) ?? {
      values,
      items: [],
      texts: [],
      indexByText: new Map(),
      index: [],
    };
    groups.set(key, group);
    const text = texts[destination.index[at] as number] as string;
    const index = group.indexByText.get(text) ?? group.texts.push(text) - 1;
    group.indexByText.set(text, index);
    group.items.push(destination.items[at] as Item);
    group.index.push(index);
  }
  const isOne = groups.size === 1;
  const nameOf = (name: string, at: number) => (isOne ? name : `${name}_${at}`);
  const names = [representationsVariable, ...batch.arguments.map(({ variable }) => variable)];
  const filledBatches = [...groups.values()].map(
    (group, at): FilledBatch => ({
      alias: nameOf(entitiesField, at),
      variables: [`[${group.texts.join(',')}]`, ...group.values].map((json, place) => [
        nameOf(names[place] as string, at),
        json,
      ]),
      texts: group.texts,
      destinations: [{ part, items: group.items, index: group.index }],
    }),
  );
  const parts = filledBatches.map(
    ({ alias }, at): RequestPart => ({
      fetch: part.fetch,
      alias,
      renamed: new Map(names.map((name) => [name, nameOf(name, at)])),
    }),
  );
  return { text: requestOf(parts), roots: [], filledBatches };
}
