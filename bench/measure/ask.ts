/** One request as a client sends it, and whether its answer is the right one. */
import { isDeepStrictEqual } from 'node:util';
import { request } from 'undici';

export interface Answer {
  status: number;
  text: string;
  ms: number;
}

export async function ask(url: string, body: string, authorization = 'Reader first'): Promise<Answer> {
  const started = performance.now();
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body,
    headersTimeout: 60_000,
  });
  const text = await response.body.text();
  return { status: response.statusCode, text, ms: performance.now() - started };
}

/** What is wrong with an answer, in a few words; nothing when its data are the right ones as parsed JSON. */
export function mistake({ status, text }: Answer, expected: unknown): string | undefined {
  if (status !== 200) return `answers ${status}: ${text.slice(0, 160)}`;
  const { data, errors } = JSON.parse(text);
  if (errors) return `answers with errors: ${JSON.stringify(errors).slice(0, 160)}`;
  return isDeepStrictEqual(data, expected)
    ? undefined
    : `answers wrong data at ${difference(data, expected)}`;
}

/** The first place where two JSON values differ, as a path. */
function difference(one: unknown, other: unknown, path = 'data'): string {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other)
    return `${path} (${short(one)}, not ${short(other)})`;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const [left, right] = [one, other].map((value) => (value as Record<string, unknown>)[key]);
    if (!isDeepStrictEqual(left, right)) return difference(left, right, `${path}.${key}`);
  }
  return path;
}

const short = (value: unknown) => JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
