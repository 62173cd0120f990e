/** A gateway for a test: quiet, on the tiny graph, with its log kept to be looked at. */

import { createServer, type GatewayServer } from '../../gateway/server/createServer.ts';
import { createLog } from '../../gateway/server/logger.ts';
import type { ServerOptions } from '../../gateway/server/serverOptions.ts';
import { readSettings } from '../../gateway/settings.ts';
import type { SubgraphCall } from '../../gateway/wire/subgraphCall.ts';
import type { Environment } from '../../kit/settings.ts';
import { tinyCalls, tinySupergraph } from './tiny-graph.ts';

export interface TestGateway extends GatewayServer {
  /** Every line of the log so far, as text. */
  logged: string[];
  /** Asks by POST without a socket. */
  ask: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into at any depth.
  body: any;
}

export interface TestGatewayOptions extends Partial<Omit<ServerOptions, 'settings' | 'log'>> {
  env?: Environment;
  /** Calls by name in place of those of the tiny graph. */
  calls?: Record<string, SubgraphCall>;
}

export async function makeGateway({ env, calls, ...options }: TestGatewayOptions = {}): Promise<TestGateway> {
  const settings = readSettings({ PORT: '0', LOG_LEVEL: 'info', NODE_ENV: 'test', ...env });
  const logged: string[] = [];
  const log = createLog(settings, { write: (line) => void logged.push(line) });
  const inside: Record<string, SubgraphCall> = { ...tinyCalls().calls, ...calls };
  const server = await createServer({
    supergraphSdl: tinySupergraph(),
    callSubgraph: (name) => inside[name],
    ...options,
    settings,
    log,
  });
  async function ask(query: string, variables?: Record<string, unknown>): Promise<Answer> {
    const response = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { accept: 'application/graphql-response+json' },
      payload: { query, variables },
    });
    return { status: response.statusCode, body: response.json() };
  }
  return { ...server, logged, ask };
}
