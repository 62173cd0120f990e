/** Readers of every kind, as they come to a door, and what each may read: written down by hand, from Ghost's rule. */
import { isDeepStrictEqual } from 'node:util';
import type { ArticleContent } from '../../subgraphs/articles/content.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { TokenClaims } from '../../subgraphs/trust/accessTokens.ts';
import type { Audience } from '../../subgraphs/trust/entitlement.ts';
import type { Story, StoryPart } from './corpus.ts';
import type { TestDoors } from './doors.ts';
import { audience as elsewhere, makeSigner } from './tokens.ts';

export interface TestReader {
  name: string;
  headers: Record<string, string>;
  /** The gates that let them through; null for whoever is answered with 401. */
  opens: readonly GateName[] | null;
  /** Whether they write stories: what is not published yet is no secret to them. */
  writes: boolean;
}

type GateName = 'members' | 'paid' | 'gold' | 'gold or silver' | 'no tier';

const [gold, silver, bronze] = ['gold', 'silver', 'bronze'].map((name) => idOf('tier', name)) as [
  string,
  string,
  string,
];

const gatesByName: Record<GateName, Pick<ArticleContent, 'visibility' | 'requiredTierIds'>> = {
  members: { visibility: 'MEMBERS', requiredTierIds: [] },
  paid: { visibility: 'PAID', requiredTierIds: [] },
  gold: { visibility: 'TIERS', requiredTierIds: [gold] },
  'gold or silver': { visibility: 'TIERS', requiredTierIds: [gold, silver] },
  'no tier': { visibility: 'TIERS', requiredTierIds: [] },
};

/** Audiences that parts of a story have, and whether a reader is of them by the gates that open to that reader. */
export const audiences: readonly {
  name: string;
  audience: Audience;
  isOf(opens: readonly GateName[]): boolean;
}[] = [
  { name: 'non-members', audience: { statuses: ['ANONYMOUS'] }, isOf: (opens) => opens.length === 0 },
  {
    name: 'free members',
    audience: { statuses: ['FREE'] },
    isOf: (opens) => opens.includes('members') && !opens.includes('paid'),
  },
  {
    name: 'paying members',
    audience: { statuses: ['PAID', 'COMPED', 'GIFT'] },
    isOf: (opens) => opens.includes('paid'),
  },
  {
    name: 'all members',
    audience: { statuses: ['FREE', 'PAID', 'COMPED', 'GIFT'] },
    isOf: (opens) => opens.includes('members'),
  },
  {
    name: 'all who pay nothing',
    audience: { statuses: ['ANONYMOUS', 'FREE'] },
    isOf: (opens) => !opens.includes('paid'),
  },
  { name: 'gold', audience: { statuses: [], tierIds: [gold] }, isOf: (opens) => opens.includes('gold') },
  { name: 'nobody', audience: { statuses: [] }, isOf: () => false },
];

/** Whether this reader gets a part of a story that has an audience of its own. */
export function mayReadPart(reader: TestReader, { story, audience, isGated }: StoryPart): boolean {
  if (reader.opens === null) return false;
  if (reader.writes) return true;
  const found = audiences.find((one) => isDeepStrictEqual(one.audience, audience));
  if (!found) throw new Error(`Expected an audience of this test, but got: ${JSON.stringify(audience)}.`);
  return found.isOf(reader.opens) && (!isGated || mayRead(reader, story));
}

/** What gated stories ask, one after the other. */
export const gates = Object.values(gatesByName);

/** Whether this reader gets the whole of a story. */
export function mayRead({ opens }: TestReader, { content: { visibility, requiredTierIds } }: Story): boolean {
  if (opens === null) return false;
  if ((visibility ?? 'PUBLIC') === 'PUBLIC') return true;
  const gate = Object.entries(gatesByName).find(
    ([, one]) => one.visibility === visibility && String(one.requiredTierIds) === String(requiredTierIds),
  );
  if (!gate) throw new Error(`Expected a gate of this test, but got: ${visibility} ${requiredTierIds}.`);
  return opens.includes(gate[0] as GateName);
}

