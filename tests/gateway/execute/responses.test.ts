import { afterEach, describe, expect, it } from '@jest/globals';
import { SubgraphFailure } from '../../../gateway/wire/subgraphCall.ts';
import { makeGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { tinyCalls } from '../../support/tiny-graph.ts';

let gateway: TestGateway;
const start = async (options?: TestGatewayOptions) => {
  gateway = await makeGateway(options);
  return gateway;
};
afterEach(() => gateway.stop());

describe('answers of the gateway', () => {
  it('joins two subgraphs in one answer', async () => {
    const { calls, sent } = tinyCalls();
    const { ask } = await start({ calls });
    const { status, body } = await ask('query Page($id: ID!) { story(id: $id) { title byline { name } } }', {
      id: '1',
    });
    expect(status).toBe(200);
    expect(body).toEqual({ data: { story: { title: 'Story 1', byline: { name: 'Writer w1' } } } });
    expect(sent.map(({ name }) => name)).toEqual(['stories', 'writers']);
  });

  it('hands each call the parsed document and the number of the request', async () => {
    const { calls, sent } = tinyCalls();
    const { app } = await start({ calls });
    await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'x-request-id': 'abc-1', authorization: 'Bearer secret' },
      payload: { query: '{ story(id: 1) { title } }' },
    });
    expect(sent[0]?.document?.kind).toBe('Document');
    expect(sent[0]?.headers).toEqual({ 'x-request-id': 'abc-1' });
  });

  it('refuses null for what a field is skipped or included by, whoever would be asked', async () => {
    const { ask } = await start();
    const query = (directive: string) =>
      `query ($x: Boolean = true) { story(id: 1) { title byline { name @${directive}(if: $x) } } }`;
    for (const directive of ['skip', 'include']) {
      const { status, body } = await ask(query(directive), { x: null });
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([
        {
          message: 'Variable "$x" of non-null type "Boolean!" must not be null.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
    expect((await ask(query('include'))).body.data.story.byline).toEqual({ name: 'Writer w1' });
  });

  it('passes what a subgraph says about the caller’s own fault, and nothing more', async () => {
    const { ask } = await start();
    const { status, body } = await ask('{ stories(first: 101) { title } }');
    expect(status).toBe(200);
    expect(body.errors).toEqual([
      {
        message: 'Expected "first" to be at most 100, but got: 101.',
        path: ['stories'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it.each([
    ['a variable', 'query ($since: Day) { stories(since: $since) { id } }', { since: 'never' }],
    ['an argument', '{ stories(since: "never") { id } }', undefined],
  ])('passes what a scalar of a subgraph says of %s that it refuses', async (_name, query, variables) => {
    const { ask } = await start();
    const { body } = await ask(query, variables);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('"never"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('passes what a subgraph says of null for an argument that may be left out only', async () => {
    const { ask } = await start();
    const { body } = await ask('query ($text: String = "a") { search(text: $text) { id } }', { text: null });
    expect(body.errors).toEqual([
      {
        message: 'Argument "text" of non-null type "String!" must not be null.',
        path: ['search'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it.each(['representations', '_r0'])(
    'masks what a subgraph says of $%s, which no caller sent',
    async (name) => {
      const message = `Variable "$${name}" got invalid value { secret: 1 }.`;
      const writers = async () => ({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
      const { ask } = await start({ calls: { writers } });
      const { body } = await ask('{ story(id: 1) { byline { name } } }');
      expect(body.errors[0]).toMatchObject({
        path: ['story', 'byline', 'name'],
        extensions: { code: 'SUBGRAPH_FAILED' },
      });
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  it('masks any other error of a subgraph, keeping its path and its siblings, and logs the original', async () => {
    const { ask, logged } = await start();
    const { body } = await ask('{ story(id: 1) { title broken } }');
    expect(body.data).toEqual({ story: { title: 'Story 1', broken: null } });
    expect(body.errors).toHaveLength(1);
    const { message, path, extensions } = body.errors[0];
    expect(path).toEqual(['story', 'broken']);
    expect(extensions).toEqual({ code: 'SUBGRAPH_FAILED', id: expect.any(String) });
    expect(message).toContain(extensions.id);
    expect(JSON.stringify(body)).not.toMatch(/ECONNREFUSED|db\.internal|SELECT|stack|serviceName|stories/);
    const line = logged.find((text) => text.includes(extensions.id));
    expect(line).toContain('db.internal');
    expect(line).toContain('"requestId"');
  });

  it('puts the error of one entity at its place in the list', async () => {
    const { ask } = await start();
    const { body } = await ask('{ stories(first: 3) { byline { id mood } } }');
    expect(body.data.stories.map((story: { byline: { mood: string } }) => story.byline.mood)).toEqual([
      'calm',
      null,
      'calm',
    ]);
    expect(body.errors[0].path).toEqual(['stories', 1, 'byline', 'mood']);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('passes the words of a subgraph that gives no entities beside them', async () => {
    const message = 'Expected "id" to be known, but got: w1.';
    const writers = async () => ({
      data: { _entities: null },
      errors: [{ message, path: ['_entities'], extensions: { code: 'BAD_USER_INPUT' } }],
    });
    const { ask } = await start({ calls: { ...tinyCalls().calls, writers } });
    const { body } = await ask('{ story(id: 1) { title byline { name } } }');
    expect(body.data).toEqual({ story: { title: 'Story 1', byline: { name: null } } });
    expect(body.errors[0].message).toBe(message);
  });

  it('says at every hole that a call failed which gave no answer, under one number', async () => {
    const writers = async () => {
      throw new SubgraphFailure('unreachable', 'connect ECONNREFUSED 10.0.0.7:4002');
    };
    const { ask, logged } = await start({ calls: { writers } });
    const { status, body } = await ask('{ stories { title byline { id name } } }');
    expect(status).toBe(200);
    expect(body.data.stories[0]).toEqual({ title: 'Story 1', byline: { id: 'w1', name: null } });
    expect(body.errors.map((error: { path: unknown }) => error.path)).toEqual([
      ['stories', 0, 'byline', 'name'],
      ['stories', 1, 'byline', 'name'],
    ]);
    expect(body.errors[0].extensions.id).toBe(body.errors[1].extensions.id);
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
    expect(logged.join('')).toContain('10.0.0.7');
  });

  it('lets no subgraph choose the status or the code of the whole answer', async () => {
    const stories = async () => ({
      data: { story: null },
      errors: [
        {
          message: 'x',
          path: ['story'],
          extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 302 } },
        },
      ],
    });
    const { ask } = await start({ calls: { stories } });
    const { status, body } = await ask('{ story(id: 1) { title } }');
    expect(status).toBe(200);
    expect(body.errors[0].extensions.code).toBe('SUBGRAPH_FAILED');
  });

  it('gives an error for a null that the schema does not allow and no subgraph explained', async () => {
    const stories = async () => ({ data: { always: null } });
    const { ask } = await start({ calls: { stories } });
    const { body } = await ask('{ always }');
    expect(body.data).toBeNull();
    expect(body.errors).toEqual([
      {
        message: expect.any(String),
        path: ['always'],
        extensions: { code: 'SUBGRAPH_FAILED', id: expect.any(String) },
      },
    ]);
    expect(body.extensions).toBeUndefined();
  });

  it('writes one line a request, without variables, query string or credentials', async () => {
    const { app, logged } = await start();
    const query = encodeURIComponent('query Page($id: ID!) { story(id: $id) { title } }');
    const variables = encodeURIComponent('{"id":"marmalade"}');
    await app.inject({
      url: `/graphql?query=${query}&variables=${variables}`,
      headers: { authorization: 'Bearer very-secret', 'apollo-require-preflight': '1' },
    });
    const lines = logged.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      msg: 'request',
      method: 'GET',
      path: '/graphql',
      status: 200,
      operation: 'Page',
    });
    expect(lines[0].ms).toEqual(expect.any(Number));
    expect(lines[0].requestId).toEqual(expect.any(String));
    expect(logged.join('')).not.toMatch(/marmalade|very-secret/);
  });
});
