import { createHash } from 'node:crypto';
import { ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import {
  anonymousReader,
  createGateway,
  type GatewayOptions,
  SubgraphFailure,
} from '../../gateway/library.ts';
import type { HookOptions } from '../../gateway/supergraphSource.ts';
import type { SubgraphCall } from '../../gateway/wire/subgraphCall.ts';
import { compose, tinyCalls, tinySupergraph } from '../support/tiny-graph.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Context extends BaseContext {
  reader?: string;
  signal?: AbortSignal;
}

/** An Apollo Server with a gateway of ours over the tiny graph. */
async function start(options: GatewayOptions<Context> = {}, calls: Record<string, SubgraphCall> = {}) {
  const tiny = tinyCalls();
  const inside: Record<string, SubgraphCall> = { ...tiny.calls, ...calls };
  const told: [object, string][] = [];
  const tell = (fields: object, message: string) => void told.push([fields, message]);
  const gateway = createGateway<Context>({
    ...(options.supergraphSdl === undefined && { supergraphSdl: tinySupergraph() }),
    ...(options.fetch === undefined && { callSubgraph: (name) => inside[name] }),
    log: { debug: tell, info: tell, warn: tell, error: tell },
    ...options,
  });
  const server = new ApolloServer<Context>({ gateway, stopOnTerminationSignals: false, logger: quiet });
  await server.start();
  ends.push(() => server.stop());
  async function ask(query: string, contextValue: Context = {}, more: object = {}) {
    const { body, http } = await server.executeOperation({ query, ...more }, { contextValue });
    if (body.kind !== 'single') throw new Error('Expected a single answer.');
    const { data, errors, extensions } = body.singleResult;
    return { data, errors, extensions, status: http.status };
  }
  return { server, ask, sent: tiny.sent, told };
}

