/** Every setting of the gateway: its default, its reason, and the only reading of the environment in this folder. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { systemCodeOf } from './errors.ts';
import { type HeaderRule, readHeaderRules } from './wire/headers.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
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
  /** Cost that a partner may spend in a minute who has no quota of their own. */
  partnerQuota: number;
  /** Which proxies are believed when they say for whom they ask; undefined: none. */
  trustProxy: string[] | undefined;
  /** Mixed into addresses before they are counted; undefined: one of the process's own. */
  addressSalt: string | undefined;
  allowsIntrospection: boolean;
  maxBodyBytes: number;
  maxTokens: number;
  maxNesting: number;
  maxSelections: number;
  maxRootFields: number;
  maxObjects: number;
  planTimeoutMs: number;
  maxPlanPaths: number;
  subgraphTimeoutMs: number;
  maxAnswerBytes: number;
  /** Which headers of a caller's request the subgraphs are told. */
  headerRules: readonly HeaderRule[];
  /** Whose access tokens are taken; undefined: all readers are anonymous. */
  issuer: { issuer: string; jwks: URL; audience: string } | undefined;
  tokenAlgorithms: readonly string[];
  clockToleranceSeconds: number;
  jwksTimeoutMs: number;
  drainTimeoutMs: number;
  /** Whether push may send to private networks and to this machine: never in production. */
  allowsPrivateTargets: boolean;
}

/** One row for each setting, as README prints it. A default of "" means that it is not set. */
export interface SettingRow {
  name: string;
  default: string;
  meaning: string;
}

interface Knob<Value> extends SettingRow {
  /** Ends the sentence "Expected NAME to be ...". */
  expected: string;
  schema: z.ZodType<Value, string>;
  /** Whether an error may not show what came. */
  isSecret?: boolean;
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));

function numberKnob(name: string, preset: number, least: number, most: number, meaning: string) {
  const expected = `a whole number from ${least} to ${most}`;
  return { name, default: String(preset), meaning, expected, schema: wholeNumber(least, most) };
}

const webAddress = z
  .string()
  .refine(isWebAddress)
  .transform((text) => text.replace(/\/+$/, ''));

const originList = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(z.array(z.string().refine((origin) => isWebAddress(origin) && new URL(origin).origin === origin)));

const proxies = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.string().refine(isNetwork)));

const headerRules = z.string().transform((text, context) => {
  const rules = readHeaderRules(text);
  if (rules) return rules;
  context.addIssue('Not a list of rules.');
  return z.NEVER;
});

/** Algorithms that sign with a key which nobody else has. */
const signing = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];

const algorithmList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(signing)));

const megabyte = 1024 * 1024;

