/** The settingDefinitions of the gateway: each setting's name, default, reason, and what it has to be. settings.ts reads them. */
import { z } from 'zod';
import { type LimitName, limits } from './operationLimits.ts';
import {
  algorithmList,
  headerRules,
  isWebAddress,
  originList,
  proxies,
  secretList,
  signing,
  webAddress,
  wholeNumber,
} from './settingValues.ts';

/** One row for each setting, for docs/settings.md. A default of "" means that it is not set. */
export interface SettingRow {
  name: string;
  default: string;
  meaning: string;
}

export interface SettingDefinition<Value> extends SettingRow {
  /** Ends the sentence "Expected NAME to be ...". */
  expected: string;
  schema: z.ZodType<Value, string>;
  /** Whether an error may not show what came. */
  isSecret?: boolean;
}

function numberSetting(name: string, preset: number, least: number, most: number, meaning: string) {
  const expected = `a whole number from ${least} to ${most}`;
  return { name, default: String(preset), meaning, expected, schema: wholeNumber(least, most) };
}

const megabyte = 1024 * 1024;

const limitSettings = Object.fromEntries(
  Object.entries(limits).map(([name, { setting, preset, least, most, meaning }]) => [
    name,
    numberSetting(setting, preset, least, most, meaning),
  ]),
) as unknown as Record<LimitName, SettingDefinition<number>>;

export const settingDefinitions = {
  port: numberSetting('PORT', 4000, 0, 65_535, 'The port of the gateway; 0 takes any free one.'),
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    meaning:
      'The address listened on: this machine only, unless set. 0.0.0.0 is every network of the machine.',
    expected: 'a host name or an IP address',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  },
  publicationName: {
    name: 'PUBLICATION_NAME',
    default: 'Dateline',
    meaning:
      'What the publication is called, exactly as Google News has it: in the masthead, feeds, the news sitemap, embeds and what machines read.',
    expected: 'a name of 100 characters or less',
    schema: z.string().max(100),
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
      'In production introspection and EXPLORER are off, suggestions of schema names are hidden and only CORS_ORIGINS may call.',
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
  supergraphPollMs: numberSetting(
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
  publicQuota: numberSetting(
    'PUBLIC_QUOTA',
    0,
    0,
    1_000_000_000,
    'What callers without a key may spend in a minute, by address, in points of cost ([docs/demand.md](docs/demand.md)); 0 is without end. 100000 is some hundreds of pages.',
  ),
  partnerQuota: numberSetting(
    'PARTNER_QUOTA',
    600_000,
    1,
    1_000_000_000,
    'What a partner may spend in a minute, in points of cost, who has no quota of their own ([docs/partners.md](docs/partners.md)).',
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
  explorer: {
    name: 'EXPLORER',
    default: '',
    meaning:
      'Whether browsers get Apollo Sandbox at /graphql and GraphiQL at /graphiql: "true" outside production and "false" in it, unless set.',
    expected: 'true or false',
    schema: z.enum(['true', 'false']),
  },
  statusCodes: {
    name: 'STATUS_CODES',
    default: 'draft',
    meaning:
      'The HTTP status of errors at /graphql ([docs/errors.md](docs/errors.md)): "draft" and "2026" are two editions of GraphQL over HTTP, "apollo" is what Apollo Server does.',
    expected: 'draft, 2026 or apollo',
    schema: z.enum(['draft', '2026', 'apollo']),
  },
  maxBodyBytes: numberSetting(
    'MAX_BODY_BYTES',
    megabyte / 2,
    1024,
    64 * megabyte,
    'The largest request body; room for a long story, none for a flood.',
  ),
  ...limitSettings,
  listSize: numberSetting(
    'LIST_SIZE',
    10,
    0,
    100_000,
    'How long a list is taken to be, where an operation is given its cost, of which neither the operation nor `@listSize` says how long it is.',
  ),
  requiresSlicing: {
    name: 'REQUIRE_SLICING_ARGUMENTS',
    default: 'false',
    meaning:
      'Whether an operation is refused that does not give exactly one slicing argument where `@listSize` requires it ([docs/demand.md](docs/demand.md)); otherwise the length is assumed.',
    expected: 'true or false',
    schema: z.enum(['true', 'false']),
  },
  planTimeoutMs: numberSetting(
    'PLAN_TIMEOUT_MS',
    700,
    50,
    60_000,
    'How many milliseconds planning a new operation may take before it is refused: 2,000 fields of 50 subgraphs take about 400.',
  ),
  maxPlanPaths: numberSetting(
    'MAX_PLAN_PATHS',
    2000,
    1,
    100_000,
    'The most ways through the subgraphs to one field that are looked at before its operation is refused.',
  ),
  operationCacheBytes: numberSetting(
    'OPERATION_CACHE_BYTES',
    32 * megabyte,
    megabyte,
    16 * 1024 * megabyte,
    'The memory for parsed operations and their plans, about: an article page takes about 300,000. A plan that was dropped is compiled again from its text, of which some thousands are kept.',
  ),
  subgraphTimeoutMs: numberSetting(
    'SUBGRAPH_TIMEOUT_MS',
    10_000,
    50,
    300_000,
    'How many milliseconds one call to a subgraph may take before its part of the answer is null.',
  ),
  maxAnswerBytes: numberSetting(
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
  gatewaySecret: {
    name: 'GATEWAY_SECRET',
    default: '',
    meaning:
      'Signs what the gateway tells subgraphs of its callers ([docs/trust.md](docs/trust.md)): 32 characters or more, the same on both sides. Two with a comma between while it is replaced: the first signs, both hold. In production the newsroom and each subgraph need it.',
    expected: 'one secret of 32 characters or more, or two with a comma between',
    schema: secretList,
    isSecret: true,
  },
  jwksUrl: {
    name: 'JWKS_URL',
    default: '',
    meaning:
      'Where the public keys are of the issuer whose access tokens are taken ([docs/auth.md](docs/auth.md)); JWT_ISSUER and JWT_AUDIENCE go with it. Unless set a gateway alone takes none, and the newsroom its own alone.',
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
  clockToleranceSeconds: numberSetting(
    'CLOCK_TOLERANCE_SECONDS',
    30,
    0,
    600,
    'How many seconds the clock of whoever issues access tokens may be from the clock here.',
  ),
  jwksTimeoutMs: numberSetting(
    'JWKS_TIMEOUT_MS',
    3000,
    50,
    60_000,
    'How many milliseconds the keys at JWKS_URL may take to come before requests with a token are answered with 503.',
  ),
  drainTimeoutMs: numberSetting(
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
} satisfies Record<string, SettingDefinition<unknown>>;
