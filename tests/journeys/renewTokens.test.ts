/** The link of the examples that renews access tokens, in Apollo Client against a newsroom. */
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renewTokens, type Tokens } from '../../examples/react/renewTokens.ts';
import { possibleTypes, typePolicies } from '../../schema/cachePolicies.ts';
import { AccountDocument, MembershipPageDocument, RefreshSessionDocument } from '../../schema/documents.ts';
import { type Mailbox, openMailbox } from '../support/mailbox.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const email = 'reader@home.example';

let newsroom: TestNewsroom;
let mails: Mailbox;
beforeAll(async () => {
  newsroom = await startTestNewsroom();
  mails = await openMailbox(newsroom.dataDir);
}, 180_000);
afterAll(async () => {
  mails?.close();
  await newsroom?.stop();
});

async function signIn(): Promise<Tokens> {
  await newsroom.ask(
    'mutation ($email: String!) { requestSignInLink(email: $email) { userErrors { message } } }',
    {
      email,
    },
  );
  const token = new URL(await mails.nextLink()).searchParams.get('token');
  const mutation =
    'mutation ($token: String!) { signIn(token: $token) { session { accessToken refreshToken } } }';
  return (await newsroom.ask(mutation, { token })).data.signIn.session;
}

/** A client of a reader with these tokens, the statuses that came, and how often it renewed them. */
function open(first: Tokens) {
  const came = { statuses: [] as number[], renewals: 0, tokens: first as Tokens | undefined };
  const http = new HttpLink({
    uri: `${newsroom.address}/graphql`,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      came.statuses.push(response.status);
      return response;
    },
  });
  const plain = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: `${newsroom.address}/graphql` }),
  });
  const link = renewTokens(
    {
      get: () => came.tokens,
      set(tokens) {
        came.tokens = tokens;
      },
    },
    async (refreshToken) => {
      came.renewals++;
      const { data } = await plain.mutate({ mutation: RefreshSessionDocument, variables: { refreshToken } });
      const session = data?.refreshSession?.session;
      if (!session) throw new Error('Expected new tokens, but got: none.');
      return session;
    },
  );
  const client = new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: link.concat(http),
  });
  return { client, came };
}

describe('an access token that is not valid', () => {
  it('is renewed once for two queries at the same time, and both have their data', async () => {
    const tokens = await signIn();
    const { client, came } = open({ ...tokens, accessToken: 'x.y.z' });
    const [account, page] = await Promise.all([
      client.query({ query: AccountDocument }),
      client.query({ query: MembershipPageDocument }),
    ]);
    expect(account.data?.me?.email).toBe(email);
    expect(page.data?.membership?.tiers.length).toBeGreaterThan(0);
    expect(came.renewals).toBe(1);
    expect([...came.statuses].sort()).toEqual([200, 200, 401, 401]);
    expect(came.tokens?.refreshToken).not.toBe(tokens.refreshToken);
  });

  it('is forgotten when it cannot be renewed, and the query has the data that anybody gets', async () => {
    const { client, came } = open({ accessToken: 'x.y.z', refreshToken: 'none' });
    const { data } = await client.query({ query: AccountDocument });
    expect(data?.me).toBeNull();
    expect(data?.sections?.length).toBeGreaterThan(0);
    expect([came.renewals, came.tokens]).toEqual([1, undefined]);
  });
});
