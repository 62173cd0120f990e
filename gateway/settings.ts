/** The settings of the gateway, read by its settingDefinitions: the only reading of the environment in this folder. */
import { systemCodeOf } from './errors.ts';
import { type LimitName, type Limits, limits } from './operationLimits.ts';
import { type SettingDefinition, type SettingRow, settingDefinitions } from './settingDefinitions.ts';
import type { HeaderRule } from './wire/headerRules.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings extends Limits {
  port: number;
  host: string;
  /** The address that callers use, without a trailing slash; undefined: the address listened on. */
  publicUrl: string | undefined;
  isProduction: boolean;
  logLevel: string;
  /** File or URL of the supergraph; undefined where the supergraph is handed in. */
  supergraph: string | undefined;
  supergraphPollMs: number;
  /** The file of stored operations; undefined where there are none, or they are handed in. */
  operations: string | undefined;
  /** Who may send other operations than the stored ones; undefined: by whether there are any, and production. */
  freeForm: 'everyone' | 'developers' | 'nobody' | undefined;
  corsOrigins: readonly string[];
  /** The Redis in which replicas count together; undefined: each counts in memory. */
  redisUrl: string | undefined;
  /** Cost that callers without a key may spend in a minute, by address; 0 is without end. */
  publicQuota: number;
  /** Which proxies are believed when they say for whom they ask; undefined: none. */
  trustProxy: string[] | undefined;
  /** Mixed into addresses before they are counted; undefined: one of the process's own. */
  addressSalt: string | undefined;
  allowsIntrospection: boolean;
  /** Whether Sandbox and GraphiQL are served. */
  servesExplorer: boolean;
  /** By which table answers at /graphql get their HTTP status (server/httpStatus.ts). */
  statusTable: 'draft' | '2026' | 'apollo';
  maxBodyBytes: number;
  /** How long a list is taken to be of which nobody says how long it is. */
  listSize: number;
  /** Whether `requireOneSlicingArgument` of `@listSize` is enforced. */
  requiresSlicing: boolean;
  planTimeoutMs: number;
  maxPlanPaths: number;
  operationCacheBytes: number;
  subgraphTimeoutMs: number;
  maxAnswerBytes: number;
  /** Which headers of a caller's request the subgraphs are told. */
  headerRules: readonly HeaderRule[];
  /** Sign what subgraphs are told of callers, the first of them; none: they are told nothing. */
  gatewaySecrets: readonly string[];
  /** Whose access tokens are taken beside those of whoever opens the gateway; undefined: nobody's. */
  issuer: { issuer: string; jwks: URL; audience: string } | undefined;
  tokenAlgorithms: readonly string[];
  clockToleranceSeconds: number;
  jwksTimeoutMs: number;
  drainTimeoutMs: number;
}

const readLimits = (read: (name: LimitName) => number): Limits =>
  Object.fromEntries((Object.keys(limits) as LimitName[]).map((name) => [name, read(name)])) as Limits;

/** Where callers find us: what they were told, else this machine. Whoever makes or checks tokens has to know it by this rule. */
export const publicUrlOf = ({ publicUrl, port }: Pick<Settings, 'publicUrl' | 'port'>): string =>
  publicUrl ?? `http://localhost:${port}`;

/** All settings, for docs/settings.md. */
export const settingsTable: readonly SettingRow[] = Object.values(settingDefinitions).map(
  ({ name, default: preset, meaning }) => ({ name, default: preset, meaning }),
);

/** The settings that are wrong, each in a sentence. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Reads all settings from `env`, an empty text counting as not set; throws one SettingsError that lists all that are wrong. */
export function readSettings(env: Environment): Settings {
  const { read, readPreset, problems } = openSettingReader(env);
  const isProduction = readPreset(settingDefinitions.nodeEnv) === 'production';
  const introspection = read(settingDefinitions.introspection);
  const explorer = read(settingDefinitions.explorer);
  const settings: Settings = {
    port: readPreset(settingDefinitions.port),
    host: readPreset(settingDefinitions.host),
    publicUrl: read(settingDefinitions.publicUrl),
    isProduction,
    logLevel: readPreset(settingDefinitions.logLevel),
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
    drainTimeoutMs: readPreset(settingDefinitions.drainTimeoutMs),
  };
  const problem = checkIssuer(env);
  if (problem) problems.push(problem);
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(settings);
}

/** Reads settings by their definitions. The reader of a program throws a SettingsError of all `problems` at its end. */
export function openSettingReader(env: Environment) {
  const problems: string[] = [];
  function read<Value>(definition: SettingDefinition<Value>): Value | undefined {
    const { name, default: preset, schema, expected, isSecret } = definition;
    const text = env[name]?.trim() || preset;
    if (text === '') return undefined;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    problems.push(`Expected ${name} to be ${expected}, but got: ${isSecret ? '[redacted]' : shown(text)}.`);
    return undefined;
  }
  return {
    read,
    /** The value of a setting that has a default: undefined only after a problem. */
    readPreset: <Value>(definition: SettingDefinition<Value>): Value => read(definition) as Value,
    problems,
  };
}

function issuerOf(
  jwks: string | undefined,
  issuer: string | undefined,
  audience: string | undefined,
): Settings['issuer'] {
  const isWhole = jwks !== undefined && issuer !== undefined && audience !== undefined;
  return isWhole ? { issuer, jwks: new URL(jwks), audience } : undefined;
}

/** One of the three without the others would check too little of a token, or nothing. */
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

/** The environment with the `.env` file of the working directory behind it and `overrides` (the command line) before it. */
export function readEnvironment(overrides: Environment = {}): Environment {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT')
      throw new SettingsError([`Expected .env to be readable, but got: ${String(error)}.`]);
  }
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...process.env, ...Object.fromEntries(given) };
}

/** As an error may show it: cut where it is long, and without the password of a URL. */
function shown(text: string): string {
  const safe = text.replace(/\/\/[^/]*@/, '//***@');
  return safe.length > 100 ? `${safe.slice(0, 100)}…` : safe;
}
