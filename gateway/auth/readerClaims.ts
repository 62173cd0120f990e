/** Who reads: what their access token says of them. */

export interface Reader {
  isSignedIn: boolean;
  /** Whom the token is about; undefined for nobody in particular. */
  subject: string | undefined;
  scopes: ReadonlySet<string>;
  /** All that the token says. */
  claims: Readonly<Record<string, unknown>>;
  /** Policies (`@policy`) that they are known to satisfy; others are asked about when it matters. */
  policies: ReadonlySet<string>;
}

/** Whoever comes without a token. */
export const anonymousReader: Reader = Object.freeze({
  isSignedIn: false,
  subject: undefined,
  scopes: new Set<string>(),
  claims: Object.freeze({}),
  policies: new Set<string>(),
});

/** The reader whose token, which holds, makes these claims. */
export function readerOf(claims: Readonly<Record<string, unknown>>): Reader {
  return Object.freeze({
    isSignedIn: true,
    subject: typeof claims.sub === 'string' ? claims.sub : undefined,
    scopes: scopesIn(claims),
    claims: Object.freeze({ ...claims }),
    policies: anonymousReader.policies,
  });
}

/** Anything that is not wholly a reader is taken for nobody. */
export function asReader(value: unknown): Reader {
  return isReader(value) ? value : anonymousReader;
}

function isReader(value: unknown): value is Reader {
  if (typeof value !== 'object' || value === null) return false;
  const { isSignedIn, scopes, policies } = value as Partial<Record<keyof Reader, unknown>>;
  return typeof isSignedIn === 'boolean' && scopes instanceof Set && policies instanceof Set;
}

/** `scope` has spaces between (RFC 8693 section 4.2); some issuers have a list instead, `scp`. */
function scopesIn({ scope, scp }: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const given = scope ?? scp;
  if (typeof given === 'string') return new Set(given.split(' ').filter((one) => one !== ''));
  return new Set(Array.isArray(given) ? given.filter((one) => typeof one === 'string') : []);
}
