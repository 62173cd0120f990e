/** Opens a case three ways: as a monolith under graphql-js, behind the stock gateway, and behind ours. */
import { createHash } from 'node:crypto';
import { ApolloGateway } from '@apollo/gateway';
import { type DocumentNode, execute, parse } from 'graphql';
import { openAuthorization } from '../../../gateway/auth/authorize.ts';
import { anonymousReader, type Reader, readerOf } from '../../../gateway/auth/readerClaims.ts';
import { openGraph } from '../../../gateway/execute/graph.ts';
import { maskingReporter } from '../../../gateway/execute/reportErrors.ts';
import { createLog } from '../../../gateway/server/logger.ts';
import { readSettings } from '../../../gateway/settings.ts';
import { singleResult } from '../../../gateway/wire/results.ts';
import type { CaseOperation, FederationCase } from './case.ts';
import { judge, type TestReader } from './enforce.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { makeSchemas, type Schemas } from './schemas.ts';
import { makeCalls, type SentCall, type SubgraphCalls } from './subgraph.ts';

/** The parts of an operation that are asked; the rest says what is expected. */
export type Question = Pick<
  CaseOperation,
  'query' | 'variables' | 'operationName' | 'reader' | 'down' | 'failing'
>;

export interface GatewayOutcome extends Outcome {
  /** Codes of its errors. */
  codes: readonly unknown[];
  sent: readonly SentCall[];
  /** What was wrong with what was sent to subgraphs: always none. */
  problems: readonly string[];
}

/** Ask one question at a time: the calls of a gateway are counted between questions. */
export interface OpenCase extends Schemas {
  askMonolith: (question: Question) => Promise<Outcome>;
  /** Rejects when the stock gateway cannot load the supergraph. */
  askStock: (question: Question) => Promise<GatewayOutcome>;
  askOurs: (question: Question) => Promise<GatewayOutcome>;
  stop: () => Promise<void>;
}

const settings = readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent' });
const log = createLog(settings);

/** Throws when the subgraphs do not compose. The gateways are made when they are first asked. */
export function openCase(federationCase: FederationCase): OpenCase {
  const schemas = makeSchemas(federationCase);
  const stock = lazyGateway(() => openStock(schemas));
  const ours = lazyGateway(() => openOurs(schemas));
  return {
    ...schemas,
    async askMonolith({ query, variables, operationName, reader, down = {}, failing }) {
      const { monolith: schema, needs } = schemas;
      const asked = { document: parse(query), denied: new Set<never>() };
      const { document, denied } =
        needs.size === 0 ? asked : judge(schema, asked.document, operationName, needs, reader);
      const fails = failing ? new Set(failing) : schemas.ownedBy(Object.keys(down));
      const result = await execute({
        schema,
        document,
        variableValues: variables ?? null,
        operationName: operationName ?? null,
        contextValue: { failing: fails, denied },
      });
      return outcomeOf(result);
    },
    askStock: stock.ask,
    askOurs: ours.ask,
    async stop() {
      await stock.stop();
      await ours.stop();
    },
  };
}

interface Gateway {
  calls: SubgraphCalls;
  run: (question: Pick<Question, 'query' | 'variables' | 'operationName' | 'reader'>) => Promise<Result>;
  stop: () => Promise<void>;
}

async function openOurs({ supergraphSdl, subgraphs }: Schemas): Promise<Gateway> {
  const calls = makeCalls(subgraphs);
  const graph = await openGraph({ supergraphSdl, callOf: calls.callOf, authorize: openAuthorization });
  const reporter = maskingReporter(log);
  const headersFor = () => ({});
  // As the server keeps them: what is known of a document is worked out once, whoever asks.
  const documents = new Map<string, DocumentNode>();
  return {
    calls,
    async run({ query, variables, operationName, reader }) {
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      const asked = {
        ...{ document, operationName, variables: asJson(variables), headersFor, reporter },
        reader: () => readerFor(reader),
      };
      const { text, errors } = singleResult(await graph.execute(asked));
      return { data: text && JSON.parse(text), errors };
    },
    stop: () => graph.close(),
  };
}

/** The stock gateway as it comes, with nothing of ours but what carries its calls. */
async function openStock({ supergraphSdl, subgraphs }: Schemas): Promise<Gateway> {
  // It looks at the environment each time that one is made; nothing about this machine goes out.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const calls = makeCalls(subgraphs);
  const quiet = () => undefined;
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    buildService({ name }) {
      const call = calls.callOf(name);
      type Source = ReturnType<
        NonNullable<ConstructorParameters<typeof ApolloGateway>[0]>['buildService'] & object
      >;
      const source = {
        process: ({ request }: { request: { query?: string; variables?: Record<string, unknown> } }) =>
          call({ query: request.query ?? '', variables: request.variables, headers: {} }),
      };
      return source as unknown as Source;
    },
  });
  const { executor } = await gateway.load();
  type Run = (request: object) => Promise<Result>;
  return {
    calls,
    run: (question) => (executor as unknown as Run)(requestOf(question)),
    stop: () => gateway.stop(),
  };
}

/** The stock gateway puts nulls that break the schema under "extensions" when no subgraph gave an error. */
interface Result {
  data?: unknown;
  errors?: readonly {
    path?: readonly (string | number)[] | undefined;
    extensions?: Readonly<Record<string, unknown>>;
  }[];
  extensions?: { valueCompletion?: Result['errors'] };
}

function lazyGateway(make: () => Promise<Gateway>) {
  let loading: Promise<Gateway> | undefined;
  async function ask({
    query,
    variables,
    operationName,
    reader,
    down = {},
  }: Question): Promise<GatewayOutcome> {
    loading ??= make();
    const { calls, run } = await loading;
    calls.faults = down;
    const { data, errors, extensions } = await run({
      query,
      ...(variables && { variables }),
      ...(operationName && { operationName }),
      ...(reader && { reader }),
    });
    const codes = (errors ?? []).map((error) => error.extensions?.code);
    return { ...outcomeOf({ data, errors: errors ?? extensions?.valueCompletion }), codes, ...calls.take() };
  }
  const stop = async () => {
    const gateway = await loading?.catch(() => undefined);
    await gateway?.stop();
  };
  return { ask, stop };
}

function readerFor(reader: TestReader | undefined): Reader {
  if (!reader) return anonymousReader;
  const { scopes = [], policies = [] } = reader;
  return { ...readerOf({ sub: 'r1', scope: scopes.join(' ') }), policies: new Set(policies) };
}

/** Variables arrive as JSON. */
function asJson(variables: Question['variables']): Question['variables'] {
  return variables && JSON.parse(JSON.stringify(variables));
}

/** As much of Apollo Server's request context as an executor looks at. */
function requestOf({ query, variables, operationName }: Question) {
  const document = parse(query);
  return {
    document,
    source: query,
    queryHash: createHash('sha256').update(query).digest('hex'),
    operationName: operationName ?? null,
    request: { query, operationName, variables: asJson(variables) },
    context: {},
    logger: log,
    metrics: {},
    cache: new Map(),
  };
}
