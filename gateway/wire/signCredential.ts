/**
 * Signs credentials with which subgraphs authenticate the gateway and the identity it forwards: a JSON Web Signature
 * (RFC 7515) by HMAC with a shared secret. A credential is short-lived and valid for one operation.
 */
import { LRUCache } from 'lru-cache';
import { credentialHeader, openHashes, sha256, signCredential } from '../../kit/credential.ts';
import { hasLongNumber } from './losslessJson.ts';
import type { SubgraphRequest } from './subgraphCall.ts';
import type { Send } from './transport.ts';

/** Returns the credential for a request with this body; equal for equal queries within one time window. */
export type Sign = (request: SubgraphRequest, body?: string) => string;

/** Credentials are issued per time window, so that equal queries have equal credentials, and stay valid beyond it. */
const windowSeconds = 30;
const lifetimeSeconds = 3 * windowSeconds;

/** Characters of operation texts, and of credentials with their keys, that are cached. */
const maxCharacters = 4 * 1024 * 1024;

const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/**
 * Opens a signer that uses the first secret; the others are previous or next secrets that only subgraphs accept.
 * Undefined without a secret.
 */
export function openSigner([secret]: readonly string[], now = () => Date.now()): Sign | undefined {
  if (secret === undefined) return undefined;
  const hashOf = openHashes(maxCharacters);
  const kept = new LRUCache<string, { at: number; text: string }>({
    maxSize: maxCharacters,
    sizeCalculation: ({ text }, key) => key.length + text.length,
  });

  const sign = (claims: string): string => {
    const signed = `${head}.${Buffer.from(claims).toString('base64url')}`;
    return `${signed}.${signCredential(signed, secret).toString('base64url')}`;
  };

  return ({ query, kind, variables, operationName, identity }, body) => {
    const at = Math.floor(now() / 1000 / windowSeconds) * windowSeconds;
    const operation = hashOf(query);
    const times = `"iat":${at},"exp":${at + lifetimeSeconds}`;
    const identityClaim = identity === undefined ? '' : `,"asker":${identity}`;
    if (kind !== 'query') {
      // A mutation's credential covers its variables, so that it is valid for this mutation only.
      const values = sha256(variablesText(variables, body));
      const name = JSON.stringify(operationName ?? null);
      return sign(
        `{${times},"operation":"${operation}","operationName":${name},"variables":"${values}"${identityClaim}}`,
      );
    }
    const key = `${operation}${identityClaim}`;
    const cached = kept.get(key);
    if (cached?.at === at) return cached.text;
    const text = sign(`{${times},"operation":"${operation}"${identityClaim}}`);
    kept.set(key, { at, text });
    return text;
  };
}

/** The variables' JSON as a subgraph reproduces it from the body: JSON.parse there rounds long numbers. */
function variablesText(variables: SubgraphRequest['variables'], body: string | undefined): string {
  if (body === undefined || !hasLongNumber(body)) return JSON.stringify(variables ?? {});
  return JSON.stringify((JSON.parse(body) as SubgraphRequest).variables ?? {});
}

/** Wraps `send` to add the credential to each request; returns `send` itself without a signer. */
export function withCredential(send: Send, sign: Sign | undefined): Send {
  if (!sign) return send;
  return (request, body, receiver) => {
    const { query, kind, signal, headers } = request;
    const signed = { ...headers, [credentialHeader]: sign(request, body) };
    return send({ query, kind, signal, headers: signed }, body, receiver);
  };
}
