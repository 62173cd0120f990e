/** What one call asks about at the moment it is sent: representations, and where the answers go. */
import {
  entitiesField,
  type RequestPart,
  type RequestText,
  representationsVariable,
  requestOf,
} from '../plan/request.ts';
import type { Places } from './collect.ts';
import type { CompiledCall, EntityPart, RootPart, Slot } from './compile.ts';
import type { Item } from './items.ts';
import { placesOf } from './locate.ts';
import { jsonOf } from './text.ts';

/** One `_entities` of a request, with what it asks about. */
export interface Filled {
  /** What its answer is called. */
  alias: string;
  /** The values of its own variables, as JSON text. */
  variables: readonly [name: string, json: string][];
  /** The representations, as JSON text. */
  texts: readonly string[];
  feeds: readonly Feed[];
}

/** Where answers go: `items[n]` gets the one about the representation `index[n]`. */
export interface Feed extends Places {
  part: EntityPart;
}

export interface Gathered {
  text: RequestText;
  /** What is asked of the root. */
  roots: readonly RootPart[];
  filled: readonly Filled[];
}

/**
 * Gathers for `call` from the answer so far; undefined when there is nothing to ask: no entities, and no object that
 * would get fields of the root. So long as nothing has failed, what is not there was left out by a condition.
 */
export function gather(call: CompiledCall, root: Item, hasFailed: boolean): Gathered | undefined {
  const filled: Filled[] = [];
  const roots: RootPart[] = [];
  let asked = 0;
  for (const [at, slot] of call.slots.entries()) {
    const { texts, feeds } = gatherSlot(slot, root, hasFailed);
    if (texts.length === 0) continue;
    if (slot.arguments.length > 0) return gatherByArguments(slot, texts, feeds[0] as Feed, root);
    asked |= 1 << (call.roots.length + at);
    filled.push({
      alias: slot.alias,
      variables: [[slot.variable, `[${texts.join(',')}]`]],
      texts,
      feeds,
    });
  }
  for (const [at, part] of call.roots.entries()) {
    if (part.find && part.find(root).length === 0) continue;
    asked |= 1 << at;
    roots.push(part);
  }
  return asked === 0 ? undefined : { text: call.requestOf(asked), roots, filled };
}

/**
 * The parts of a request, each as a request of its own, as the plan has them: root fetches, and entities by the path at which they
 * stand. No parts where there is nothing to take apart.
 */
export function takeApart({ roots, filled }: Gathered): readonly Gathered[] {
  // Arguments from the context differ from object to object: such a request was put together of one fetch.
  if (filled.some(({ variables }) => variables.length > 1)) return [];
  const parts = [
    ...roots.map((root): Gathered => ({ text: root.textAlone(), roots: [root], filled: [] })),
    ...filled.flatMap(({ texts, feeds }) =>
      feeds.filter(({ items }) => items.length > 0).map((feed) => alone(texts, feed)),
    ),
  ];
  return parts.length > 1 ? parts : [];
}

/** The request about the entities at one path. */
function alone(all: readonly string[], { part, items, index }: Feed): Gathered {
  const places = new Map<number, number>();
  const texts: string[] = [];
  const ownIndex = index.map((at) => {
    const place = places.get(at) ?? texts.push(all[at] as string) - 1;
    places.set(at, place);
    return place;
  });
  const filled: Filled = {
    alias: entitiesField,
    variables: [[representationsVariable, `[${texts.join(',')}]`]],
    texts,
    feeds: [{ part, items, index: ownIndex }],
  };
  return { text: part.textAlone(), roots: [], filled: [filled] };
}

function gatherSlot(
  { parts, collect, collectLeniently = collect }: Slot,
  root: Item,
  hasFailed: boolean,
): { texts: string[]; feeds: Feed[] } {
  const texts: string[] = [];
  const feeds = parts.map((part): Feed => ({ part, items: [], index: [] }));
  const gatherAll = hasFailed ? collect : collectLeniently;
  gatherAll(root, texts, feeds);
  return { texts, feeds };
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
function argumentsFor({ arguments: some }: Slot, parents: readonly Item[]): string[] | undefined {
  try {
    return some.map(({ valueFor }) => jsonOf(valueFor(parents)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Objects whose arguments differ are asked about apart, in one request. */
function gatherByArguments(slot: Slot, texts: readonly string[], feed: Feed, root: Item): Gathered {
  const { part } = feed;
  const groups = new Map<string, ArgumentGroup>();
  for (const [at, { parents }] of placesOf(root, part.path, feed.items).entries()) {
    const values = argumentsFor(slot, parents);
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
  const names = [representationsVariable, ...slot.arguments.map(({ variable }) => variable)];
  const filled = [...groups.values()].map(
    (group, at): Filled => ({
      alias: nameOf(entitiesField, at),
      variables: [`[${group.texts.join(',')}]`, ...group.values].map((json, place) => [
        nameOf(names[place] as string, at),
        json,
      ]),
      texts: group.texts,
      feeds: [{ part, items: group.items, index: group.index }],
    }),
  );
  const parts = filled.map(
    ({ alias }, at): RequestPart => ({
      fetch: part.fetch,
      alias,
      renamed: new Map(names.map((name) => [name, nameOf(name, at)])),
    }),
  );
  return { text: requestOf(parts), roots: [], filled };
}
