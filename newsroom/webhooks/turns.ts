/** Runs asynchronous work one after the other, in the order of its arrival. */

/** Returns a function that runs work when all earlier work has settled. */
export function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
