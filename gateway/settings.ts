/** Reads the settings of the gateway from the environment. */
import { type Environment, openSettingReader, settingRows } from '../kit/settings.ts';
import { type LimitName, type Limits, limits } from './operationLimits.ts';
import { settingDefinitions } from './settingDefinitions.ts';
import type { HeaderRule } from './wire/headerRules.ts';

export interface Settings extends Limits {
  port: number;
  host: string;
  /** The base URL that clients use, without a trailing slash; undefined: the listen address. */
  publicUrl: string | undefined;
  isProduction: boolean;
  logLevel: string;
  /** The operations port; undefined: the default. */
  opsPort: number | 'off' | undefined;
  opsHost: string;
  /** File or URL of the supergraph; undefined if a program passes the supergraph. */
  supergraph: string | undefined;
  supergraphPollMs: number;
  /** Files and folders of stored operations, beside those that a program passes; undefined: none. */
  operations: readonly string[] | undefined;
  /** Who may send operations that are not stored; undefined: nobody in production with stored operations, else everyone. */
  freeForm: 'everyone' | 'developers' | 'nobody' | undefined;
  corsOrigins: readonly string[];
  /** The Redis with the quotas that replicas share; undefined: each process counts in memory. */
  redisUrl: string | undefined;
  /** Maximum cost per minute for each address of callers without an API key; 0: unlimited. */
  publicQuota: number;
  /** The proxies whose X-Forwarded-For headers are trusted; undefined: none. */
  trustProxy: string[] | undefined;
  /** The secret of hashed addresses in rate limit keys; undefined: random for each process. */
  addressSalt: string | undefined;
  allowsIntrospection: boolean;
  /** Whether the server has Apollo Sandbox and GraphiQL. */
  servesExplorer: boolean;
  /** The table of HTTP statuses of responses at /graphql (server/httpStatus.ts). */
  statusTable: 'draft' | '2026' | 'apollo';
  maxBodyBytes: number;
  /** Assumed length of lists of unknown length, for cost estimates. */
  listSize: number;
  /** Whether `requireOneSlicingArgument` of `@listSize` is enforced. */
  requiresSlicing: boolean;
  planTimeoutMs: number;
  maxPlanPaths: number;
  operationCacheBytes: number;
  subgraphTimeoutMs: number;
  maxAnswerBytes: number;
  /** Propagation rules for request headers to subgraphs. */
  headerRules: readonly HeaderRule[];
  /** Secrets of the signed credentials for subgraphs, of which the first signs; empty: subgraphs receive no identity. */
  gatewaySecrets: readonly string[];
  /** The issuer of accepted access tokens, beside those that a program passes; undefined: none. */
  issuer: { issuer: string; jwks: URL; audience: string } | undefined;
  tokenAlgorithms: readonly string[];
  clockToleranceSeconds: number;
  jwksTimeoutMs: number;
  /** Operations that take this long are logged; 0 for none. */
  slowOperationMs: number;
  drainTimeoutMs: number;
}

const readLimits = (read: (name: LimitName) => number): Limits =>
  Object.fromEntries((Object.keys(limits) as LimitName[]).map((name) => [name, read(name)])) as Limits;

/** The public URL of the gateway; defaults to localhost. Code that issues or verifies tokens must use this function. */
export const publicUrlOf = ({ publicUrl, port }: Pick<Settings, 'publicUrl' | 'port'>): string =>
  publicUrl ?? `http://localhost:${port}`;

/** The rows of the settings table in docs/settings.md. */
export const settingsTable = settingRows(settingDefinitions);

/** Reads all settings from `env`; empty values count as not set. Throws one StartError for all invalid settings. */
export function readSettings(env: Environment): Settings {
  const { read, readPreset, problems, check } = openSettingReader(env);
  const isProduction = readPreset(settingDefinitions.nodeEnv) === 'production';
  const introspection = read(settingDefinitions.introspection);
  const explorer = read(settingDefinitions.explorer);
  const settings: Settings = {
    port: readPreset(settingDefinitions.port),
    host: readPreset(settingDefinitions.host),
    publicUrl: read(settingDefinitions.publicUrl),
    isProduction,
    logLevel: readPreset(settingDefinitions.logLevel),
    opsPort: read(settingDefinitions.opsPort),
    opsHost: readPreset(settingDefinitions.opsHost),
    supergraph: read(settingDefinitions.supergraph),
    operations: read(settingDefinitions.operations),
    freeForm: read(settingDefinitions.freeForm),
    supergraphPollMs: readPreset(settingDefinitions.supergraphPollMs),
    corsOrigins: read(settingDefinitions.corsOrigins) ?? [],
    redisUrl: read(settingDefinitions.redisUrl),
    publicQuota: readPreset(settingDefinitions.publicQuota),
    trustProxy: read(settingDefinitions.trustProxy),
    addressSalt: read(settingDefinitions.addressSalt),
    allowsIntrospection: introspection === undefined ? !isProduction : introspection === 'true',
    servesExplorer: explorer === undefined ? !isProduction : explorer === 'true',
    statusTable: readPreset(settingDefinitions.statusCodes),
    maxBodyBytes: readPreset(settingDefinitions.maxBodyBytes),
    ...readLimits((name) => readPreset(settingDefinitions[name])),
    listSize: readPreset(settingDefinitions.listSize),
    requiresSlicing: readPreset(settingDefinitions.requiresSlicing) === 'true',
    planTimeoutMs: readPreset(settingDefinitions.planTimeoutMs),
    maxPlanPaths: readPreset(settingDefinitions.maxPlanPaths),
    operationCacheBytes: readPreset(settingDefinitions.operationCacheBytes),
    subgraphTimeoutMs: readPreset(settingDefinitions.subgraphTimeoutMs),
    maxAnswerBytes: readPreset(settingDefinitions.maxAnswerBytes),
    headerRules: read(settingDefinitions.propagateHeaders) ?? [],
    gatewaySecrets: read(settingDefinitions.gatewaySecret) ?? [],
    issuer: issuerOf(
      read(settingDefinitions.jwksUrl),
      read(settingDefinitions.jwtIssuer),
      read(settingDefinitions.jwtAudience),
    ),
    tokenAlgorithms: readPreset(settingDefinitions.jwtAlgorithms),
    clockToleranceSeconds: readPreset(settingDefinitions.clockToleranceSeconds),
    jwksTimeoutMs: readPreset(settingDefinitions.jwksTimeoutMs),
    slowOperationMs: readPreset(settingDefinitions.slowOperationMs),
    drainTimeoutMs: readPreset(settingDefinitions.drainTimeoutMs),
  };
  const problem = checkIssuer(env);
  if (problem) problems.push(problem);
  check();
  return Object.freeze(settings);
}

function issuerOf(
  jwks: string | undefined,
  issuer: string | undefined,
  audience: string | undefined,
): Settings['issuer'] {
  const isWhole = jwks !== undefined && issuer !== undefined && audience !== undefined;
  return isWhole ? { issuer, jwks: new URL(jwks), audience } : undefined;
}

/** Requires all three issuer settings or none: with only some of them, tokens would not be fully verified. */
function checkIssuer(env: Environment): string | undefined {
  const names = [
    settingDefinitions.jwksUrl,
    settingDefinitions.jwtIssuer,
    settingDefinitions.jwtAudience,
  ].map(({ name }) => name);
  const missing = names.filter((name) => !env[name]?.trim());
  if (missing.length === 0 || missing.length === names.length) return undefined;
  return `Expected JWKS_URL, JWT_ISSUER and JWT_AUDIENCE together, but got: no ${missing.join(', no ')}.`;
}
