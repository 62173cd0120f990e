/** The text of docs/settings.md: every setting of the gateway and of the subgraphs, grouped by topic. */
import { settingsTable as gatewaySettings } from '../gateway/settings.ts';
import { settingsTable as partnerSettings } from '../partners/settings.ts';
import { settingsTable as subgraphSettings } from '../subgraphs/settings.ts';
import type { SchemaFile } from './compose.ts';

const file = 'docs/settings.md';

/** The topics in the order of the page, each with its settings in the order of its table. */
const topics: Record<string, readonly string[]> = {
  'Addresses and processes': [
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'NODE_ENV',
    'LOG_LEVEL',
    'SLOW_OPERATION_MS',
    'TRUST_PROXY',
    'CORS_ORIGINS',
    'DRAIN_TIMEOUT_MS',
    'OPS_PORT',
    'OPS_HOST',
  ],
  'Data and files': [
    'DATABASE_URL',
    'ARTICLES_DATABASE_URL',
    'AUTHORS_DATABASE_URL',
    'MEDIA_DATABASE_URL',
    'MEMBERSHIP_DATABASE_URL',
    'DATABASE_POOL',
    'DATABASE_SHARE',
    'READ_TIMEOUT_MS',
    'DATA_DIR',
    'MEDIA_URL',
    'IMAGE_URL_TEMPLATE',
  ],
  'The supergraph and calls to subgraphs': [
    'SUPERGRAPH',
    'SUPERGRAPH_POLL_MS',
    'SUBGRAPH_TIMEOUT_MS',
    'MAX_ANSWER_BYTES',
    'PROPAGATE_HEADERS',
  ],
  'Operations and responses': [
    'OPERATIONS',
    'FREE_FORM_OPERATIONS',
    'INTROSPECTION',
    'EXPLORER',
    'STATUS_CODES',
  ],
  'Limits of one operation': [
    'MAX_BODY_BYTES',
    'MAX_TOKENS',
    'MAX_NESTING',
    'MAX_DIRECTIVES',
    'MAX_SELECTIONS',
    'MAX_DEPTH',
    'MAX_ALIASES',
    'MAX_ROOT_FIELDS',
    'MAX_COST',
    'LIST_SIZE',
    'REQUIRE_SLICING_ARGUMENTS',
    'PLAN_TIMEOUT_MS',
    'MAX_PLAN_PATHS',
    'MAX_RESPONSE_BYTES',
    'OPERATION_CACHE_BYTES',
  ],
  Quotas: ['PUBLIC_QUOTA', 'PARTNER_QUOTA', 'REDIS_URL', 'ADDRESS_SALT'],
  'Access tokens and secrets': [
    'GATEWAY_SECRET',
    'TOKEN_SECRET',
    'JWKS_URL',
    'JWT_ISSUER',
    'JWT_AUDIENCE',
    'JWT_ALGORITHMS',
    'CLOCK_TOLERANCE_SECONDS',
    'JWKS_TIMEOUT_MS',
  ],
  'The publication': [
    'PUBLICATION_NAME',
    'CONTENT_LANGUAGE',
    'SMTP_URL',
    'MAIL_FROM',
    'WEBHOOK_SECRET',
    'STRIPE_WEBHOOK_SECRET',
    'PUSH_PRIVATE_TARGETS',
  ],
};

const preface = `<!-- Written by "npm run schema" from gateway/settingDefinitions.ts, gateway/operationLimits.ts, partners/settings.ts and subgraphs/settings.ts. -->

# Settings

Settings are environment variables. A file \`.env\` in the working directory is read too; the environment takes precedence. An
empty value counts as not set. Invalid settings stop the start, and the error lists all of them.

\`npm start\` reads every setting. The third column says which of the programs that run alone reads a setting, if any:
\`npm run gateway\` or \`npm run subgraph\`.
`;

/** Throws where a setting has no topic, or a topic names a setting that does not exist. */
export function settingsPage(): SchemaFile {
  // A setting of both is described once, as the gateway describes it.
  const rows = new Map(
    [...subgraphSettings, ...partnerSettings, ...gatewaySettings].map((row) => [row.name, row]),
  );
  checkTopics([...rows.keys()]);
  const sections = Object.entries(topics).map(([topic, names]) => {
    const lines = names.flatMap((name) => {
      const row = rows.get(name);
      return row
        ? `| \`${name}\` | ${row.default || 'not set'} | ${readersOf(name)} | ${fromDocs(row.meaning)} |`
        : [];
    });
    return `\n## ${topic}\n\n| setting | default | read by | meaning |\n|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  return { file, text: preface + sections.join('') };
}

function readersOf(name: string): string {
  const isIn = (table: readonly { name: string }[]) => table.some((row) => row.name === name);
  if (isIn(gatewaySettings)) return isIn(subgraphSettings) ? 'both' : 'gateway';
  return isIn(partnerSettings) ? 'newsroom' : 'subgraph';
}

/** Links of the registers start at the root of the project. */
const fromDocs = (text: string) => text.replaceAll(/\[docs\/([^\]]+)\]\(docs\/([^)]+)\)/g, '[$1]($2)');

function checkTopics(names: readonly string[]): void {
  const listed = Object.values(topics).flat();
  const problems = [
    ...names.filter((name) => !listed.includes(name)).map((name) => `${name} has no topic`),
    ...listed.filter((name) => !names.includes(name)).map((name) => `${name} is not a setting`),
    ...listed.filter((name, place) => listed.indexOf(name) !== place).map((name) => `${name} has two topics`),
  ];
  if (problems.length > 0)
    throw new Error(`Expected schema/settingsPage.ts to list each setting once, but ${problems.join(', ')}.`);
}