/** One of each kind, anybody first. */
export async function openAudience(doors: TestDoors): Promise<TestReader[]> {
  const bearer = async (claims: Partial<TokenClaims> & Record<string, unknown>, seconds = 600) => {
    const { token } = await doors.tokens.sign(
      { sub: idOf('member', JSON.stringify(claims)), ...claims },
      seconds,
    );
    return { authorization: `Bearer ${token}` };
  };
  const reader = (
    name: string,
    headers: Record<string, string>,
    opens: readonly GateName[] | null,
    writes = false,
  ): TestReader => ({ name, headers, opens, writes });
  const all = Object.keys(gatesByName) as GateName[];
  const free = await bearer({ member_status: 'FREE' });
  const anonymousCaller = await makeSigner();
  const { issuer: iss, audience: aud } = doors.tokens;
  const forged = await anonymousCaller.sign({
    iss,
    aud,
    member_status: 'PAID',
    member_tiers: [gold],
    scope: 'articles:write',
  });
  const [head, , signature] = (free.authorization ?? '').split('.');
  const claims = { iss, aud, sub: 'x', exp: 9e9, member_status: 'COMPED' };
  const changed = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
  const told = JSON.stringify({
    reader: { member_status: 'COMPED', member_tiers: [gold], scope: 'articles:write' },
  });
  return [
    reader('anybody', {}, []),
    reader('a free member', free, ['members']),
    reader('a paying member', await bearer({ member_status: 'PAID' }), ['members', 'paid']),
    reader('a comped member', await bearer({ member_status: 'COMPED' }), ['members', 'paid']),
    reader('a member by a gift', await bearer({ member_status: 'GIFT', member_tiers: [] }), [
      'members',
      'paid',
    ]),
    reader('gold', await bearer({ member_status: 'PAID', member_tiers: [gold] }), [
      'members',
      'paid',
      'gold',
      'gold or silver',
    ]),
    reader('silver', await bearer({ member_status: 'PAID', member_tiers: [silver] }), [
      'members',
      'paid',
      'gold or silver',
    ]),
    reader('bronze and gold', await bearer({ member_status: 'COMPED', member_tiers: [bronze, gold] }), [
      'members',
      'paid',
      'gold',
      'gold or silver',
    ]),
    reader('bronze', await bearer({ member_status: 'PAID', member_tiers: [bronze] }), ['members', 'paid']),
    reader('a free member with a tier', await bearer({ member_status: 'FREE', member_tiers: [silver] }), [
      'members',
      'gold or silver',
    ]),
    reader('an editor', await bearer({ scope: 'articles:write' }), all, true),
    reader('a script with another scope', await bearer({ scope: 'membership:read articles:writer' }), []),
    reader(
      'somebody whose status nobody knows',
      await bearer({ member_status: 'paid', member_tiers: [gold] }),
      [],
    ),
    reader('somebody with a cookie', { cookie: `session=${free.authorization}; access=FULL` }, []),
    reader(
      'somebody who claims to be the gateway',
      {
        'gateway-credential': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(told).toString('base64url')}.`,
        identity: told,
        reader: told,
        accesslevel: 'FULL',
        'x-access-level': 'FULL',
        'x-member-status': 'COMPED',
        'x-reader': told,
        'x-scopes': 'articles:write',
        'x-own-number': '1',
      },
      [],
    ),
    reader('a partner', { 'x-partner-key': await doors.newKey('The Courier') }, []),
    reader(
      'a token that has expired',
      await bearer({ member_status: 'COMPED', scope: 'articles:write' }, -60),
      null,
    ),
    reader('a token that nobody signed', { authorization: `Bearer ${forged}` }, null),
    reader('a token that was changed', { authorization: `Bearer ${changed}` }, null),
    reader(
      'a token for somebody else',
      { authorization: `Bearer ${await anonymousCaller.sign({ aud: elsewhere, member_status: 'COMPED' })}` },
      null,
    ),
  ];
}
