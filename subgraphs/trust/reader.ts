/** Who is asking, as a subgraph knows them: by what the gateway tells of their token, and by nothing else. */

export interface Reader {
  status: 'ANONYMOUS' | 'FREE' | 'PAID' | 'COMPED' | 'GIFT';
  tierIds: readonly string[];
  /** The id that Membership gives them; null for whoever is no member of ours. */
  memberId: string | null;
  /** What they may do beside reading: "articles:write". */
  scopes: ReadonlySet<string>;
  /** Who is written down where they change something: the subject of their token. */
  name: string;
  /** Where they come from, where something is to be changed; null where nobody says. */
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
 * The reader that the gateway tells of: `reader` has the claims of a token that it checked, `client` an address. Membership writes
 * `member_status` and `member_tiers` into its tokens, and an issuer that knows our members may do so too; `scope` is that of
 * RFC 8693 section 4.2. A claim of another shape counts for nothing.
 */
export function readerIn(asker: unknown): Reader {
  const { reader, client } = recordOf(asker);
  const claims = recordOf(reader);
  const status = statuses.find((known) => known === claims.member_status) ?? 'ANONYMOUS';
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
