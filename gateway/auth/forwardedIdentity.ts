/**
 * The identity that the gateway forwards to subgraphs: the claims of the reader's token, and the client's address for
 * mutations.
 */
import { anonymousReader, type Reader } from './readerClaims.ts';

/**
 * Claims about the token, not about the reader (RFC 7519 section 4.1). Without them, two tokens of one reader have
 * the same identity.
 */
const tokenClaims: ReadonlySet<string> = new Set(['aud', 'exp', 'iat', 'jti', 'nbf', 'scope', 'scp']);

const texts = new WeakMap<Reader, string>();

/**
 * The identity as JSON: `reader`, the claims of a signed-in reader, and for a mutation `client`, the caller's
 * address. Undefined if both are missing. Equal for equal readers, so that their requests can be shared.
 */
export function identityOf(
  reader: Reader | undefined,
  kind: 'query' | 'mutation',
  client: string | undefined,
): string | undefined {
  const claims = reader?.isSignedIn ? claimsTextOf(reader) : undefined;
  const parts = [
    ...(claims === undefined ? [] : [`"reader":${claims}`]),
    ...(kind === 'query' || client === undefined ? [] : [`"client":${JSON.stringify(client)}`]),
  ];
  return parts.length === 0 ? undefined : `{${parts.join(',')}}`;
}

function claimsTextOf(reader: Reader): string {
  const cached = texts.get(reader);
  if (cached !== undefined) return cached;
  const forwarded = Object.entries(reader.claims).filter(([name]) => !tokenClaims.has(name));
  const scope = [...reader.scopes].join(' ');
  const text = JSON.stringify({ ...Object.fromEntries(forwarded), ...(scope && { scope }) });
  if (reader !== anonymousReader) texts.set(reader, text);
  return text;
}
