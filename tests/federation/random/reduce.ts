/** Makes a question that is answered wrongly as small as it can be while it is still answered wrongly. */
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';
import type { Field, Model } from './model.ts';
import type { Asked } from './run.ts';

/** Returns the smallest that was found. `isStillWrong` is asked many times, `maxTries` at most. */
export async function reduce(
  asked: Asked,
  isStillWrong: (smaller: Asked) => Promise<boolean>,
  maxTries = 600,
): Promise<Asked> {
  let best = asked;
  let tries = 0;
  let hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    for (const make of [operationsBelow, faultsBelow, modelsBelow]) {
      let at = 0;
      for (;;) {
        // What is made of the best so far; after a step that helps, its successors stand at the same place.
        const smaller = nth(make(best), at);
        if (!smaller || tries >= maxTries) break;
        tries++;
        if (await isStillWrong(smaller)) {
          best = smaller;
          hasChanged = true;
        } else at++;
      }
    }
  }
  return best;
}

function nth<Item>(items: Iterable<Item>, at: number): Item | undefined {
  let seen = 0;
  for (const item of items) if (seen++ === at) return item;
  return undefined;
}

function* faultsBelow(asked: Asked): Generator<Asked> {
  for (const fault of asked.faults) yield { ...asked, faults: asked.faults.filter((each) => each !== fault) };
}

/** Without one node: a selection, a directive, an argument, an alias, a fragment's wrapping, a definition. */
function* operationsBelow(asked: Asked): Generator<Asked> {
  const document = parse(asked.question.query, { noLocation: true });
  const total = stepsOf(document, -1).count;
  for (let at = 0; at < total; at++) {
    const query = stepsOf(document, at).text;
    if (query === undefined || query === asked.question.query) continue;
    const { variables = {} } = asked.question;
    const kept = Object.fromEntries(Object.entries(variables).filter(([name]) => query.includes(`$${name}`)));
    yield { ...asked, question: { ...asked.question, query, variables: kept } };
  }
}

function stepsOf(document: DocumentNode, wanted: number): { count: number; text: string | undefined } {
  let count = 0;
  const isNext = () => count++ === wanted;
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const changed = visit(document, {
    enter(node) {
      switch (node.kind) {
        case Kind.SELECTION_SET: {
          const { selections } = node;
          for (const one of selections)
            if (selections.length > 1 && isNext())
              return { ...node, selections: selections.filter((each) => each !== one) };
          for (const one of selections)
            if (one.kind === Kind.INLINE_FRAGMENT && isNext())
              // What stands inside may be valid without the fragment.
              return {
                ...node,
                selections: selections.flatMap((each) =>
                  each === one ? one.selectionSet.selections : [each],
                ),
              };
          return undefined;
        }
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(node.name.value);
          return fragment && isNext()
            ? { ...fragment, kind: Kind.INLINE_FRAGMENT, name: undefined }
            : undefined;
        }
        case Kind.FIELD:
          return node.alias && isNext() ? { ...node, alias: undefined } : undefined;
        case Kind.DIRECTIVE:
        case Kind.ARGUMENT:
        case Kind.OBJECT_FIELD:
        case Kind.FRAGMENT_DEFINITION:
          return isNext() ? null : undefined;
        default:
          return undefined;
      }
    },
  });
  return { count, text: wanted >= 0 && wanted < count ? print(withoutUnused(changed)) : undefined };
}

/** Without the variables and the fragments that nothing uses any longer. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(`$${name.value}`),
    FragmentSpread: ({ name }) => void used.add(name.value),
  });
  const smaller = visit(document, {
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
    FragmentDefinition: ({ name }) => (used.has(name.value) ? undefined : null),
  });
  return print(smaller) === print(document) ? document : withoutUnused(smaller);
}

function* modelsBelow(asked: Asked): Generator<Asked> {
  for (const model of smallerModels(asked.model)) yield { ...asked, model };
}

function* smallerModels(model: Model): Generator<Model> {
  for (const place of ['mutations', 'queries'] as const)
    for (const fields of without(model[place])) yield { ...model, [place]: fields };
  if (model.interface) yield { ...model, interface: undefined };
  for (const type of Object.values(model.types)) {
    const { [type.name]: _, ...types } = model.types;
    yield { ...model, types };
    for (const fields of without(type.fields))
      yield { ...model, types: { ...model.types, [type.name]: { ...type, fields } } };
  }
  for (const type of Object.values(model.types))
    for (const fields of simpler(type.fields))
      yield { ...model, types: { ...model.types, [type.name]: { ...type, fields } } };
  for (const fields of simpler(model.queries)) yield { ...model, queries: fields };
}

function* without<Item>(items: readonly Item[]): Generator<Item[]> {
  for (const item of items) yield items.filter((each) => each !== item);
}

function* simpler(fields: readonly Field[]): Generator<Field[]> {
  for (const field of fields) {
    const replace = (other: Field) => fields.map((each) => (each === field ? other : each));
    const { requires, provides, overriddenFrom, isInaccessible, ...plain } = field;
    if (requires) yield replace(withoutKey(field, 'requires'));
    if (provides) yield replace(withoutKey(field, 'provides'));
    if (overriddenFrom !== undefined) yield replace(withoutKey(field, 'overriddenFrom'));
    if (isInaccessible) yield replace(withoutKey(field, 'isInaccessible'));
    if (plain.owners.length > 1) yield replace({ ...field, owners: field.owners.slice(0, 1) });
    if (field.args) yield replace({ ...field, args: '' });
    const [owner] = field.owners;
    if (owner !== undefined && owner > 0 && owner < 5) yield replace({ ...field, owners: [owner - 1] });
  }
}

function withoutKey(field: Field, key: keyof Field): Field {
  const { [key]: _, ...rest } = field;
  return rest as Field;
}
