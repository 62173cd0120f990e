/** The features that a supergraph links, and those that this gateway does not support. */
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

/** Authorization features. Enforced by auth/ when the gateway authenticates requests. */
export const authFeatures: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

/** Features that no part of the gateway enforces. */
const unsupported: ReadonlySet<string> = new Set(['connect']);

/**
 * Returns undefined if the gateway supports every feature that the supergraph uses, otherwise the end of the error
 * message "Expected a supergraph that this gateway can run, but got: ...". A feature that is linked and never applied
 * is not used. Authorization features are supported if the gateway `enforces` them.
 */
export function checkFeatures(document: DocumentNode, { enforces = false } = {}): string | undefined {
  const uses = directivesOf(document, enforces ? unsupported : new Set([...unsupported, ...authFeatures]));
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

/** The names of the directives of `features` in this document → the feature. */
function directivesOf(document: DocumentNode, features: ReadonlySet<string>): Map<string, string> {
  const directives = namesOfFeatures(document.definitions, features);
  // Composition carries the directives of connectors as `@join__directive`.
  if ([...directives.values()].includes('connect'))
    for (const name of ['connect', 'source']) directives.set(`join__directive:${name}`, 'connect');
  return directives;
}

function nameOf(directive: ConstDirectiveNode): string {
  const name = directive.name.value;
  return name === 'join__directive' ? `${name}:${String(argumentsOf(directive).name)}` : name;
}
