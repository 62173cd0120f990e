/** What a token says of a member, and whose address a token of another issuer tells. */
import type { MemberRow } from '../rows.ts';

/** `member_as_of` names the standing that the others tell of: it grows with each change. */
export const claimsOf = ({
  id,
  status,
  tierIds,
  standingChangedAt,
}: Pick<MemberRow, 'id' | 'status' | 'tierIds' | 'standingChangedAt'>) => ({
  sub: id,
  member_status: status,
  member_tiers: tierIds,
  member_as_of: standingChangedAt?.getTime() ?? 0,
});

const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(value);

/**
 * The address that a token's issuer vouches for: `email` where `email_verified` says so (OpenID Connect Core 5.1), or, where
 * a token speaks of neither, a subject that is an address, as Ghost's are. Undefined for any other.
 */
export function addressIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  const { email, email_verified, sub } = claims;
  if (email !== undefined || email_verified !== undefined)
    return email_verified === true && isAddress(email) ? email : undefined;
  return isAddress(sub) ? sub : undefined;
}

/** The claims without addresses. A subject that is one becomes a name that says nothing of it, and is the same each time. */
export function withoutAddress(
  claims: Readonly<Record<string, unknown>>,
  nameOf: (address: string) => string,
): Record<string, unknown> {
  const { sub, ...others } = claims;
  const rest = Object.entries(others).filter(([name, value]) => name !== 'email' && !isAddress(value));
  const name = isAddress(sub) ? nameOf(sub) : sub;
  return { ...Object.fromEntries(rest), ...(name !== undefined && { sub: name }) };
}