const knobs = {
  port: numberKnob('PORT', 4000, 0, 65_535, 'The port of the gateway; 0 takes any free one.'),
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    meaning:
      'The address listened on: this machine only, unless set. 0.0.0.0 is every network of the machine.',
    expected: 'a host name or an IP address',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    default: '',
    meaning:
      'The address at which the world finds us, by which stories, feeds and the hub are named; http://localhost:PORT unless set.',
    expected: 'an http or https URL',
    schema: webAddress,
  },
  nodeEnv: {
    name: 'NODE_ENV',
    default: 'development',
    meaning:
      'In production introspection is off, suggestions of schema names are hidden and only CORS_ORIGINS may call.',
    expected: 'development, production or test',
    schema: z.enum(['development', 'production', 'test']),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'info',
    meaning: 'The least level that is logged; "info" has one line for each request.',
    expected: 'fatal, error, warn, info, debug, trace or silent',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  },
  supergraph: {
    name: 'SUPERGRAPH',
    default: '',
    meaning: 'The composed supergraph: a file, or an http or https URL.',
    expected: 'a file or a URL',
    schema: z.string(),
  },
  operations: {
    name: 'OPERATIONS',
    default: '',
    meaning:
      "A file of stored operations, as Apollo's manifest of persisted queries: each is asked for by its id. The newsroom has its own, schema/operations.json.",
    expected: 'a file',
    schema: z.string(),
  },
  freeForm: {
    name: 'FREE_FORM_OPERATIONS',
    default: '',
    meaning:
      'Who may send operations that are not stored: "everyone", "developers" who say who they are, or "nobody". In production "nobody" where there are stored ones, otherwise "everyone", unless set.',
    expected: 'everyone, developers or nobody',
    schema: z.enum(['everyone', 'developers', 'nobody']),
  },
  supergraphPollMs: numberKnob(
    'SUPERGRAPH_POLL_MS',
    10_000,
    100,
    86_400_000,
    'How many milliseconds pass before the supergraph is looked at again, file or URL; a change in the folder of the file is seen at once.',
  ),
  corsOrigins: {
    name: 'CORS_ORIGINS',
    default: '',
    meaning:
      'Origins of pages that may call from a browser, with commas between. Outside production Apollo Sandbox and localhost may too.',
    expected: 'a list of origins such as https://news.example, with commas between',
    schema: originList,
  },
  redisUrl: {
    name: 'REDIS_URL',
    default: '',
    meaning:
      'A Redis in which all replicas count together what callers spend. Each counts in its own memory unless set, and while it is lost.',
    expected: 'a URL that starts with redis:// or rediss://',
    schema: z.string().refine((text) => URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol)),
  },
  publicQuota: numberKnob(
    'PUBLIC_QUOTA',
    0,
    0,
    1_000_000_000,
    'What callers without a key may spend in a minute, by address, in objects that they ask for; 0 is without end. 100000 is some hundreds of pages.',
  ),
  partnerQuota: numberKnob(
    'PARTNER_QUOTA',
    600_000,
    1,
    1_000_000_000,
    'What a partner may spend in a minute, in objects that they ask for, who has no quota of their own ([docs/partners.md](docs/partners.md)).',
  ),
  trustProxy: {
    name: 'TRUST_PROXY',
    default: '',
    meaning:
      "The proxies in front whose X-Forwarded-For is believed: addresses, networks, loopback or uniquelocal, with commas between. Nobody's unless set.",
    expected: 'addresses or networks such as 10.0.0.0/8, loopback or uniquelocal, with commas between',
    schema: proxies,
  },
  addressSalt: {
    name: 'ADDRESS_SALT',
    default: '',
    meaning:
      'A secret of 16 characters or more that is mixed into the addresses of callers before they are counted; the same for all replicas that count together. Each process has one of its own unless set.',
    expected: 'a text of 16 characters or more',
    schema: z.string().min(16),
    isSecret: true,
  },
  introspection: {
    name: 'INTROSPECTION',
    default: '',
    meaning:
      'Whether callers may ask for the schema: "true" outside production and "false" in it, unless set.',
    expected: 'true or false',
    schema: z.enum(['true', 'false']),
  },
  maxBodyBytes: numberKnob(
    'MAX_BODY_BYTES',
    megabyte / 2,
    1024,
    64 * megabyte,
    'The largest request body; room for a long story, none for a flood.',
  ),
  maxTokens: numberKnob(
    'MAX_TOKENS',
    5000,
    100,
    100_000,
    'The most lexical tokens of one operation: an article page has about 300, and checking grows faster than size.',
  ),
  maxNesting: numberKnob(
    'MAX_NESTING',
    50,
    10,
    500,
    'The most brackets open at once in an operation or its variables; introspection needs about 15.',
  ),
  maxSelections: numberKnob(
    'MAX_SELECTIONS',
    10_000,
    100,
    10_000_000,
    'The most fields of one operation with its fragments spread out: fragments can make a short text huge.',
  ),
  maxRootFields: numberKnob(
    'MAX_ROOT_FIELDS',
    40,
    1,
    10_000,
    'The most fields at the root of one operation, aliases included: each may be a question to a database.',
  ),
  maxObjects: numberKnob(
    'MAX_OBJECTS',
    20_000,
    100,
    100_000_000,
    'The most objects that the lists of one operation may bring, each as long as it is asked for: a page of 100 stories has about 5,000.',
  ),
  planTimeoutMs: numberKnob(
    'PLAN_TIMEOUT_MS',
    700,
    50,
    60_000,
    'How many milliseconds planning a new operation may take before it is refused: 2,000 fields of 50 subgraphs take about 400.',
  ),
  maxPlanPaths: numberKnob(
    'MAX_PLAN_PATHS',
    2000,
    1,
    100_000,
    'The most ways through the subgraphs to one field that are looked at before its operation is refused.',
  ),
  subgraphTimeoutMs: numberKnob(
    'SUBGRAPH_TIMEOUT_MS',
    10_000,
    50,
    300_000,
    'How many milliseconds one call to a subgraph may take before its part of the answer is null.',
  ),
  maxAnswerBytes: numberKnob(
    'MAX_ANSWER_BYTES',
    16 * megabyte,
    1024,
    512 * megabyte,
    'The largest answer taken from a subgraph, so that one of them cannot fill the memory of the gateway.',
  ),
  propagateHeaders: {
    name: 'PROPAGATE_HEADERS',
    default: '',
    meaning:
      'Headers of a request that all subgraphs are told beside x-request-id: names with commas between, or rules as JSON ([docs/headers.md](docs/headers.md)). None unless set, authorization and cookie neither.',
    expected:
      'names of headers with commas between, or a JSON list of rules, and none that belongs to one connection or body',
    schema: headerRules,
  },
  jwksUrl: {
    name: 'JWKS_URL',
    default: '',
    meaning:
      'Where the public keys are of the issuer whose access tokens are taken ([docs/auth.md](docs/auth.md)); JWT_ISSUER and JWT_AUDIENCE go with it. Unless set every reader is anonymous.',
    expected: 'an http or https URL',
    schema: z.string().refine(isWebAddress),
  },
  jwtIssuer: {
    name: 'JWT_ISSUER',
    default: '',
    meaning: 'What an access token has to say in "iss", letter by letter.',
    expected: 'a text of at most 500 characters',
    schema: z.string().max(500),
  },
  jwtAudience: {
    name: 'JWT_AUDIENCE',
    default: '',
    meaning: 'What an access token has to say in "aud": a token for somebody else is none for this graph.',
    expected: 'a text of at most 500 characters',
    schema: z.string().max(500),
  },
  jwtAlgorithms: {
    name: 'JWT_ALGORITHMS',
    default: 'EdDSA,ES256,RS256,PS256',
    meaning:
      'The algorithms by which access tokens may be signed; those with a shared secret are never taken.',
    expected: `a list of algorithms with commas between, all among ${signing.join(', ')}`,
    schema: algorithmList,
  },
  clockToleranceSeconds: numberKnob(
    'CLOCK_TOLERANCE_SECONDS',
    30,
    0,
    600,
    'How many seconds the clock of whoever issues access tokens may be from the clock here.',
  ),
  jwksTimeoutMs: numberKnob(
    'JWKS_TIMEOUT_MS',
    3000,
    50,
    60_000,
    'How many milliseconds the keys at JWKS_URL may take to come before requests with a token are answered with 503.',
  ),
  drainTimeoutMs: numberKnob(
    'DRAIN_TIMEOUT_MS',
    10_000,
    0,
    300_000,
    'How many milliseconds requests that are under way have left when the gateway is told to stop.',
  ),
  pushPrivateTargets: {
    name: 'PUSH_PRIVATE_TARGETS',
    default: 'false',
    meaning:
      'Whether feeds and webhooks may be pushed to private networks and to this machine, for trying it out; never in production.',
    expected: 'true or false',
    schema: z.enum(['true', 'false']),
  },
} satisfies Record<string, Knob<unknown>>;

