/** Under which names a supergraph applies the directives of a feature: links may rename them. */
import { type ConstDirectiveNode, type DefinitionNode, Kind, valueFromASTUntyped } from 'graphql';

const specs = 'https://specs.apollo.dev/';

/** Names of directives → the feature among `features` that they belong to. https://specs.apollo.dev/link/v1.0/ */
export function namesOfFeatures(
  definitions: readonly DefinitionNode[],
  features: ReadonlySet<string>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of node.directives ?? []) {
      if (directive.name.value !== 'link' && directive.name.value !== 'core') continue;
      const given = argumentsOf(directive);
      const url = String(given.url ?? given.feature ?? '');
      const feature = url.startsWith(specs) ? url.slice(specs.length).split('/', 1)[0] : undefined;
      if (!feature || !features.has(feature)) continue;
      let isImported = false;
      for (const one of Array.isArray(given.import) ? given.import : []) {
        const { name, as = name } = typeof one === 'string' ? { name: one } : one;
        if (!String(name).startsWith('@')) continue;
        found.set(String(as).slice(1), feature);
        isImported ||= name === `@${feature}`;
      }
      // Where it is imported, what else has its usual name is another directive.
      if (!isImported) found.set(typeof given.as === 'string' ? given.as : feature, feature);
    }
  }
  return found;
}

/**
 * Names under which the supergraph applies the directives of one feature → the directive that each of them is. A link
 * that imports nothing leaves them their prefixed names, such as `@cost` and `@cost__listSize`.
 */
export function namesOfDirectives(
  links: readonly ConstDirectiveNode[],
  feature: string,
  directives: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const link of links) {
    if (link.name.value !== 'link' && link.name.value !== 'core') continue;
    const given = argumentsOf(link);
    const url = String(given.url ?? given.feature ?? '');
    if (!url.startsWith(specs) || url.slice(specs.length).split('/', 1)[0] !== feature) continue;
    const prefix = typeof given.as === 'string' ? given.as : feature;
    for (const directive of directives) {
      found.set(`${prefix}__${directive}`, directive);
      if (directive === feature) found.set(prefix, directive);
    }
    for (const one of Array.isArray(given.import) ? given.import : []) {
      const { name, as = name } = typeof one === 'string' ? { name: one } : one;
      const directive = String(name).slice(1);
      if (String(name).startsWith('@') && directives.includes(directive))
        found.set(String(as).slice(1), directive);
    }
  }
  return found;
}

/** The arguments of a directive as values. */
export function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
