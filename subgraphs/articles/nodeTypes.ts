/** The GraphQL interface of objects that are found by their id alone, as Relay specifies it. */
import { Field, ID, InterfaceType } from 'type-graphql';
import type { ListKind } from './tables.ts';

const listTypes = { SECTION: 'Section', TAG: 'Tag', AUTHOR: 'Author' } as const satisfies Record<
  ListKind,
  string
>;

@InterfaceType({
  description:
    'Object that can be loaded again by its id: Relay Global Object Identification. No two objects share an id, whatever their types.',
  resolveType: (row: { kind: ListKind } | { listId: string | null } | { headline: string }) => {
    if ('kind' in row) return listTypes[row.kind];
    return 'listId' in row ? 'Feed' : 'Article';
  },
})
export abstract class Node {
  @Field(() => ID, { description: 'Global id of the object.' })
  id!: string;
}