/** All settings, for README and the test that holds it in step. */
export const settingsTable: readonly SettingRow[] = Object.values(knobs).map(
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
  const problems: string[] = [];
  function read<Value>(knob: Knob<Value>): Value | undefined {
    const text = env[knob.name]?.trim() || knob.default;
    if (text === '') return undefined;
    const result = knob.schema.safeParse(text);
    if (result.success) return result.data;
    problems.push(
      `Expected ${knob.name} to be ${knob.expected}, but got: ${knob.isSecret ? 'another one' : shown(text)}.`,
    );
    return undefined;
  }
  /** The value of a knob that has a default: missing only where a problem was noted, and then nothing starts. */
  const readPreset = <Value>(knob: Knob<Value>): Value => read(knob) as Value;

  const isProduction = readPreset(knobs.nodeEnv) === 'production';
  const introspection = read(knobs.introspection);
  const settings: Settings = {
    port: readPreset(knobs.port),
    host: readPreset(knobs.host),
    publicUrl: read(knobs.publicUrl),
    isProduction,
    logLevel: readPreset(knobs.logLevel),
    supergraph: read(knobs.supergraph),
    operations: read(knobs.operations),
    freeForm: read(knobs.freeForm),
    supergraphPollMs: readPreset(knobs.supergraphPollMs),
    corsOrigins: read(knobs.corsOrigins) ?? [],
    redisUrl: read(knobs.redisUrl),
    publicQuota: readPreset(knobs.publicQuota),
    partnerQuota: readPreset(knobs.partnerQuota),
    trustProxy: read(knobs.trustProxy),
    addressSalt: read(knobs.addressSalt),
    allowsIntrospection: introspection === undefined ? !isProduction : introspection === 'true',
    maxBodyBytes: readPreset(knobs.maxBodyBytes),
    maxTokens: readPreset(knobs.maxTokens),
    maxNesting: readPreset(knobs.maxNesting),
    maxSelections: readPreset(knobs.maxSelections),
    maxRootFields: readPreset(knobs.maxRootFields),
    maxObjects: readPreset(knobs.maxObjects),
    planTimeoutMs: readPreset(knobs.planTimeoutMs),
    maxPlanPaths: readPreset(knobs.maxPlanPaths),
    subgraphTimeoutMs: readPreset(knobs.subgraphTimeoutMs),
    maxAnswerBytes: readPreset(knobs.maxAnswerBytes),
    headerRules: read(knobs.propagateHeaders) ?? [],
    issuer: issuerOf(read(knobs.jwksUrl), read(knobs.jwtIssuer), read(knobs.jwtAudience)),
    tokenAlgorithms: readPreset(knobs.jwtAlgorithms),
    clockToleranceSeconds: readPreset(knobs.clockToleranceSeconds),
    jwksTimeoutMs: readPreset(knobs.jwksTimeoutMs),
    drainTimeoutMs: readPreset(knobs.drainTimeoutMs),
    allowsPrivateTargets: readPreset(knobs.pushPrivateTargets) === 'true',
  };
  if (isProduction && settings.allowsPrivateTargets)
    problems.push('Expected PUSH_PRIVATE_TARGETS to be false in production, but got: true.');
  const problem = checkIssuer(env);
  if (problem) problems.push(problem);
  if (problems.length > 0) throw new SettingsError(problems);
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

/** One of the three without the others would check too little of a token, or nothing. */
function checkIssuer(env: Environment): string | undefined {
  const names = [knobs.jwksUrl, knobs.jwtIssuer, knobs.jwtAudience].map(({ name }) => name);
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

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isNetwork(text: string): boolean {
  if (text === 'loopback' || text === 'linklocal' || text === 'uniquelocal') return true;
  return isIP(text) !== 0 || (text.includes('/') && ipaddr.isValidCIDR(text));
}

/** As an error may show it: cut where it is long, and without the password of a URL. */
function shown(text: string): string {
  const safe = text.replace(/\/\/[^/]*@/, '//***@');
  return safe.length > 100 ? `${safe.slice(0, 100)}…` : safe;
}
