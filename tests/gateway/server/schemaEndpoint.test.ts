/** The schema of clients at /schema.graphql: what is in it, who may read it, and how caches keep it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { makeGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { compose, tinySupergraph } from '../../support/tiny-graph.ts';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12",
  import: ["@key", "@inaccessible", "@tag", "@shareable", "@authenticated", "@cost", "@listSize"])`;

/** Two subgraphs, in either order, with all that clients must not see. */
function supergraphOf(isReversed = false): string {
  const services = [
    `${federation}
    type Query { b: [Item!]! @listSize(assumedSize: 3) a(z: Int @deprecated(reason: "Use y."), y: Int = 2): Item secret: Secret @inaccessible }
    "An item." type Item @key(fields: "id") { id: ID! @tag(name: "internal") name: String @shareable hidden: Int @inaccessible private: Int @authenticated }
    type Secret @inaccessible { id: ID! }
    enum Kind { B A C @inaccessible }
    scalar Day @specifiedBy(url: "https://days.example")`,
    `${federation}
    type Item @key(fields: "id") { id: ID! kind: Kind day: Day @cost(weight: 5) }
    enum Kind { B A }
    scalar Day`,
  ].map((sdl, index) => ({ name: `s${index}`, typeDefs: parse(sdl), url: `http://s${index}.test` }));
  return compose(isReversed ? services.reverse() : services);
}

const expected = `enum Kind {
  A
  B
}

type Query {
  a(y: Int = 2, z: Int @deprecated(reason: "Use y.")): Item
  b: [Item!]!
}
`;

let gateway: TestGateway;
afterEach(() => gateway.stop());

async function start(options: TestGatewayOptions = {}) {
  gateway = await makeGateway(options);
  return (headers: Record<string, string> = {}) => gateway.app.inject({ url: '/schema.graphql', headers });
}

const production = { NODE_ENV: 'production' };
/** Accounts by a header: one that may explore, and one that may not. */
const accounts: TestGatewayOptions['accounts'] = (app) => {
  app.addHook('onRequest', async (request) => {
    const name = request.headers['x-partner-key'];
    if (typeof name === 'string')
      request.account = { name, mayExplore: name === 'developer', spend: async () => {} };
  });
};

describe('the schema at /schema.graphql', () => {
  it('has what clients see, in an order of its own', async () => {
    for (const isReversed of [false, true]) {
      const get = await start({ supergraphSdl: supergraphOf(isReversed) });
      const { statusCode, headers, body } = await get();
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
      for (const part of expected.split('\n\n')) expect(body).toContain(part);
      expect(body).not.toMatch(
        /join__|link__|inaccessible|@tag|@key|authenticated|@cost|listSize|Secret|secret|hidden|\bC\b/,
      );
      expect(body).toContain('"""An item."""\ntype Item {');
      expect(body).toContain('scalar Day @specifiedBy(url: "https://days.example")');
      expect(Object.keys(buildSchema(body).getTypeMap())).toContain('Item');
      if (!isReversed) await gateway.stop();
    }
  });

  it('is sent once to each client, until the supergraph changes', async () => {
    const get = await start();
    const first = await get();
    expect(first.headers['cache-control']).toMatch(/^public, max-age=1,/);
    const again = await get({ 'if-none-match': String(first.headers.etag) });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', first.headers.etag]);
    await gateway.replaceSupergraph(tinySupergraph().replaceAll('mood', 'temper'));
    const changed = await get({ 'if-none-match': String(first.headers.etag) });
    expect([changed.statusCode, changed.body.includes('temper')]).toEqual([200, true]);
  });

  it('is for nobody without the key of a developer where introspection is off', async () => {
    const get = await start({ env: production, accounts });
    for (const headers of [{}, { 'x-partner-key': 'courier' }, { authorization: 'Bearer developer' }]) {
      const { statusCode, headers: sent, body } = await get(headers as Record<string, string>);
      expect([statusCode, JSON.parse(body).errors[0].extensions.code]).toEqual([403, 'SCHEMA_NOT_PUBLIC']);
      expect([sent['cache-control'], sent.etag]).toEqual(['no-store', undefined]);
    }
    const refused = await get({ 'if-none-match': '*' });
    expect(refused.statusCode).toBe(403);
    const allowed = await get({ 'x-partner-key': 'developer' });
    expect([allowed.statusCode, allowed.headers['cache-control']]).toEqual([200, 'private, no-cache']);
    expect(allowed.headers.vary).toContain('x-partner-key');
    const again = await get({ 'x-partner-key': 'developer', 'if-none-match': String(allowed.headers.etag) });
    expect(again.statusCode).toBe(304);
  });

  it('is for everyone in production where introspection is on', async () => {
    const get = await start({ env: { ...production, INTROSPECTION: 'true' } });
    expect((await get()).statusCode).toBe(200);
  });

  it('costs a point of the quota', async () => {
    const get = await start({ env: { PUBLIC_QUOTA: '2' } });
    const statuses = [await get(), await get(), await get()].map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 200, 429]);
  });
});
