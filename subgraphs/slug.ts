/** Slugs: the readable names of things in addresses. */

const longest = 120;

/** A slug from any text: "Ça va, O'Neill?" gives "ca-va-oneill"; "untitled" where nothing is left. */
export function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  // Cut by characters: half a pair of surrogates is none.
  return [...slug].slice(0, longest).join('').replace(/-+$/, '').normalize('NFC') || 'untitled';
}

/** One that wants a slug. */
interface Applicant {
  id: string;
  slug: string;
}

/**
 * Gives each applicant its slug, or the next free one ("harbour-2") where another holds it. `ownersOf` tells
 * who holds which of some slugs; it is asked once when nobody clashes. Answers in the order of `applicants`.
 */
export async function allocateSlugs(
  applicants: readonly Applicant[],
  ownersOf: (slugs: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<string[]> {
  const given = new Map<string, string>();
  const slugs: string[] = [];
  const owners = new Map(await ownersOf(applicants.map(({ slug }) => slug)));
  const isFree = (slug: string, id: string) => (given.get(slug) ?? owners.get(slug) ?? id) === id;
  for (const { id, slug } of applicants) {
    let candidate = slug;
    for (let number = 2; !isFree(candidate, id); number += 1) {
      // Candidates come a hundred at a time, so that a slug held a thousand times costs ten questions.
      if (number % 100 === 2) {
        const next = Array.from({ length: 100 }, (_, step) => `${slug}-${number + step}`);
        for (const [taken, owner] of await ownersOf(next)) owners.set(taken, owner);
      }
      candidate = `${slug}-${number}`;
    }
    given.set(candidate, id);
    slugs.push(candidate);
  }
  return slugs;
}
