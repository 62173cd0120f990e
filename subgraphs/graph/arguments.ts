/** Arguments that mean the same in every subgraph. */
import { badInput, quoted } from '../errors.ts';

/** By which of the two a thing is asked for; an error unless it is exactly one. */
export function idOrSlug(args: {
  id?: string | null;
  slug?: string | null;
}): { id: string } | { slug: string } {
  const { id, slug } = args;
  if (id != null && slug != null) {
    throw badInput(`Expected "id" or "slug", but got both: ${quoted(id)} and ${quoted(slug)}.`);
  }
  if (id != null) return { id };
  if (slug != null) return { slug };
  throw badInput('Expected "id" or "slug", but got neither.');
}
