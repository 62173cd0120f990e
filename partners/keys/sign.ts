/** Signs access tokens for `npm run token`. */
import { publicUrlOf, readSettings } from '../../gateway/settings.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { openTokens } from '../../subgraphs/trust/accessTokens.ts';
import type { Signing } from './order.ts';

export interface Signed {
  /** Printed once and not stored. */
  token: string;
  /** A description for people. */
  lines: string[];
}

/**
 * Signs a token. It needs the secret and the public URL of the newsroom, and no database. Rejects with a StartError in
 * production without a secret.
 */
export async function sign(
  { subject, scopes, lifetimeSeconds }: Signing,
  env: NodeJS.ProcessEnv,
): Promise<Signed> {
  // The audience: the same default as in `npm start`, which may contain the port.
  const publicUrl = publicUrlOf(readSettings(env));
  const tokens = await openTokens(readSubgraphSettings({ ...env, PUBLIC_URL: publicUrl }));
  const claims = { sub: subject, scope: scopes.join(' ') };
  const { token, id, expiresAt } = await tokens.sign(claims, lifetimeSeconds);
  return {
    token,
    lines: [
      `subject  ${subject}`,
      `scopes   ${scopes.join(' ')}`,
      `for      ${tokens.audience}`,
      `id       ${id}`,
      `until    ${expiresAt.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
      'The token is shown this once. Whoever has it may do this until then: nobody can take it back.',
    ],
  };
}
