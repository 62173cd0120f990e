/** What subgraphs are told of whoever asks: the claims of their token, and where they come from when something is to be changed. */
import { anonymousReader, type Reader } from './readerClaims.ts';

/** Claims that speak of one token, not of the reader (RFC 7519 section 4.1): two tokens of one reader tell the same. */
const ofTheToken: ReadonlySet<string> = new Set(['aud', 'exp', 'iat', 'jti', 'nbf', 'scope', 'scp']);

const texts = new WeakMap<Reader, string>();

/**
 * JSON with `reader`, the claims of a signed-in reader, and for a mutation `client`, the address of the caller. Undefined where
 * there is nothing to tell. The same text for the same reader: calls are shared by it.
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
  const known = texts.get(reader);
  if (known !== undefined) return known;
  const told = Object.entries(reader.claims).filter(([name]) => !ofTheToken.has(name));
  const scope = [...reader.scopes].join(' ');
  const text = JSON.stringify({ ...Object.fromEntries(told), ...(scope && { scope }) });
  if (reader !== anonymousReader) texts.set(reader, text);
  return text;
}
