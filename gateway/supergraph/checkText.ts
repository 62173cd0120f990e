/** Checks that a text is a composed supergraph. The planner checks it in depth. */
import { type DocumentNode, Kind, parse } from 'graphql';

/**
 * Returns undefined if `sdl` looks like a supergraph, otherwise the end of the error message "Expected the supergraph
 * to be ...".
 */
export function checkSupergraph(sdl: string): string | undefined {
  if (sdl.trim() === '') return 'a composed supergraph, but got: an empty text.';
  let document: DocumentNode;
  try {
    document = parse(sdl, { noLocation: true });
  } catch (error) {
    return `a composed supergraph, but got: ${error instanceof Error ? error.message : String(error)}`;
  }
  const hasJoin = document.definitions.some(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  return hasJoin
    ? undefined
    : 'a composed supergraph, but got: a schema without "join__Graph". Compose the subgraphs first.';
}
