/** Makes an access token for a person or a script, as `npm run token` is asked for one. */
import { publicUrlOf, readSettings } from '../../gateway/settings.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { openTokens } from '../../subgraphs/trust/accessTokens.ts';
import type { Signing } from './order.ts';

export interface Signed {
  /** Shown this once, and kept nowhere. */
  token: string;
  /** What it is, to be read by people. */
  lines: string[];
}

/**
 * Needs the secret and the address of the newsroom whose token it is, and no database. Rejects with a StartError in production
 * without a secret.
 */
export async function sign(
  { subject, scopes, lifetimeSeconds }: Signing,
  env: NodeJS.ProcessEnv,
): Promise<Signed> {
  // Who checks it (`npm start`) knows itself by this address, which may come of the port.
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
