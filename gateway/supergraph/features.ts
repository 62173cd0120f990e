/** What a supergraph is built on, and what of it this gateway does not do. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  visit,
} from 'graphql';
import { argumentsOf, namesOfFeatures } from './linkedDirectives.ts';

/** Features that say who may see what: kept where whoever opens the gateway says who asks (auth/). */
export const authFeatures: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

/** Features that promise something to clients or to owners of data which nothing here keeps. */
const unkept: ReadonlySet<string> = new Set(['connect']);

/**
 * Ends the sentence "Expected a supergraph that this gateway can run, but got: ..." when the supergraph uses a feature
 * that is not kept here; undefined when it uses none. A feature that is linked and applied to nothing is not used.
 * Those that say who may see what are kept where the gateway `enforces` them.
 */
export function checkFeatures(document: DocumentNode, { enforces = false } = {}): string | undefined {
  const uses = directivesOf(document, enforces ? unkept : new Set([...unkept, ...authFeatures]));
  if (uses.size === 0) return undefined;
  let problem: string | undefined;
  let place = 'the schema';
  visit(document, {
    enter: (node, _key, _parent, _path, ancestors) => {
      if (problem) return false;
      if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION) place = 'the schema';
      if ('name' in node && /Definition$|Extension$/.test(node.kind)) {
        const owner = ancestors.findLast(
          (one): one is TypeDefinitionNode | TypeExtensionNode =>
            'kind' in one && /Type(Definition|Extension)$/.test(one.kind),
        );
        const name = (node as FieldDefinitionNode).name.value;
        place = owner ? `${owner.name.value}.${name}` : name;
      }
      if (node.kind !== Kind.DIRECTIVE) return undefined;
      const feature = uses.get(nameOf(node as ConstDirectiveNode));
      if (feature) problem = `@${feature} at ${place}, which it does not enforce.`;
      return undefined;
    },
  });
  return problem;
}

/** Names under which directives of `features` are applied → the feature. */
function directivesOf(document: DocumentNode, features: ReadonlySet<string>): Map<string, string> {
  const found = namesOfFeatures(document.definitions, features);
  // What connectors say is not said with a directive of theirs.
  if ([...found.values()].includes('connect'))
    for (const name of ['connect', 'source']) found.set(`join__directive:${name}`, 'connect');
  return found;
}

function nameOf(directive: ConstDirectiveNode): string {
  const name = directive.name.value;
  return name === 'join__directive' ? `${name}:${String(argumentsOf(directive).name)}` : name;
}
