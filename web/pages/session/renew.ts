/** Renewing a session: what the pages ask of whoever keeps sessions, and no more often than is needed. */

/** The tokens of a session, of which the first holds for minutes and the second once. */
export interface Renewed {
  accessToken: string;
  refreshToken: string;
}

/** Whoever keeps sessions. */
export interface Sessions {
  /**
   * New tokens for a refresh token, which may have been used a moment ago: two tabs renew at the same time. `client` is the
   * address of whoever brings it. Undefined where it is not in force; rejects where that cannot be known now.
   */
  renew(refreshToken: string, client: string): Promise<Renewed | undefined>;
}

/** Renews each token once for all who bring it at the same time, and rejects when that takes longer than `timeoutMs`. */
export function shareRenewals({ renew }: Sessions, timeoutMs: number): Sessions['renew'] {
  const flights = new Map<string, Promise<Renewed | undefined>>();
  return (refreshToken, client) => {
    const known = flights.get(refreshToken);
    if (known) return known;
    const flight = within(timeoutMs, renew(refreshToken, client)).finally(() => flights.delete(refreshToken));
    flights.set(refreshToken, flight);
    return flight;
  };
}

async function within<Value>(timeoutMs: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`Expected a session to be renewed in ${timeoutMs} ms, but got: nothing.`);
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