const parsed = (types: string) =>
  parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) ${types}`);

const none = () => undefined;
const quiet = { debug: none, info: none, warn: none, error: none };

describe('createGateway', () => {
  it('answers through an Apollo Server, with objects as data', async () => {
    const { ask, sent } = await start();
    const { data, errors } = await ask('{ story(id: 1) { title byline { name } } }');
    expect([data, errors]).toEqual([
      { story: { title: 'Story 1', byline: { name: 'Writer w1' } } },
      undefined,
    ]);
    expect(sent.map(({ name }) => name)).toEqual(['stories', 'writers']);
  });

  it('answers questions about the schema', async () => {
    const { ask } = await start();
    const { data } = await ask('{ __type(name: "Writer") { fields { name } } }');
    expect(data).toEqual({ __type: { fields: [{ name: 'id' }, { name: 'name' }, { name: 'mood' }] } });
  });

  it('takes operations by their hash', async () => {
    const { ask, server } = await start();
    const query = '{ story(id: 2) { title } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await ask(query, {}, { extensions });
    const { body } = await server.executeOperation({ extensions });
    expect(body.kind === 'single' && body.singleResult.data).toEqual({ story: { title: 'Story 2' } });
  });

  it('refuses a subscription in a sentence', async () => {
    const typeDefs = parsed('type Query { a: Int } type Subscription { ticks: Int }');
    const sdl = compose([{ name: 'clock', typeDefs, url: 'http://clock.test' }]);
    const { ask } = await start({ supergraphSdl: sdl });
    const { errors, status } = await ask('subscription { ticks }');
    expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'SUBSCRIPTIONS_NOT_SUPPORTED']);
  });
});

describe('errors of subgraphs', () => {
  const query = '{ story(id: 1) { title broken } }';

  it('are shown with the name of the subgraph and a code', async () => {
    const { ask } = await start();
    const { data, errors } = await ask(query);
    expect(data).toEqual({ story: { title: 'Story 1', broken: null } });
    expect(errors).toEqual([
      {
        message: 'connect ECONNREFUSED db.internal:5432 at SELECT secret FROM stories',
        path: ['story', 'broken'],
        extensions: expect.objectContaining({ code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'stories' }),
      },
    ]);
  });

  it('keep the extensions that the subgraph gave, but for what it says about the HTTP answer', async () => {
    const { ask } = await start();
    const { errors, status } = await ask('{ stories(first: 101) { id } }');
    expect(status ?? 200).toBe(200);
    const { stacktrace: _stacktrace, ...extensions } = errors?.[0]?.extensions ?? {};
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', table: 'stories', serviceName: 'stories' });
  });

  it('are told of a call of one’s own that gives no answer, its siblings untouched', async () => {
    const odd: unknown[] = [
      undefined,
      null,
      'text',
      {},
      { data: 'text' },
      { errors: 'text' },
      { errors: [1] },
    ];
    for (const answer of odd) {
      const { ask } = await start({}, { writers: (async () => answer) as SubgraphCall });
      const { data, errors } = await ask('{ story(id: 1) { title byline { name } } }');
      expect(data).toEqual({ story: { title: 'Story 1', byline: { name: null } } });
      expect(errors).toMatchObject([
        {
          message: 'Expected subgraph "writers" to answer, but got: malformed.',
          path: ['story', 'byline', 'name'],
        },
      ]);
    }
  });

  it('tell why there is no answer at all', async () => {
    const down = async () => Promise.reject(new SubgraphFailure('unreachable', 'Expected it to be up.'));
    const { ask } = await start({}, { writers: down });
    const { data, errors } = await ask('{ story(id: 1) { title byline { name } } }');
    expect(data).toEqual({ story: { title: 'Story 1', byline: { name: null } } });
    expect(errors).toMatchObject([
      {
        message: 'Expected subgraph "writers" to answer, but got: unreachable.',
        extensions: { serviceName: 'writers' },
      },
    ]);
  });

  it('are masked where that is asked for, and told to the log under the same number', async () => {
    const { ask, told } = await start({ masksErrors: true });
    const { errors } = await ask(query);
    expect(JSON.stringify(errors)).not.toContain('secret');
    const { code, id } = errors?.[0]?.extensions ?? {};
    expect(code).toBe('SUBGRAPH_FAILED');
    expect(told).toEqual([[expect.objectContaining({ id, subgraph: 'stories' }), expect.any(String)]]);
  });
});

describe('what goes to subgraphs', () => {
  it('has the headers that were made of the context, in lower case, and none of the connection', async () => {
    const { ask, sent } = await start({
      headers: ({ subgraph, context }) => ({
        'X-Reader': `${context.reader} of ${subgraph}`,
        'x-none': undefined,
        host: 'elsewhere',
      }),
    });
    await ask('{ story(id: 1) { byline { name } } }', { reader: 'anna' });
    expect(sent.map(({ headers }) => headers)).toEqual([
      { 'x-reader': 'anna of stories' },
      { 'x-reader': 'anna of writers' },
    ]);
  });

  it('is shared by nobody whose headers differ', async () => {
    const { ask, sent } = await start({ headers: ({ context }) => ({ 'x-reader': context.reader }) });
    const query = '{ story(id: 1) { title } }';
    await Promise.all([ask(query, { reader: 'anna' }), ask(query, { reader: 'ben' })]);
    expect(sent.map(({ headers }) => headers['x-reader']).sort()).toEqual(['anna', 'ben']);
  });

  it('ends when the caller has gone', async () => {
    const caller = new AbortController();
    const { ask } = await start(
      { signal: ({ signal }) => signal },
      {
        stories: () => {
          caller.abort();
          return new Promise(() => undefined);
        },
      },
    );
    const { data } = await ask('{ story(id: 1) { title } }', { signal: caller.signal });
    expect(data).toEqual({ story: null });
  });

  it('goes by the fetch that was given', async () => {
    const asked: [string, unknown, Record<string, string>][] = [];
    const { ask } = await start({
      headers: () => ({ authorization: 'Bearer 1' }),
      fetch: async (url, { body, headers }) => {
        asked.push([url, JSON.parse(body), headers]);
        return Response.json({ data: { story: { title: 'Fetched' } } });
      },
    });
    expect((await ask('{ story(id: 1) { title } }')).data).toEqual({ story: { title: 'Fetched' } });
    expect(asked).toEqual([
      [
        'http://stories.test/graphql',
        expect.objectContaining({ query: expect.stringContaining('story') }),
        expect.objectContaining({ authorization: 'Bearer 1', 'content-type': 'application/json' }),
      ],
    ]);
  });

  it('is no more than was allowed, by the fetch that was given', async () => {
    const { ask } = await start({
      maxAnswerBytes: 2000,
      fetch: async () => Response.json({ data: { story: { title: 'x'.repeat(3000) } } }),
    });
    const { data, errors } = await ask('{ story(id: 1) { title } }');
    expect([data, errors?.[0]?.message]).toEqual([
      { story: null },
      'Expected subgraph "stories" to answer, but got: too large.',
    ]);
  });

  it('tells the log alone what the fetch that was given failed with', async () => {
    const { ask, told } = await start({ fetch: async () => Promise.reject(new Error('no signature')) });
    const { errors } = await ask('{ story(id: 1) { title } }');
    expect(errors?.[0]?.message).toBe('Expected subgraph "stories" to answer, but got: unreachable.');
    const reason = 'Expected http://stories.test to answer, but got: no signature';
    expect(told).toEqual([[expect.objectContaining({ reason }), 'subgraph request failed']]);
  });
});

describe('query plans', () => {
  const headers = new HeaderMap([['apollo-query-plan-experimental', '1']]);
  const http = { headers, method: 'POST', search: '', body: undefined };

  it('are told to whoever asks, where that is allowed', async () => {
    const { ask } = await start({ showsPlans: true });
    const { extensions } = await ask('{ story(id: 1) { title } }', {}, { http });
    expect(extensions).toEqual({
      __queryPlanExperimental: expect.stringContaining('Fetch(service: "stories")'),
    });
  });

  it('are told to nobody unless that is said', async () => {
    const { ask } = await start();
    const { data, extensions } = await ask('{ story(id: 1) { title } }', {}, { http });
    expect([data, extensions]).toEqual([{ story: { title: 'Story 1' } }, undefined]);
  });
});

describe('supergraphs that come later', () => {
  const other = compose([
    { name: 'stories', typeDefs: parsed('type Query { hello: String }'), url: 'http://stories.test' },
  ]);
  const hello: SubgraphCall = async () => ({ data: { hello: 'there' } });

  /** Somebody who brings supergraphs, in the hand of the test. */
  function bringer() {
    let hook: HookOptions | undefined;
    let cleanups = 0;
    const bring = async (options: HookOptions) => {
      hook = options;
      return { supergraphSdl: tinySupergraph(), cleanup: async () => void cleanups++ };
    };
    const given = () => hook as HookOptions;
    return { bring, given, cleanups: () => cleanups };
  }

  it('take over whole, for the schema of the server too', async () => {
    const { bring, given } = bringer();
    const { ask, told } = await start({ supergraphSdl: bring }, { stories: hello });
    expect((await ask('{ hello }')).errors?.[0]?.message).toMatch(/Cannot query field "hello"/);
    given().update(other);
    while (told.length === 0) await new Promise(setImmediate);
    expect(told).toEqual([[{}, 'supergraph updated']]);
    expect((await ask('{ hello }')).data).toEqual({ hello: 'there' });
  });

  it('are told to the log when they cannot be run, and the one before stays', async () => {
    const { bring, given } = bringer();
    const { ask, told } = await start({ supergraphSdl: { initialize: bring } });
    given().update('type Query { broken');
    while (told.length === 0) await new Promise(setImmediate);
    expect(told).toEqual([
      [
        { reason: expect.stringMatching(/^Expected a supergraph that this gateway can run/) },
        expect.any(String),
      ],
    ]);
    expect((await ask('{ story(id: 1) { title } }')).data).toEqual({ story: { title: 'Story 1' } });
  });

  it('may be composed of what the subgraphs answer', async () => {
    const { bring, given } = bringer();
    await start({ supergraphSdl: bring });
    const source = given().getDataSource({ name: 'stories', url: 'http://stories.test' });
    const { data } = await source.process({ request: { query: '{ _service { sdl } }' } });
    expect(data).toEqual({ _service: { sdl: expect.stringContaining('type Story') } });
  });

  it('end when the server stops', async () => {
    const { bring, cleanups } = bringer();
    const { server } = await start({ supergraphSdl: bring });
    await server.stop();
    ends.length = 0;
    expect(cleanups()).toBe(1);
  });
});

describe('a gateway that cannot start', () => {
  const startup = (options: GatewayOptions) => createGateway(options).load({ apollo: {} });

  it('says that it got no supergraph, or two', async () => {
    await expect(startup({})).rejects.toThrow(
      'Expected either "supergraphSdl" or "supergraph", but got: neither.',
    );
    await expect(startup({ supergraphSdl: tinySupergraph(), supergraph: 'x.graphql' })).rejects.toThrow(
      'Expected either "supergraphSdl" or "supergraph", but got: both.',
    );
  });

  it('says what is wrong with the supergraph', async () => {
    await expect(startup({ supergraphSdl: 'type Query { a: Int }' })).rejects.toThrow(
      /^Expected a supergraph that this gateway can run, but got: /,
    );
    await expect(startup({ supergraph: 'no/such.graphql' })).rejects.toThrow(
      'Expected the supergraph no/such.graphql to be a readable file, but got: no such file.',
    );
  });

  describe('on a supergraph that says who may see what', () => {
    const typeDefs = parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@policy"])
      type Query { open: Int closed: Int @authenticated desk: Int @policy(policies: [["boss"]]) }`);
    const supergraphSdl = compose([{ name: 'one', typeDefs, url: 'http://one.test' }]);
    const sent: string[] = [];
    const callSubgraph = () => async (request: { query: string }) => {
      sent.push(request.query);
      return { data: { open: 1, closed: 2, desk: 3 } };
    };

    it('refuses it unless it is told who reads', async () => {
      await expect(start({ supergraphSdl, callSubgraph })).rejects.toThrow(
        'Expected a supergraph that this gateway can run, but got: @authenticated at Query.closed, which it does not enforce.',
      );
    });

    it('shows each reader what they may see', async () => {
      const { ask } = await start({
        supergraphSdl,
        callSubgraph,
        reader: async ({ reader }) =>
          reader === undefined
            ? anonymousReader
            : { ...anonymousReader, isSignedIn: true, subject: reader, claims: { sub: reader } },
        policies: async ({ subject }, names) => (subject === 'chief' ? names : []),
      });
      const denied = (name: string) => ({
        message: 'Unauthorized field or type.',
        path: [name],
        extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
      });
      const query = '{ open closed desk }';
      const nobody = await ask(query);
      expect(nobody.data).toEqual({ open: 1, closed: null, desk: null });
      expect(nobody.errors).toMatchObject([denied('closed'), denied('desk')]);
      const member = await ask(query, { reader: 'member' });
      expect(member.data).toEqual({ open: 1, closed: 2, desk: null });
      expect((await ask(query, { reader: 'chief' })).data).toEqual({ open: 1, closed: 2, desk: 3 });
      expect(sent).toEqual(['{open}', '{open closed}', '{open closed desk}']);
    });
  });
});

