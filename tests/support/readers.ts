/** Readers for tests: the headers by which the gateway knows them, with access tokens of our own. */
import type { Tokens } from '../../subgraphs/trust/accessTokens.ts';

export interface TestReader {
  /** The subject of the token: "editor" unless said. */
  name?: string;
  /** What they may do: "articles:write". */
  scopes?: readonly string[];
  status?: 'FREE' | 'PAID' | 'COMPED' | 'GIFT';
  tierIds?: readonly string[];
}

/** The headers of a reader, for ten minutes. */
export async function headersOf(
  tokens: Pick<Tokens, 'sign'>,
  { name = 'editor', scopes = [], status, tierIds }: TestReader = {},
): Promise<{ authorization: string }> {
  const claims = {
    sub: name,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(status && { member_status: status }),
    ...(tierIds && { member_tiers: tierIds }),
  };
  const { token } = await tokens.sign(claims, 600);
  return { authorization: `Bearer ${token}` };
}

/** Who edits: all scopes that there are for it. */
export const editor: TestReader = {
  name: 'editor',
  scopes: ['articles:write', 'articles:publish', 'authors:write', 'authors:read', 'media:write'],
};
