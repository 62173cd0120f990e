/** The edit distance between two spellings. */

/** An insertion, a deletion, a substitution or an exchange of two letters counts one; 3 for any greater distance. */
export function distanceOf(one: string, other: string): number {
  const from = [...one];
  const to = [...other];
  if (Math.abs(from.length - to.length) > 2) return 3;
  if (isExchange(from, to)) return 1;
  let before: number[] = [];
  let row = to.map((_, place) => place + 1);
  row.unshift(0);
  for (const [at, letter] of from.entries()) {
    const next = [at + 1];
    for (const [place, target] of to.entries()) {
      const isSame = letter === target;
      let least = Math.min(
        (row[place] as number) + (isSame ? 0 : 1),
        (row[place + 1] as number) + 1,
        (next[place] as number) + 1,
      );
      if (at > 0 && place > 0 && letter === to[place - 1] && from[at - 1] === target)
        least = Math.min(least, (before[place - 1] as number) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return Math.min(row.at(-1) as number, 3);
}

/** Whether two letters are exchanged, adjacent or not. */
function isExchange(from: readonly string[], to: readonly string[]): boolean {
  if (from.length !== to.length) return false;
  const other = from.flatMap((letter, place) => (letter === to[place] ? [] : [place]));
  const [first = 0, second = 0] = other;
  return other.length === 2 && from[first] === to[second] && from[second] === to[first];
}