describe('an operation', () => {
  it('has to be chosen where there are several, and to be one of them', async () => {
    const { ask, sent } = await start();
    const query = 'query A { story(id: 1) { title } } query B { always }';
    for (const operationName of [undefined, 'C']) {
      const { errors, status, data } = await ask(
        query,
        {},
        operationName === undefined ? {} : { operationName },
      );
      expect([status, data]).toEqual([400, undefined]);
      expect(errors?.[0]?.extensions?.code).toBe('OPERATION_RESOLUTION_FAILURE');
    }
    expect(sent).toEqual([]);
    expect((await ask(query, {}, { operationName: 'A' })).data).toEqual({ story: { title: 'Story 1' } });
  });

  it('may not name by a number what the number may have been rounded from', async () => {
    const { ask, sent } = await start();
    const query = 'query ($id: ID!) { story(id: $id) { title } }';
    // As JSON.parse has 9007199254740993.
    const { errors, status } = await ask(query, {}, { variables: { id: 9007199254740992 } });
    expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(sent).toEqual([]);
    expect((await ask(query, {}, { variables: { id: 1 } })).data).toEqual({ story: { title: 'Story 1' } });
    await ask(query, {}, { variables: { id: 9007199254740993n } });
    expect(sent.at(-1)?.variables).toEqual({
      [Object.keys(sent.at(-1)?.variables ?? {})[0] ?? '']: '9007199254740993',
    });
  });
});

