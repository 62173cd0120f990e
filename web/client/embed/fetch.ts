/** Asks the newsroom for what an embed shows: no cookies, no headers that a browser would have to ask leave for. */

/** The newsroom did not give it; the status is 0 where nothing came. */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`Expected what the embed shows, but got: status ${status}.`);
  }
}

const patienceMs = 15_000;

/** The text of the answer, which is the same for as long as nothing changed. */
export async function fetchText(url: URL, gone: AbortSignal): Promise<string> {
  const signal = AbortSignal.any([gone, AbortSignal.timeout(patienceMs)]);
  const answer = await fetch(url, { credentials: 'omit', signal }).catch(() => undefined);
  if (!answer?.ok) throw new Refused(answer?.status ?? 0);
  return answer.text();
}
