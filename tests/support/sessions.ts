/** Sessions for tests of the pages: tokens that hold, and what a browser would send. */
import { openVerifier, type VerifyReader } from '../../gateway/auth/verifyToken.ts';
import { audience, issuer, makeSigner, seconds } from './tokens.ts';

export interface TestSessions {
  verify: VerifyReader;
  /** An access token that holds for ten minutes, but for what is changed in it. */
  access: (claims?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** One that has expired. */
  expired: () => Promise<string>;
}

export async function makeSessions(): Promise<TestSessions> {
  const { jwks, sign } = await makeSigner();
  const verify = openVerifier({
    issuers: [{ issuer, audience, jwks }],
    algorithms: ['EdDSA'],
    clockToleranceSeconds: 0,
    timeoutMs: 1000,
  });
  const access = (claims = {}) => sign({ member_status: 'PAID', ...claims });
  return { verify, access, expired: () => access({ exp: seconds(-60) }) };
}

/** The cookies of a session over https, as a browser sends them. */
export const cookieOf = (tokens: { access?: string; refresh?: string }, prefix = '__Host-') =>
  Object.entries(tokens)
    .map(([name, value]) => `${prefix}dateline-${name}=${value}`)
    .join('; ');

/** What browsers say of a form that was sent from a page of ours. */
export const ownForm = {
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
};
