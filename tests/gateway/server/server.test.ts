import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { compose } from '../../support/tiny-graph.ts';

let gateway: TestGateway;
afterEach(() => gateway.stop());

describe('the doors of the gateway', () => {
  it('is not ready while what answers depend on is missing, and does not say why to callers', async () => {
    let isUp = false;
    gateway = await makeGateway({
      ready: async () => {
        if (!isUp) throw new Error('connect ECONNREFUSED db.internal');
      },
    });
    const before = await gateway.app.inject('/health/ready');
    expect([before.statusCode, before.body]).toEqual([503, '{"status":"not ready"}']);
    expect(gateway.logged.join('')).toContain('db.internal');
    expect((await gateway.app.inject('/health/live')).statusCode).toBe(200);
    isUp = true;
    expect((await gateway.app.inject('/health/ready')).statusCode).toBe(200);
  });

  it('writes no line about questions of health', async () => {
    gateway = await makeGateway();
    await gateway.app.inject('/health/live');
    await gateway.app.inject('/health/ready');
    expect(gateway.logged).toEqual([]);
  });

  it('has the doors of others beside it, their faults masked in the same way', async () => {
    gateway = await makeGateway({
      routes: (app) => {
        app.get('/picture', async () => 'a picture');
        app.get('/broken', async () => {
          throw new Error('password=hunter2');
        });
      },
    });
    expect((await gateway.app.inject('/picture')).body).toBe('a picture');
    const broken = await gateway.app.inject('/broken');
    expect(broken.statusCode).toBe(500);
    const [error] = broken.json().errors;
    expect(error.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
    expect(broken.body).not.toContain('hunter2');
    const told = gateway.logged.find((line) => line.includes(error.extensions.id));
    expect(told).toContain('hunter2');
    expect(told).toContain(`"requestId":"${broken.headers['x-request-id']}"`);
  });

  it('refuses a subscription with a sentence', async () => {
    const typeDefs = parse('type Query { a: Int } type Subscription { ticks: Int }');
    gateway = await makeGateway({
      supergraphSdl: compose([{ name: 'clock', typeDefs, url: 'http://clock.test' }]),
    });
    const { status, body } = await gateway.ask('subscription { ticks }');
    expect([status, body.errors[0].extensions.code]).toEqual([400, 'SUBSCRIPTIONS_NOT_SUPPORTED']);
  });
});
