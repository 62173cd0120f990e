/** Who pays for what a request asks: whoever opens a door says so, the steps of a journey take the cost. */

export interface Account {
  /** For the log: "partner courier". Never a secret. */
  name: string;
  /** Whether it may send operations that are not stored, where only developers may. */
  mayExplore: boolean;
  /** Takes `cost`, in whole points (docs/demand.md); rejects with RATE_LIMITED where that is more than is left. */
  spend: (cost: number) => Promise<void>;
}
