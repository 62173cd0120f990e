import { afterEach, describe, expect, it } from '@jest/globals';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
afterEach(() => gateway.stop());

const production = { NODE_ENV: 'production', CORS_ORIGINS: 'https://news.example' };

describe('the gateway in production', () => {
  it('tells nobody its schema: no introspection, no suggestions', async () => {
    gateway = await makeGateway({ env: production });
    const asked = await gateway.ask('{ __schema { types { name } } }');
    expect(asked.status).toBe(400);
    expect(asked.body.errors[0]).toMatchObject({
      message: expect.stringMatching(/^Introspection is disabled\.$/),
      extensions: { code: 'INTROSPECTION_DISABLED' },
    });
    const mistaken = await gateway.ask('{ storie(id: 1) { id } }');
    expect(mistaken.body.errors[0].message).toBe('Cannot query field "storie" on type "Query".');
  });

  it('answers introspection when the setting says so', async () => {
    gateway = await makeGateway({ env: { ...production, INTROSPECTION: 'true' } });
    expect((await gateway.ask('{ __schema { queryType { name } } }')).status).toBe(200);
  });

  it('lets only the origins of its settings call from a browser, and its own', async () => {
    gateway = await makeGateway({ env: { ...production, PUBLIC_URL: 'https://graph.example/' } });
    const allowed = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const answer = await gateway.app.inject({ method: 'OPTIONS', url: '/graphql', headers });
      return answer.headers['access-control-allow-origin'];
    };
    expect(await allowed('https://news.example')).toBe('https://news.example');
    expect(await allowed('https://graph.example')).toBe('https://graph.example');
    expect(await allowed('https://studio.apollographql.com')).toBeUndefined();
    expect(await allowed('http://localhost:3000')).toBeUndefined();
  });

  it('shows no plan, which it does in development', async () => {
    const payload = { query: '{ story(id: 1) { id } }' };
    const headers = { 'apollo-query-plan-experimental': '1' };
    gateway = await makeGateway();
    const shown = await gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    expect(shown.json().extensions.__queryPlanExperimental).toContain('QueryPlan');
    await gateway.stop();
    gateway = await makeGateway({ env: production });
    const hidden = await gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    expect(hidden.json()).toEqual({ data: { story: { id: '1' } } });
  });
});
