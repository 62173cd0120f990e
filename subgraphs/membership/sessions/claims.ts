/** The claims of a member's token, and the address in the token of another issuer. */
import type { MemberRow } from '../rows.ts';

/** `member_as_of` identifies the membership status of the token: it increases with each change. */
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
 * The address that the token's issuer has verified: `email` if `email_verified` is true (OpenID Connect Core 5.1). If a
 * token has neither claim, its subject if that is an address, as in Ghost's tokens. Otherwise undefined.
 */
export function verifiedAddressIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  const { email, email_verified, sub } = claims;
  if (email !== undefined || email_verified !== undefined)
    return email_verified === true && isAddress(email) ? email : undefined;
  return isAddress(sub) ? sub : undefined;
}

/** The claims without addresses. A subject that is an address is replaced by a stable pseudonym. */
export function withoutAddress(
  claims: Readonly<Record<string, unknown>>,
  nameOf: (address: string) => string,
): Record<string, unknown> {
  const { sub, ...others } = claims;
  const rest = Object.entries(others).filter(([name, value]) => name !== 'email' && !isAddress(value));
  const name = isAddress(sub) ? nameOf(sub) : sub;
  return { ...Object.fromEntries(rest), ...(name !== undefined && { sub: name }) };
}
