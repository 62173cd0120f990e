/** The error of a program that cannot start or run for a reason its operator can change: a setting, an argument, a file. */

/** Printed as its message, without a stack. Each problem is a sentence or a line of usage. */
export class StartError extends Error {
  override name = 'StartError';
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], options?: ErrorOptions) {
    const list = typeof problems === 'string' ? problems.split('\n') : problems;
    super(list.join('\n'), options);
    this.problems = list;
  }
}
