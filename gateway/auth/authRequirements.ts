/**
 * What a supergraph asks of those who read: `@authenticated`, `@requiresScopes` and `@policy`, as composition puts them
 * into it. https://www.apollographql.com/docs/graphos/routing/security/authorization
 */
import {
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { authFeatures } from '../supergraph/features.ts';
import { parseFieldSet } from '../supergraph/fieldSets.ts';
import { argumentsOf, namesOfFeatures } from '../supergraph/linkedDirectives.ts';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';
import { type Clause, clauseReader, follows } from './authClauses.ts';

/** A reader needs all of the clauses that they give. */
export interface Requirements {
  /** What reading a field asks, where it is selected on the type: for the type, the field, and the type of its value. */
  ofField: (type: string, field: string) => readonly Clause[];
  /** What reading any field of an interface asks: as much as all types that implement it together. */
  ofInterface: (type: string) => readonly Clause[];
}

/** The requirements of a supergraph, undefined where it has none; throws when they cannot be read. */
export function readRequirements({
  fullSchema,
}: Pick<SupergraphModel, 'fullSchema'>): Requirements | undefined {
  const { astNode, extensionASTNodes } = fullSchema;
  const definitions = [...(astNode ? [astNode] : []), ...extensionASTNodes];
  const features = namesOfFeatures(definitions, authFeatures);
  if (features.size === 0) return undefined;
  const contexts = namesOfFeatures(definitions, new Set(['context']));
  const known = new Map<string, readonly Clause[]>();
  const reading = new Reading(fullSchema, features, contexts);
  if (!reading.asksAnything()) return undefined;
  return {
    ofField: (type, field) => {
      const key = `${type}.${field}`;
      const clauses = known.get(key) ?? [...reading.addField(fullSchema.getType(type), field, start())];
      known.set(key, clauses);
      return clauses;
    },
    ofInterface: (type) => [...reading.ofInterface(fullSchema.getType(type))],
  };
}

/** The clauses found so far, and the fields that have been looked at: some require one another in a circle. */
interface Found {
  clauses: Set<Clause>;
  seen: Set<string>;
}

const start = (): Found => ({ clauses: new Set(), seen: new Set() });

class Reading {
  readonly #schema: GraphQLSchema;
  readonly #features: ReadonlyMap<string, string>;
  readonly #contexts: ReadonlyMap<string, string>;
  readonly #clauseOf = clauseReader();

  constructor(
    schema: GraphQLSchema,
    features: ReadonlyMap<string, string>,
    contexts: ReadonlyMap<string, string>,
  ) {
    this.#schema = schema;
    this.#features = features;
    this.#contexts = contexts;
  }

  /** Looks at all there is, so that what cannot be read is told before anybody asks. */
  asksAnything(): boolean {
    let count = 0;
    for (const type of Object.values(this.#schema.getTypeMap())) {
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
      for (const one of [type, ...fields]) count += this.#own(one).length;
    }
    return count > 0;
  }

  ofInterface(type: GraphQLNamedType | undefined): ReadonlySet<Clause> {
    if (!isInterfaceType(type)) return new Set();
    return new Set([type, ...this.#schema.getPossibleTypes(type)].flatMap((one) => this.#own(one)));
  }

  addField(type: GraphQLNamedType | undefined, name: string, found: Found): ReadonlySet<Clause> {
    const { clauses, seen } = found;
    if (!isObjectType(type) && !isInterfaceType(type)) return clauses;
    const field = type.getFields()[name];
    const key = `${type.name}.${name}`;
    if (!field || seen.has(key)) return clauses;
    seen.add(key);
    this.#add(found, this.#own(type), this.#own(field), this.#ofValue(getNamedType(field.type)));
    this.#addNeeded(type, name, found);
    if (isInterfaceType(type))
      for (const one of this.#schema.getPossibleTypes(type)) this.addField(one, name, found);
    return clauses;
  }

  /**
   * What a value of the type asks. What composition gives an interface of those who implement it is asked where their
   * fields are read, so that fragments on the others go on being answered.
   */
  #ofValue(type: GraphQLNamedType): readonly Clause[] {
    const own = this.#own(type);
    if (own.length === 0 || !isInterfaceType(type)) return own;
    const inherited = this.#schema.getPossibleTypes(type).flatMap((one) => this.#own(one));
    return own.filter((clause) => !follows(clause, inherited));
  }

  /** What the fields ask that it is computed of (`@requires`, `@fromContext`), in its type or in an interface of that. */
  #addNeeded(type: Extract<GraphQLNamedType, { getInterfaces: unknown }>, name: string, found: Found): void {
    for (const owner of [type, ...type.getInterfaces()]) {
      const field = owner.getFields()[name];
      for (const directive of field ? directivesOf(field) : []) {
        if (directive.name.value !== 'join__field') continue;
        const { requires, contextArguments } = argumentsOf(directive);
        if (typeof requires === 'string') this.#addSelection(type, parseFieldSet(requires), found);
        for (const one of Array.isArray(contextArguments) ? contextArguments : [])
          this.#addContext(one, found);
      }
    }
  }

  #addContext({ context, selection }: { context?: unknown; selection?: unknown }, found: Found): void {
    const bears = (type: GraphQLNamedType) =>
      directivesOf(type).some(
        (one) => this.#contexts.has(one.name.value) && argumentsOf(one).name === context,
      );
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (!bears(type)) continue;
      this.#add(found, this.#own(type));
      if (typeof selection === 'string') this.#addSelection(type, parseFieldSet(selection), found);
    }
  }

  #addSelection(type: GraphQLNamedType, { selections }: SelectionSetNode, found: Found): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        this.addField(type, name, found);
        const field = 'getFields' in type ? type.getFields()[name] : undefined;
        if (field && selection.selectionSet)
          this.#addSelection(getNamedType(field.type), selection.selectionSet, found);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = selection;
        const inner = typeCondition ? this.#schema.getType(typeCondition.name.value) : type;
        if (!inner) continue;
        this.#add(found, this.#own(inner));
        this.#addSelection(inner, selectionSet, found);
      }
    }
  }

  #add({ clauses }: Found, ...more: readonly (readonly Clause[])[]): void {
    for (const some of more) for (const clause of some) clauses.add(clause);
  }

  #own(element: Element): readonly Clause[] {
    return directivesOf(element).flatMap((directive) => {
      const feature = this.#features.get(directive.name.value);
      return feature ? [this.#clauseOf(feature as Clause['kind'], directive)] : [];
    });
  }
}

interface Element {
  astNode?: { directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  extensionASTNodes?: readonly { directives?: readonly ConstDirectiveNode[] | undefined }[];
}

function directivesOf({ astNode, extensionASTNodes = [] }: Element): readonly ConstDirectiveNode[] {
  return [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
}
