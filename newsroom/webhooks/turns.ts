/** One after the other: what another system tells of is taken in in the order in which it came. */

/** A function that runs work when all that it was given before has ended, well or not. */
export function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
