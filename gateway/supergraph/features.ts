/** What a supergraph is built on, and what of it this gateway does not do. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** Features that promise something to clients or to owners of data which nothing here keeps. */
const unkept = new Set(['authenticated', 'requiresScopes', 'policy', 'connect']);

const specs = 'https://specs.apollo.dev/';

/**
 * Ends the sentence "Expected a supergraph that this gateway can run, but got: ..." when the supergraph uses a feature
 * that is not kept here; undefined when it uses none. A feature that is linked and applied to nothing is not used.
 */
export function checkFeatures(document: DocumentNode): string | undefined {
  const uses = unkeptDirectives(document);
  if (uses.size === 0) return undefined;
  let problem: string | undefined;
  let place = '';
  visit(document, {
    enter: (node, _key, _parent, _path, ancestors) => {
      if (problem) return false;
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

/** Names under which directives of unkept features are applied → the feature. */
function unkeptDirectives(document: DocumentNode): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of node.directives ?? []) {
      if (directive.name.value !== 'link' && directive.name.value !== 'core') continue;
      const given = argumentsOf(directive);
      const url = String(given.url ?? given.feature ?? '');
      const feature = url.startsWith(specs) ? url.slice(specs.length).split('/', 1)[0] : undefined;
      if (!feature || !unkept.has(feature)) continue;
      found.set(typeof given.as === 'string' ? given.as : feature, feature);
      // What connectors say is not said with a directive of theirs.
      if (feature === 'connect')
        for (const name of ['connect', 'source']) found.set(`join__directive:${name}`, feature);
      for (const one of Array.isArray(given.import) ? given.import : []) {
        const { name, as = name } = typeof one === 'string' ? { name: one } : one;
        if (String(name).startsWith('@')) found.set(String(as).slice(1), feature);
      }
    }
  }
  return found;
}

function nameOf(directive: ConstDirectiveNode): string {
  const name = directive.name.value;
  return name === 'join__directive' ? `${name}:${String(argumentsOf(directive).name)}` : name;
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
