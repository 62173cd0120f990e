/**
 * The gateway's word to a subgraph: who asks, and for what. A JSON Web Signature (RFC 7515) by HMAC with a secret that gateway
 * and subgraphs share, short-lived, and of no use for another operation.
 */
import { createHash, createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { hasLongNumber } from './losslessJson.ts';
import type { SubgraphRequest } from './subgraphCall.ts';
import type { Send } from './transport.ts';

/** The header that bears it. No rule about headers sends one of this name. */
export const credentialHeader = 'gateway-credential';

/** The credential for one request, sent as `body`; the same text for the same request within a window. */
export type Sign = (request: SubgraphRequest, body?: string) => string;

/** It is made for a window of time, so that the same question has the same one for a while, and holds for the next too. */
const windowSeconds = 30;
const lifetimeSeconds = 3 * windowSeconds;

const keptAtMost = 2000;

const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/** Signs with the first of the secrets; the others are those that subgraphs may still have, or have already. */
export function openSigner([secret]: readonly string[], now = () => Date.now()): Sign | undefined {
  if (secret === undefined) return undefined;
  const hashes = new LRUCache<string, string>({ max: keptAtMost });
  const kept = new LRUCache<string, { at: number; text: string }>({ max: keptAtMost });

  const hashOf = (text: string): string => {
    const known = hashes.get(text);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(text).digest('hex');
    hashes.set(text, hash);
    return hash;
  };
  const sign = (claims: string): string => {
    const signed = `${head}.${Buffer.from(claims).toString('base64url')}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };

  return ({ query, kind, variables, operationName, identity }, body) => {
    const at = Math.floor(now() / 1000 / windowSeconds) * windowSeconds;
    const operation = hashOf(query);
    const times = `"iat":${at},"exp":${at + lifetimeSeconds}`;
    const who = identity === undefined ? '' : `,"identity":${identity}`;
    if (kind !== 'query') {
      // What is to be changed is told by the variables: a credential for one change is none for another.
      const values = createHash('sha256').update(variablesText(variables, body)).digest('hex');
      const name = JSON.stringify(operationName ?? null);
      return sign(
        `{${times},"operation":"${operation}","operationName":${name},"variables":"${values}"${who}}`,
      );
    }
    const key = `${operation}${who}`;
    const known = kept.get(key);
    if (known?.at === at) return known.text;
    const text = sign(`{${times},"operation":"${operation}"${who}}`);
    kept.set(key, { at, text });
    return text;
  };
}

/** The variables as a subgraph writes them that has read the body: one that rounds long numbers, as JSON.parse does. */
function variablesText(variables: SubgraphRequest['variables'], body: string | undefined): string {
  if (body === undefined || !hasLongNumber(body)) return JSON.stringify(variables ?? {});
  return JSON.stringify((JSON.parse(body) as SubgraphRequest).variables ?? {});
}

/** Sends each request with its credential; as it is where there is nothing to sign with. */
export function withCredential(send: Send, sign: Sign | undefined): Send {
  if (!sign) return send;
  return (request, body, receiver) => {
    const { query, kind, signal, headers } = request;
    const signed = { ...headers, [credentialHeader]: sign(request, body) };
    return send({ query, kind, signal, headers: signed }, body, receiver);
  };
}
