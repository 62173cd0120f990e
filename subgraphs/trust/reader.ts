/** The reader of a request, derived only from the token claims that the gateway forwards. */

export interface Reader {
  status: 'ANONYMOUS' | 'FREE' | 'PAID' | 'COMPED' | 'GIFT';
  tierIds: readonly string[];
  /** The id in Membership; null for readers who are not members. */
  memberId: string | null;
  /** Permissions beyond reading: "articles:write". */
  scopes: ReadonlySet<string>;
  /** The name recorded with changes: the subject of the token. */
  name: string;
  /** The client's address, forwarded with mutations; null if not given. */
  client: string | null;
}

export const anonymous: Reader = Object.freeze({
  status: 'ANONYMOUS',
  tierIds: Object.freeze([]),
  memberId: null,
  scopes: new Set<string>(),
  name: 'nobody',
  client: null,
});

const statuses = ['FREE', 'PAID', 'COMPED', 'GIFT'] as const;
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The reader that the gateway forwards: `reader` holds the claims of a verified token, `client` an address. Membership
 * writes `member_status` and `member_tiers` into its tokens, and another issuer may do so too; `scope` is that of RFC
 * 8693 section 4.2. Claims of another type are ignored.
 */
export function readerIn(identity: unknown): Reader {
  const { reader, client } = recordOf(identity);
  const claims = recordOf(reader);
  const status = statuses.find((candidate) => candidate === claims.member_status) ?? 'ANONYMOUS';
  const subject = typeof claims.sub === 'string' ? claims.sub : undefined;
  return {
    status,
    tierIds: status === 'ANONYMOUS' ? [] : textsIn(claims.member_tiers),
    memberId: status !== 'ANONYMOUS' && subject !== undefined && idPattern.test(subject) ? subject : null,
    scopes: new Set(typeof claims.scope === 'string' ? claims.scope.split(' ').filter(Boolean) : []),
    name: subject?.slice(0, 200) ?? anonymous.name,
    client: typeof client === 'string' ? client : null,
  };
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
