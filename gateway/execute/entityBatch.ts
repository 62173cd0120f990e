/** What one call asks about at the moment it is sent: representations, and where the answers go. */

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

/** One `_entities` of a request, with what it asks about. */
export interface FilledBatch {
  /** What its answer is called. */
  alias: string;
  /** The values of its own variables, as JSON text. */
  variables: readonly [name: string, json: string][];
  /** The representations, as JSON text. */
  texts: readonly string[];
  destinations: readonly Destination[];
}

/** Where answers go: `items[n]` gets the one about the representation `index[n]`. */
export interface Destination extends Places {
  part: EntityPart;
}

export interface Gathered {
  text: RequestText;
  /** What is asked of the root. */
  roots: readonly RootPart[];
  filledBatches: readonly FilledBatch[];
}

/**
 * Gathers for `call` from the answer so far; undefined when there is nothing to ask: no entities, and no object that
 * would get fields of the root. So long as nothing has failed, what is not there was left out by a condition.
 */
export function gather(call: CompiledCall, root: Item, hasFailed: boolean): Gathered | undefined {
  const filledBatches: FilledBatch[] = [];
  const roots: RootPart[] = [];
  let asked = 0;
  for (const [at, batch] of call.batches.entries()) {
    const { texts, destinations } = gatherBatch(batch, root, hasFailed);
    if (texts.length === 0) continue;
    if (batch.arguments.length > 0)
      return gatherByArguments(batch, texts, destinations[0] as Destination, root);
    asked |= 1 << (call.roots.length + at);
    filledBatches.push({
      alias: batch.alias,
      variables: [[batch.variable, `[${texts.join(',')}]`]],
      texts,
      destinations,
    });
  }
  for (const [at, part] of call.roots.entries()) {
    if (part.find && part.find(root).length === 0) continue;
    asked |= 1 << at;
    roots.push(part);
  }
  return asked === 0 ? undefined : { text: call.requestOf(asked), roots, filledBatches };
}

/**
 * The parts of a request, each as a request of its own, as the plan has them: root fetches, and entities by the path at which they
 * stand. No parts where there is nothing to take apart.
 */
export function takeApart({ roots, filledBatches }: Gathered): readonly Gathered[] {
  // Arguments from the context differ from object to object: such a request was put together of one fetch.
  if (filledBatches.some(({ variables }) => variables.length > 1)) return [];
  const parts = [
    ...roots.map((root): Gathered => ({ text: root.textAlone(), roots: [root], filledBatches: [] })),
    ...filledBatches.flatMap(({ texts, destinations }) =>
      destinations.filter(({ items }) => items.length > 0).map((feed) => alone(texts, feed)),
    ),
  ];
  return parts.length > 1 ? parts : [];
}

/** The request about the entities at one path. */
function alone(all: readonly string[], { part, items, index }: Destination): Gathered {
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
  /** Where each of the texts stands. */
  known: Map<string, number>;
  index: number[];
}

/** The values for an object, as JSON text; undefined where one of them has no text. */
function argumentsFor({ arguments: some }: EntityBatch, parents: readonly Item[]): string[] | undefined {
  try {
    return some.map(({ valueFor }) => jsonOf(valueFor(parents)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Objects whose arguments differ are asked about apart, in one request. */
function gatherByArguments(
  batch: EntityBatch,
  texts: readonly string[],
  feed: Destination,
  root: Item,
): Gathered {
  const { part } = feed;
  const groups = new Map<string, ArgumentGroup>();
  for (const [at, { parents }] of placesOf(root, part.path, feed.items).entries()) {
    const values = argumentsFor(batch, parents);
    if (!values) continue;
    const key = JSON.stringify(values);
    const group: ArgumentGroup = groups.get(key) ?? {
      values,
      items: [],
      texts: [],
      known: new Map(),
      index: [],
    };
    groups.set(key, group);
    const text = texts[feed.index[at] as number] as string;
    const known = group.known.get(text) ?? group.texts.push(text) - 1;
    group.known.set(text, known);
    group.items.push(feed.items[at] as Item);
    group.index.push(known);
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
