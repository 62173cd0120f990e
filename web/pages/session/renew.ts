/** Renews sessions, once for concurrent requests. */

/** An access token, valid for minutes, and a refresh token, valid once. */
export interface Renewed {
  accessToken: string;
  refreshToken: string;
}

/** The session service. */
export interface Sessions {
  /**
   * New tokens for a refresh token. It may have been used a moment ago, since two tabs may renew at the same time.
   * `client` is the address of the caller. Undefined when the token is not valid; rejects when that cannot be
   * determined.
   */
  renew(refreshToken: string, client: string): Promise<Renewed | undefined>;
}

/** Renews each token once for all concurrent callers; rejects after `timeoutMs`. */
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