describe('numbers beyond 2^53', () => {
  it('are whole in IDs, and an error where JavaScript would round them', async () => {
    const supergraphSdl = compose([
      {
        name: 'a',
        url: 'http://a.test',
        typeDefs: parsed('scalar Long type Query { id: ID big: Long any: Long float: Float fine: Long }'),
      },
    ]);
    const text =
      '{"data":{"id":9007199254740993,"big":9223372036854775807,"any":{"a":[9007199254740993]},"float":9007199254740993,"fine":{"a":0.12345678901234567890}}}';
    const { ask } = await start({
      supergraphSdl,
      fetch: async () => new Response(text, { headers: { 'content-type': 'application/json' } }),
    });
    const { data, errors } = await ask('{ id big any float fine }');
    expect(data).toEqual({
      id: '9007199254740993',
      big: null,
      any: null,
      float: 9007199254740992,
      fine: { a: 0.12345678901234568 },
    });
    expect(errors?.map(({ path }) => path)).toEqual([['big'], ['any']]);
  });
});

describe('what a subgraph says beside an error', () => {
  it('is told with long numbers as text, and not at all where it is nested too deep to be written', async () => {
    const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`;
    const answer = (extensions: string) =>
      `{"data":{"always":null},"errors":[{"message":"no","path":["always"],"extensions":${extensions}}]}`;
    let text = '';
    const headers = { 'content-type': 'application/json' };
    const { ask } = await start({ fetch: async () => new Response(text, { headers }) });
    text = answer('{"code":"X","row":9007199254740993,"at":[0.12345678901234567890]}');
    const { errors } = await ask('{ always }');
    expect(JSON.parse(JSON.stringify(errors?.[0]?.extensions))).toEqual({
      code: 'X',
      row: '9007199254740993',
      at: [0.12345678901234568],
      serviceName: 'stories',
    });
    text = answer(`{"code":"X","deep":${deep}}`);
    const { errors: bare, status } = await ask('{ always }');
    expect([status ?? 200, bare?.[0]?.path]).toEqual([200, ['always']]);
    expect(bare?.[0]?.extensions).toEqual({ code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'stories' });
  });
});

describe('how long an answer may be kept', () => {
  /** What Apollo Server knows of it when the answer is sent, subgraphs having said so. */
  async function policyOf(
    headers: Record<string, string | undefined>,
    options: GatewayOptions<Context> = {},
    query = '{ story(id: 1) { byline { name } } }',
  ) {
    const answers: Record<string, object> = {
      stories: { story: { __typename: 'Story', byline: { __typename: 'Writer', id: 'w1' } } },
      writers: { _entities: [{ name: 'x' }] },
    };
    const fetch: GatewayOptions['fetch'] = async (url) => {
      const name = new URL(url).hostname.replace('.test', '');
      const header = headers[name];
      const init = header === undefined ? {} : { headers: { 'cache-control': header } };
      return Response.json({ data: answers[name] }, init);
    };
    const gateway = createGateway<Context>({
      supergraphSdl: tinySupergraph(),
      log: quiet,
      ...(options.supergraphSdl === undefined && { fetch }),
      ...options,
    });
    let seen: unknown;
    const server = new ApolloServer<Context>({
      gateway,
      logger: quiet,
      stopOnTerminationSignals: false,
      plugins: [
        {
          requestDidStart: async () => ({
            willSendResponse: async ({ overallCachePolicy }) => {
              seen = overallCachePolicy.policyIfCacheable();
            },
          }),
        },
      ],
    });
    await server.start();
    ends.push(() => server.stop());
    const request = {
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: { query },
      },
      context: async () => ({}),
    };
    const { headers: sent } = await server.executeHTTPGraphQLRequest(request);
    return [seen, sent.get('cache-control')];
  }

  it.each([
    ['max-age=60, public', 'max-age=30', { maxAge: 30, scope: 'PUBLIC' }, 'max-age=30, public'],
    ['Max-Age="60"', 'max-age=90, private', { maxAge: 60, scope: 'PRIVATE' }, 'max-age=60, private'],
    ['max-age=60', undefined, null, 'no-store'],
    ['max-age=60', 'no-store, max-age=60', null, 'no-store'],
    ['max-age=60', 'max-age=-1', null, 'no-store'],
    ['public', 'max-age=60', null, 'no-store'],
  ])('is as long as all of %j and %j allow', async (stories, writers, policy, header) => {
    expect(await policyOf({ stories, writers })).toEqual([policy, header]);
  });

  it('is what the subgraphs say that were asked, over connections of our own too', async () => {
    const { createServer } = await import('node:http');
    const subgraph = createServer((_, response) => {
      response.setHeader('cache-control', ['max-age=20', 'private']);
      response.setHeader('content-type', 'application/json');
      response.end('{"data":{"always":"x"}}');
    });
    await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
    ends.push(async () => {
      subgraph.closeAllConnections();
      subgraph.close();
    });
    const { port } = subgraph.address() as { port: number };
    const options = {
      supergraphSdl: tinySupergraph({ stories: `http://127.0.0.1:${port}` }),
    };
    const policy = { maxAge: 20, scope: 'PRIVATE' };
    expect(await policyOf({}, options, '{ always }')).toEqual([policy, 'max-age=20, private']);
  });

  it('is nothing that a call of your own did not say', async () => {
    const answer = { data: { always: 'x' } };
    expect(await policyOf({}, { callSubgraph: () => async () => ({ ...answer }) }, '{ always }')).toEqual([
      null,
      'no-store',
    ]);
    const call = async () => ({ ...answer, cacheControl: 'max-age=5' });
    expect(await policyOf({}, { callSubgraph: () => call }, '{ always }')).toEqual([
      { maxAge: 5, scope: 'PUBLIC' },
      'max-age=5, public',
    ]);
  });

  it('is not looked at where that is switched off, nor of an answer with errors', async () => {
    const long = { stories: 'max-age=60', writers: 'max-age=60' };
    expect(await policyOf(long, { honorSubgraphCacheControlHeader: false })).toEqual([null, 'no-store']);
    expect(await policyOf(long, {}, '{ story(id: 1) { title } }')).toEqual([expect.anything(), 'no-store']);
  });
});

describe('headers that code has made', () => {
  it('may be numbers, and are written as text', async () => {
    const asked: Record<string, string>[] = [];
    const { ask } = await start({
      headers: () => ({ 'X-Tenant': 7, 'x-none': undefined }),
      fetch: async (_, { headers }) => {
        asked.push(headers);
        return Response.json({ data: { always: 'x' } });
      },
    });
    expect((await ask('{ always }')).data).toEqual({ always: 'x' });
    expect(asked).toEqual([expect.objectContaining({ 'x-tenant': '7' })]);
    expect(asked[0]).not.toHaveProperty('x-none');
  });
});
