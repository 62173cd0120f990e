/** Fetches embed data without cookies and without headers that need a CORS preflight. */

/** A failed response; the status is 0 for a network error. */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`Expected what the embed shows, but got: status ${status}.`);
  }
}

const patienceMs = 15_000;

/** The response text, which is identical while the content is unchanged. */
export async function fetchText(url: URL, gone: AbortSignal): Promise<string> {
  const signal = AbortSignal.any([gone, AbortSignal.timeout(patienceMs)]);
  const answer = await fetch(url, { credentials: 'omit', signal }).catch(() => undefined);
  if (!answer?.ok) throw new Refused(answer?.status ?? 0);
  return answer.text();
}
