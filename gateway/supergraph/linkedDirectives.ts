/** Resolves the names of linked directives: `@link` can rename them. */
import { type ConstDirectiveNode, type DefinitionNode, Kind, valueFromASTUntyped } from 'graphql';

const specs = 'https://specs.apollo.dev/';

/** Names of directives → the feature of `features` that they belong to. https://specs.apollo.dev/link/v1.0/ */
export function namesOfFeatures(
  definitions: readonly DefinitionNode[],
  features: ReadonlySet<string>,
): Map<string, string> {
  const featuresByName = new Map<string, string>();
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
        featuresByName.set(String(as).slice(1), feature);
        isImported ||= name === `@${feature}`;
      }
      // If the directive is imported, a directive with its default name belongs to something else.
      if (!isImported) featuresByName.set(typeof given.as === 'string' ? given.as : feature, feature);
    }
  }
  return featuresByName;
}

/**
 * Names of one feature's directives in the supergraph → their names in the specification. A link without imports
 * leaves prefixed names, such as `@cost` and `@cost__listSize`.
 */
export function namesOfDirectives(
  links: readonly ConstDirectiveNode[],
  feature: string,
  directives: readonly string[],
): Map<string, string> {
  const directivesByName = new Map<string, string>();
  for (const link of links) {
    if (link.name.value !== 'link' && link.name.value !== 'core') continue;
    const given = argumentsOf(link);
    const url = String(given.url ?? given.feature ?? '');
    if (!url.startsWith(specs) || url.slice(specs.length).split('/', 1)[0] !== feature) continue;
    const prefix = typeof given.as === 'string' ? given.as : feature;
    for (const directive of directives) {
      directivesByName.set(`${prefix}__${directive}`, directive);
      if (directive === feature) directivesByName.set(prefix, directive);
    }
    for (const one of Array.isArray(given.import) ? given.import : []) {
      const { name, as = name } = typeof one === 'string' ? { name: one } : one;
      const directive = String(name).slice(1);
      if (String(name).startsWith('@') && directives.includes(directive))
        directivesByName.set(String(as).slice(1), directive);
    }
  }
  return directivesByName;
}

/** A directive's arguments as plain values. */
export function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
