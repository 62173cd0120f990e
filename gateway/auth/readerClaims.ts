/** The reader: the authenticated or anonymous user of a request, with the claims of the access token. */

export interface Reader {
  isSignedIn: boolean;
  /** The `sub` claim; undefined for an anonymous reader. */
  subject: string | undefined;
  scopes: ReadonlySet<string>;
  /** All claims of the token. */
  claims: Readonly<Record<string, unknown>>;
  /**
   * Policies (`@policy`) that the reader is already known to satisfy; others are evaluated when an operation requires
   * them.
   */
  policies: ReadonlySet<string>;
}

/** The reader of a request without a token. */
export const anonymousReader: Reader = Object.freeze({
  isSignedIn: false,
  subject: undefined,
  scopes: new Set<string>(),
  claims: Object.freeze({}),
  policies: new Set<string>(),
});

/** Creates the reader from the claims of a verified token. */
export function readerOf(claims: Readonly<Record<string, unknown>>): Reader {
  return Object.freeze({
    isSignedIn: true,
    subject: typeof claims.sub === 'string' ? claims.sub : undefined,
    scopes: scopesIn(claims),
    claims: Object.freeze({ ...claims }),
    policies: anonymousReader.policies,
  });
}

/** Returns the value if it is a complete Reader, otherwise the anonymous reader. */
export function asReader(value: unknown): Reader {
  return isReader(value) ? value : anonymousReader;
}

function isReader(value: unknown): value is Reader {
  if (typeof value !== 'object' || value === null) return false;
  const { isSignedIn, scopes, policies } = value as Partial<Record<keyof Reader, unknown>>;
  return typeof isSignedIn === 'boolean' && scopes instanceof Set && policies instanceof Set;
}

/** `scope` is space-separated (RFC 8693 section 4.2); some issuers send a list, `scp`, instead. */
function scopesIn({ scope, scp }: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const given = scope ?? scp;
  if (typeof given === 'string') return new Set(given.split(' ').filter((one) => one !== ''));
  return new Set(Array.isArray(given) ? given.filter((one) => typeof one === 'string') : []);
}
