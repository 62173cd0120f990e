/** The definitions of the gateway's settings: name, default, meaning and accepted values. settings.ts reads the values. */
import { z } from 'zod';
import { numberSetting, type SettingDefinition } from '../kit/settings.ts';
import { trueOrFalse, urlOf } from '../kit/settingValues.ts';
import { sharedSettings } from '../kit/sharedSettings.ts';
import { type LimitName, limits } from './operationLimits.ts';
import { algorithmList, fileList, headerRules, originList, proxies, signing } from './settingValues.ts';

const megabyte = 1024 * 1024;

const limitSettings = Object.fromEntries(
  Object.entries(limits).map(([name, { setting, preset, least, most, meaning }]) => [
    name,
    numberSetting(setting, preset, least, most, meaning),
  ]),
) as unknown as Record<LimitName, SettingDefinition<number>>;

export const settingDefinitions = {
  port: numberSetting('PORT', 4000, 0, 65_535, 'Port of the gateway; 0 selects any free port.'),
  ...sharedSettings,
  supergraph: {
    name: 'SUPERGRAPH',
    default: '',
    meaning: 'File or http(s) URL of the composed supergraph schema.',
    expected: 'a file or a URL',
    schema: z.string(),
  },
  operations: {
    name: 'OPERATIONS',
    default: '',
    meaning:
      "Comma-separated files of stored operations in the format of Apollo's persisted query manifest, and folders of such files ([docs/clients.md](docs/clients.md)); the newsroom adds them to its own list.",
    expected: 'a list of at most 100 files and folders with commas between',
    schema: fileList,
  },
  freeForm: {
    name: 'FREE_FORM_OPERATIONS',
    default: '',
    meaning:
      'Who may send operations that are not stored: "everyone", "developers" (partners with a developer key) or "nobody"; defaults to "nobody" in production if there are stored operations, else to "everyone".',
    expected: 'everyone, developers or nobody',
    schema: z.enum(['everyone', 'developers', 'nobody']),
  },
  supergraphPollMs: numberSetting(
    'SUPERGRAPH_POLL_MS',
    10_000,
    100,
    86_400_000,
    'Interval between checks for a new supergraph, in milliseconds; a changed file is also detected at once.',
  ),
  corsOrigins: {
    name: 'CORS_ORIGINS',
    default: '',
    meaning:
      'Comma-separated origins that may call the gateway from a browser; outside production Apollo Sandbox and localhost may too.',
    expected: 'a list of origins such as https://news.example, with commas between',
    schema: originList,
  },
  redisUrl: {
    name: 'REDIS_URL',
    default: '',
    meaning:
      'URL of the Redis in which all replicas count quotas together; without it, or while it is unreachable, each replica counts in memory.',
    expected: 'a URL that starts with redis:// or rediss://',
    schema: urlOf('redis:', 'rediss:'),
  },
  publicQuota: numberSetting(
    'PUBLIC_QUOTA',
    0,
    0,
    1_000_000_000,
    'Quota of callers without a key, in points of operation cost per minute and IP address ([docs/demand.md](docs/demand.md)); 0 is unlimited.',
  ),
  trustProxy: {
    name: 'TRUST_PROXY',
    default: '',
    meaning:
      'Comma-separated proxies whose X-Forwarded-For header is trusted: IP addresses, networks, "loopback" or "uniquelocal"; none by default.',
    expected: 'addresses or networks such as 10.0.0.0/8, loopback or uniquelocal, with commas between',
    schema: proxies,
  },
  addressSalt: {
    name: 'ADDRESS_SALT',
    default: '',
    meaning:
      'Salt for hashing the IP addresses that quotas are counted by, at least 16 characters and the same on all replicas; random for each process by default.',
    expected: 'a text of 16 characters or more',
    schema: z.string().min(16),
    isSecret: true,
  },
  introspection: {
    name: 'INTROSPECTION',
    default: '',
    meaning: 'Whether introspection queries are allowed; defaults to "false" in production, else to "true".',
    expected: 'true or false',
    schema: trueOrFalse,
  },
  explorer: {
    name: 'EXPLORER',
    default: '',
    meaning:
      'Whether Apollo Sandbox is served at /graphql and GraphiQL at /graphiql; defaults to "false" in production, else to "true".',
    expected: 'true or false',
    schema: trueOrFalse,
  },
  statusCodes: {
    name: 'STATUS_CODES',
    default: 'draft',
    meaning:
      'HTTP status codes of errors at /graphql ([docs/errors.md](docs/errors.md)): those of GraphQL over HTTP as a "draft" or in its "2026" edition, or those of Apollo Server ("apollo").',
    expected: 'draft, 2026 or apollo',
    schema: z.enum(['draft', '2026', 'apollo']),
  },
  maxBodyBytes: numberSetting(
    'MAX_BODY_BYTES',
    megabyte / 2,
    1024,
    64 * megabyte,
    'Maximum size of a request body after decompression, in bytes.',
  ),
  ...limitSettings,
  listSize: numberSetting(
    'LIST_SIZE',
    10,
    0,
    100_000,
    'Assumed length of lists whose length neither the operation nor `@listSize` gives, for the cost estimate.',
  ),
  requiresSlicing: {
    name: 'REQUIRE_SLICING_ARGUMENTS',
    default: 'false',
    meaning:
      'Whether to reject operations without exactly one slicing argument where `@listSize` requires one ([docs/demand.md](docs/demand.md)); if "false", the length is assumed.',
    expected: 'true or false',
    schema: trueOrFalse,
  },
  planTimeoutMs: numberSetting(
    'PLAN_TIMEOUT_MS',
    700,
    50,
    60_000,
    'Timeout for planning a new operation, in milliseconds; operations that take longer are rejected.',
  ),
  maxPlanPaths: numberSetting(
    'MAX_PLAN_PATHS',
    2000,
    1,
    100_000,
    'Maximum paths through the subgraphs to one field that the query planner considers; operations with more are rejected.',
  ),
  operationCacheBytes: numberSetting(
    'OPERATION_CACHE_BYTES',
    32 * megabyte,
    megabyte,
    16 * 1024 * megabyte,
    'Approximate memory for parsed operations and compiled query plans, in bytes.',
  ),
  subgraphTimeoutMs: numberSetting(
    'SUBGRAPH_TIMEOUT_MS',
    10_000,
    50,
    300_000,
    'Timeout of one subgraph request, in milliseconds; its fields then resolve to null with an error.',
  ),
  maxAnswerBytes: numberSetting(
    'MAX_ANSWER_BYTES',
    16 * megabyte,
    1024,
    512 * megabyte,
    'Maximum size of one subgraph response, in bytes.',
  ),
  propagateHeaders: {
    name: 'PROPAGATE_HEADERS',
    default: '',
    meaning:
      'Request headers that are forwarded to subgraphs: comma-separated names, or rules as JSON ([docs/headers.md](docs/headers.md)); x-request-id is always sent, authorization and cookie only if listed.',
    expected:
      'names of headers with commas between, or a JSON list of rules, and none that belongs to one connection or body',
    schema: headerRules,
  },
  jwksUrl: {
    name: 'JWKS_URL',
    default: '',
    meaning:
      'URL of the JSON Web Key Set that verifies access tokens of another issuer, together with JWT_ISSUER and JWT_AUDIENCE ([docs/auth.md](docs/auth.md)); without it the gateway accepts no access tokens, and the newsroom only its own.',
    expected: 'an http or https URL',
    schema: urlOf('http:', 'https:'),
  },
  jwtIssuer: {
    name: 'JWT_ISSUER',
    default: '',
    meaning: 'Required "iss" claim of access tokens.',
    expected: 'a text of at most 500 characters',
    schema: z.string().max(500),
  },
  jwtAudience: {
    name: 'JWT_AUDIENCE',
    default: '',
    meaning: 'Required "aud" claim of access tokens.',
    expected: 'a text of at most 500 characters',
    schema: z.string().max(500),
  },
  jwtAlgorithms: {
    name: 'JWT_ALGORITHMS',
    default: 'EdDSA,ES256,RS256,PS256',
    meaning:
      'Comma-separated signature algorithms accepted in access tokens; algorithms with a shared secret are never accepted.',
    expected: `a list of algorithms with commas between, all among ${signing.join(', ')}`,
    schema: algorithmList,
  },
  clockToleranceSeconds: numberSetting(
    'CLOCK_TOLERANCE_SECONDS',
    30,
    0,
    600,
    'Tolerated clock difference to the issuer of access tokens, in seconds.',
  ),
  jwksTimeoutMs: numberSetting(
    'JWKS_TIMEOUT_MS',
    3000,
    50,
    60_000,
    'Timeout for fetching JWKS_URL, in milliseconds; requests whose token cannot be verified then fail with status 503.',
  ),
  slowOperationMs: numberSetting(
    'SLOW_OPERATION_MS',
    1000,
    0,
    600_000,
    'Operations that take at least this long are logged as warnings with their subgraph calls, in milliseconds; 0 logs none.',
  ),
  drainTimeoutMs: numberSetting(
    'DRAIN_TIMEOUT_MS',
    10_000,
    0,
    300_000,
    'Time that requests in progress have to finish when the gateway stops, in milliseconds.',
  ),
} satisfies Record<string, SettingDefinition<unknown>>;
