/**
 * The account that pays for a request. The HTTP layer picks the account; the pipeline charges it the operation's
 * cost.
 */

export interface Account {
  /** Appears in the access log, for example "partner courier". Never a secret. */
  name: string;
  /** Whether the account may send operations that are not stored when only developers may. */
  mayExplore: boolean;
  /** Charges `cost`, in whole points (docs/demand.md). Rejects with RATE_LIMITED if the quota has fewer points left. */
  spend: (cost: number) => Promise<void>;
}
