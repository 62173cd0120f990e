/** Whether a text is a composed supergraph at all; the planner looks deeper. */
import { type DocumentNode, Kind, parse } from 'graphql';

/** Ends the sentence "Expected the supergraph to be ..." when `sdl` is none; undefined when it looks like one. */
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
