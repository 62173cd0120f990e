/** What every store answers when content is put into it. */

/** The outcome of putting one item; a list of them stands in the order of the items that were put. */
export interface PutOutcome {
  id: string;
  /** "unchanged" when what is stored already says the same: then no event is written. */
  outcome: 'created' | 'updated' | 'unchanged';
  /** The slug that it got, which may differ from the one asked for. */
  slug?: string;
  /** What an editor should know, a sentence each. */
  notes: string[];
}

/**
 * Puts a list of items in one transaction: all or none. An item that breaks a rule rejects the call with a
 * `ContentError` that names it.
 */
export type Put<Content> = (items: readonly Content[], by: string) => Promise<PutOutcome[]>;

/** An item that cannot be stored: what was expected and what came. */
export class ContentError extends Error {
  override name = 'ContentError';
  readonly sourceId: string;

  constructor(sourceId: string, message: string) {
    super(message);
    this.sourceId = sourceId;
  }
}
