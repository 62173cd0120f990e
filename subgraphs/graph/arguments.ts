/** Argument checks shared by all subgraphs. */
import { badInput, quoted } from '../errors.ts';

/** The key of a lookup by id or slug. Throws unless exactly one of them is given. */
export function idOrSlug(args: {
  id?: string | null;
  slug?: string | null;
}): { id: string } | { slug: string } {
  const { id, slug } = args;
  if (id != null && slug != null) {
    throw badInput(`Expected either "id" or "slug", but got both: ${quoted(id)} and ${quoted(slug)}.`);
  }
  if (id != null) return { id };
  if (slug != null) return { slug };
  throw badInput('Expected either "id" or "slug", but got: neither.');
}
