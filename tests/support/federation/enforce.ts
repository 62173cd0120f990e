/** A monolith that enforces by resolver: it knows what the subgraphs ask of readers, and nothing of the gateway. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** Who asks; whoever has scopes is signed in. */
export interface TestReader {
  scopes?: readonly string[];
  policies?: readonly string[];
}

interface Need {
  kind: string;
  anyOf: readonly (readonly string[])[];
}

/** What is needed to read a type, by its name, or a field, by `Type.field`: all that any subgraph says. */
export type Needs = ReadonlyMap<string, readonly Need[]>;

export function needsIn(subgraphs: readonly DocumentNode[]): Needs {
  const needs = new Map<string, Need[]>();
  let type = '';
  const add = (place: string, directives: readonly ConstDirectiveNode[] = []) => {
    const own = directives.flatMap(needOf);
    if (own.length > 0) needs.set(place, [...(needs.get(place) ?? []), ...own]);
  };
  for (const document of subgraphs)
    visit(document, {
      enter: (node) => {
        if (/Type(Definition|Extension)$/.test(node.kind) && 'name' in node && node.name) {
          type = node.name.value;
          add(type, (node as FieldNode).directives as readonly ConstDirectiveNode[]);
        }
        if (node.kind === Kind.FIELD_DEFINITION) add(`${type}.${node.name.value}`, node.directives);
      },
    });
  return needs;
}

/** Their names, and those that cases give them. */
const kinds: Readonly<Record<string, string>> = {
  authenticated: 'authenticated',
  login: 'authenticated',
  requiresScopes: 'requiresScopes',
  scoped: 'requiresScopes',
  policy: 'policy',
};

function needOf({ name, arguments: given = [] }: ConstDirectiveNode): Need[] {
  const kind = kinds[name.value.replace('federation__', '')];
  if (!kind) return [];
  return [{ kind, anyOf: given[0] ? (valueFromASTUntyped(given[0].value) as string[][]) : [] }];
}

/** An operation whose fragments stand where they are spread, and the fields of it that are not for the reader. */
export interface Judged {
  document: DocumentNode;
  denied: ReadonlySet<FieldNode>;
}

export function judge(
  schema: GraphQLSchema,
  asked: DocumentNode,
  operationName: string | undefined,
  needs: Needs,
  reader: TestReader | undefined,
): Judged {
  const operation = getOperationAST(asked, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new Error('Expected an operation.');
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of asked.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const denied = new Set<FieldNode>();

  const has = (place: string) =>
    (needs.get(place) ?? []).every(({ kind, anyOf }) => {
      if (kind === 'authenticated') return reader !== undefined;
      const own = kind === 'policy' ? reader?.policies : reader?.scopes;
      return anyOf.some((all) => all.every((one) => own?.includes(one)));
    });
  const implementing = (type: GraphQLNamedType) =>
    isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
  const mayRead = (type: GraphQLNamedType, node: FieldNode): boolean => {
    if (isInterfaceType(type)) return implementing(type).every((one) => mayRead(one, node));
    const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return true;
    const value = getNamedType(field.type);
    const ofAll = readsDirectly(node.selectionSet) ? implementing(value) : [];
    // A subgraph that has an interface for an object says of its fields what is needed.
    const owners = [type, ...(isObjectType(type) ? type.getInterfaces() : [])];
    const places = owners.map(({ name }) => `${name}.${field.name}`);
    return [type.name, ...places, value.name, ...ofAll.map(({ name }) => name)].every(has);
  };
  const spread = (set: SelectionSetNode, type: GraphQLNamedType, isWithin: boolean): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: set.selections.map((one): SelectionNode => {
      if (one.kind === Kind.FIELD) {
        const field = 'getFields' in type ? type.getFields()[one.name.value] : undefined;
        const isDenied = field !== undefined && (isWithin || !mayRead(type, one));
        const inner = field && one.selectionSet;
        const node = {
          ...one,
          ...(inner && { selectionSet: spread(inner, getNamedType(field.type), isDenied) }),
        };
        if (isDenied) denied.add(node);
        return node;
      }
      const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
      if (!fragment) throw new Error('Expected a fragment.');
      const on = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!on) throw new Error('Expected a type.');
      return {
        kind: Kind.INLINE_FRAGMENT,
        ...(fragment.typeCondition && { typeCondition: fragment.typeCondition }),
        ...(one.directives && { directives: one.directives }),
        selectionSet: spread(fragment.selectionSet, on, isWithin),
      };
    }),
  });
  const selectionSet = spread(operation.selectionSet, root, false);
  return { document: { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] }, denied };
}

function readsDirectly(set: SelectionSetNode | undefined): boolean {
  return (set?.selections ?? []).some((one) => {
    if (one.kind === Kind.FIELD) return one.name.value !== '__typename';
    return one.kind === Kind.INLINE_FRAGMENT && !one.typeCondition && readsDirectly(one.selectionSet);
  });
}
