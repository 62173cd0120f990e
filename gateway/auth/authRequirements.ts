/**
 * Reads the authorization requirements of a supergraph: `@authenticated`, `@requiresScopes` and `@policy`, as
 * composition propagates them. https://www.apollographql.com/docs/graphos/routing/security/authorization
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

/** The clauses that a reader must satisfy, all of them. */
export interface Requirements {
  /** Requirements of a field selected on a type: those of the type, of the field, and of the type of its value. */
  ofField: (type: string, field: string) => readonly Clause[];
  /** Requirements of any field of an interface: those of all its implementing types together. */
  ofInterface: (type: string) => readonly Clause[];
}

/** Reads the requirements of a supergraph; undefined if it has none. Throws if a directive's arguments are invalid. */
export function readRequirements({
  fullSchema,
}: Pick<SupergraphModel, 'fullSchema'>): Requirements | undefined {
  const { astNode, extensionASTNodes } = fullSchema;
  const definitions = [...(astNode ? [astNode] : []), ...extensionASTNodes];
  const features = namesOfFeatures(definitions, authFeatures);
  if (features.size === 0) return undefined;
  const contexts = namesOfFeatures(definitions, new Set(['context']));
  const cached = new Map<string, readonly Clause[]>();
  const reader = new RequirementReader(fullSchema, features, contexts);
  if (!reader.hasRequirements()) return undefined;
  return {
    ofField: (type, field) => {
      const key = `${type}.${field}`;
      const clauses = cached.get(key) ?? [...reader.addField(fullSchema.getType(type), field, start())];
      cached.set(key, clauses);
      return clauses;
    },
    ofInterface: (type) => [...reader.ofInterface(fullSchema.getType(type))],
  };
}

/** Clauses collected so far, and fields already visited: `@requires` may be circular. */
interface Collected {
  clauses: Set<Clause>;
  seen: Set<string>;
}

const start = (): Collected => ({ clauses: new Set(), seen: new Set() });

class RequirementReader {
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

  /** Reads every element, so that invalid directives are reported at startup. */
  hasRequirements(): boolean {
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

  addField(type: GraphQLNamedType | undefined, name: string, collected: Collected): ReadonlySet<Clause> {
    const { clauses, seen } = collected;
    if (!isObjectType(type) && !isInterfaceType(type)) return clauses;
    const field = type.getFields()[name];
    const key = `${type.name}.${name}`;
    if (!field || seen.has(key)) return clauses;
    seen.add(key);
    this.#add(collected, this.#own(type), this.#own(field), this.#ofValue(getNamedType(field.type)));
    this.#addNeeded(type, name, collected);
    if (isInterfaceType(type))
      for (const one of this.#schema.getPossibleTypes(type)) this.addField(one, name, collected);
    return clauses;
  }

  /**
   * Requirements of a value of the type. Composition propagates the requirements of implementing types to their
   * interface; these apply where the implementing types' fields are selected, so that fragments on other types still
   * resolve.
   */
  #ofValue(type: GraphQLNamedType): readonly Clause[] {
    const own = this.#own(type);
    if (own.length === 0 || !isInterfaceType(type)) return own;
    const inherited = this.#schema.getPossibleTypes(type).flatMap((one) => this.#own(one));
    return own.filter((clause) => !follows(clause, inherited));
  }

  /**
   * Adds the requirements of the fields that this field is computed from (`@requires`, `@fromContext`), on its type
   * or on an interface of it.
   */
  #addNeeded(
    type: Extract<GraphQLNamedType, { getInterfaces: unknown }>,
    name: string,
    collected: Collected,
  ): void {
    for (const owner of [type, ...type.getInterfaces()]) {
      const field = owner.getFields()[name];
      for (const directive of field ? directivesOf(field) : []) {
        if (directive.name.value !== 'join__field') continue;
        const { requires, contextArguments } = argumentsOf(directive);
        if (typeof requires === 'string') this.#addSelection(type, parseFieldSet(requires), collected);
        for (const one of Array.isArray(contextArguments) ? contextArguments : [])
          this.#addContext(one, collected);
      }
    }
  }

  #addContext(
    { context, selection }: { context?: unknown; selection?: unknown },
    collected: Collected,
  ): void {
    const bears = (type: GraphQLNamedType) =>
      directivesOf(type).some(
        (one) => this.#contexts.has(one.name.value) && argumentsOf(one).name === context,
      );
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (!bears(type)) continue;
      this.#add(collected, this.#own(type));
      if (typeof selection === 'string') this.#addSelection(type, parseFieldSet(selection), collected);
    }
  }

  #addSelection(type: GraphQLNamedType, { selections }: SelectionSetNode, collected: Collected): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        this.addField(type, name, collected);
        const field = 'getFields' in type ? type.getFields()[name] : undefined;
        if (field && selection.selectionSet)
          this.#addSelection(getNamedType(field.type), selection.selectionSet, collected);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = selection;
        const inner = typeCondition ? this.#schema.getType(typeCondition.name.value) : type;
        if (!inner) continue;
        this.#add(collected, this.#own(inner));
        this.#addSelection(inner, selectionSet, collected);
      }
    }
  }

  #add({ clauses }: Collected, ...more: readonly (readonly Clause[])[]): void {
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
