/** The settings of the subgraphs, with defaults and reasons. Only this file reads process.env in this folder. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from './errors.ts';

export const subgraphNames = ['articles', 'authors', 'media', 'membership'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** The port of each subgraph when it is served alone, as in rover.yaml. */
export const subgraphPorts: Record<SubgraphName, number> = {
  articles: 4001,
  authors: 4002,
  media: 4003,
  membership: 4004,
};

const url = (protocols: string[], expected: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `to be ${expected}`,
  });
const databaseUrl = url(['postgres:', 'postgresql:'], 'a URL that starts with postgres://');
const webUrl = url(['http:', 'https:'], 'an http or https URL').transform((text) => text.replace(/\/+$/, ''));

const secretList = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .refine((secrets) => secrets.length <= 2 && secrets.every((secret) => secret.length >= 32), {
    error: 'to be one secret of 32 characters or more, or two with a comma between',
  });

function canonicalLanguage(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

/** Every setting: its environment variable, its schema, its default as text and its reason. */
const rules = {
  HOST: {
    rule: z.string().min(1, { error: 'to be a host name or an address' }).default('127.0.0.1'),
    default: '127.0.0.1',
    meaning: 'The address to listen at.',
  },
  DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: 'the embedded database',
    meaning: 'PostgreSQL for all four subgraphs, each in a schema of its own.',
  },
  ARTICLES_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'PostgreSQL for Articles alone.',
  },
  AUTHORS_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'PostgreSQL for Authors alone.',
  },
  MEDIA_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'PostgreSQL for Media alone.',
  },
  MEMBERSHIP_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'PostgreSQL for Membership alone.',
  },
  DATABASE_POOL: {
    rule: z.coerce
      .number({ error: 'to be a whole number from 1 to 100' })
      .int()
      .min(1)
      .max(100, { error: 'to be a whole number from 1 to 100' })
      .default(10),
    default: '10',
    meaning: 'Connections that one process keeps to one PostgreSQL.',
  },
  DATABASE_SHARE: {
    rule: z.coerce
      .number({ error: 'to be a whole number from 1 to 100' })
      .int()
      .min(1)
      .max(100, { error: 'to be a whole number from 1 to 100' })
      .default(3),
    default: '3',
    meaning:
      'Connections to PostgreSQL that one operation holds at most, so that others get theirs; what it asks beyond that waits for its own. In the embedded database operations take turns.',
  },
  READ_TIMEOUT_MS: {
    rule: z.coerce
      .number({ error: 'to be a whole number from 50 to 60000' })
      .int()
      .min(50)
      .max(60_000, { error: 'to be a whole number from 50 to 60000' })
      .default(2000),
    default: '2000',
    meaning:
      'How many milliseconds PostgreSQL may take to answer one question; then the field is null with an error. The embedded database cannot be stopped.',
  },
  DATA_DIR: {
    rule: z
      .string()
      .min(1, { error: 'to be a folder' })
      .default('.data')
      .transform((path) => resolve(path)),
    default: '.data',
    meaning:
      'The folder of the embedded database, of the picture files, and, where they have no other place, of mails and the secret of access tokens.',
  },
  PUBLIC_URL: {
    rule: webUrl.default('http://localhost:4000'),
    default: '`http://localhost:` and the port',
    meaning: 'Where readers find the site; canonical addresses start with it.',
  },
  MEDIA_URL: {
    rule: webUrl.optional(),
    default: '`PUBLIC_URL` and `/media`',
    meaning: 'Where readers find the picture files that Media serves.',
  },
  IMAGE_URL_TEMPLATE: {
    rule: z
      .string()
      .refine((text) => text.includes('{id}') || text.includes('{origin}'), {
        error: 'to hold {id} or {origin}, and to its liking {width}, {height} and {format}',
      })
      .optional(),
    default: 'pictures are served by Media',
    meaning:
      "The address of a picture at the newsroom's image CDN: {id} or {origin}, {width}, {height}, {format}, {focalX}, {focalY}.",
  },
  GATEWAY_SECRET: {
    rule: secretList.optional(),
    default: 'nobody is taken for the gateway',
    meaning: 'As the gateway tells it.',
  },
  TOKEN_SECRET: {
    rule: secretList.optional(),
    default: '`GATEWAY_SECRET`; outside production one of the data folder',
    meaning:
      'The keys that sign access tokens are made of it, another every 30 days ([docs/trust.md](docs/trust.md)): 32 characters or more. Two with a comma between while it is replaced: the first signs, both hold.',
  },
  CONTENT_LANGUAGE: {
    rule: z
      .string()
      .refine((text) => /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(text) && canonicalLanguage(text), {
        error: 'to be a BCP 47 tag such as uk or pt-BR',
      })
      .transform(canonicalLanguage)
      .optional(),
    default: 'en',
    meaning: 'The language of stories that come in and tell none, by import or from Ghost.',
  },
  WEBHOOK_SECRET: {
    rule: secretList.optional(),
    default: 'nothing is taken at `/webhooks/ghost`',
    meaning:
      'What Ghost signs its webhooks with ([docs/webhooks.md](docs/webhooks.md)): 32 characters or more. Two with a comma between while it is replaced.',
  },
  STRIPE_WEBHOOK_SECRET: {
    rule: secretList.optional(),
    default: '`WEBHOOK_SECRET`',
    meaning:
      'What Stripe signs its webhooks with, as its dashboard shows it (`whsec_...`). Two with a comma between while it is replaced.',
  },
  SMTP_URL: {
    rule: url(['smtp:', 'smtps:'], 'a URL that starts with smtp:// or smtps://').optional(),
    default: 'mails are written to `mail` in `DATA_DIR`',
    meaning:
      'The mail server that takes the mails of Membership ([docs/members.md](docs/members.md)), with user and password where it asks for them.',
  },
  MAIL_FROM: {
    rule: z
      .string()
      .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, { error: 'to be an e-mail address' })
      .optional(),
    default: '`no-reply@` and the host of `PUBLIC_URL`',
    meaning: 'The address that mails come from.',
  },
  NODE_ENV: {
    rule: z.string().default('development'),
    default: 'development',
    meaning: '`production` turns off what only helps developers.',
  },
  LOG_LEVEL: {
    rule: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'to be fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
    default: 'info',
    meaning: 'How much is logged.',
  },
} as const;

type Rules = typeof rules;
type Values = { [Name in keyof Rules]: z.infer<Rules[Name]['rule']> };

export interface SubgraphSettings {
  host: string;
  dataDir: string;
  publicUrl: string;
  mediaUrl: string;
  imageUrlTemplate: string | undefined;
  isProduction: boolean;
  logLevel: Values['LOG_LEVEL'];
  databasePool: number;
  /** The maximum number of connections that one operation holds. */
  databaseShare: number;
  readTimeoutMs: number;
  /** The secrets that sign the gateway's calls; without one, no caller counts as the gateway. */
  gatewaySecrets: readonly string[];
  /**
   * The secrets that access token keys are derived from; if empty, a secret in the data folder is used outside
   * production.
   */
  tokenSecrets: readonly string[];
  /** BCP 47; the language of imported stories that name none. */
  contentLanguage: string | undefined;
  webhookSecrets: readonly string[];
  /** The secrets that sign Stripe's webhooks; if empty, the webhook is off. */
  stripeWebhookSecrets: readonly string[];
  /** The mail server; undefined writes mails to the data folder. */
  smtpUrl: string | undefined;
  /** The sender address of mails. */
  mailFrom: string;
  /** The PostgreSQL URL for tables outside the subgraphs; undefined for the embedded database. */
  databaseUrl: string | undefined;
  /** The PostgreSQL URL of each subgraph; undefined for the embedded database. */
  databaseUrls: Record<SubgraphName, string | undefined>;
}

/** The settings as a table, for docs/settings.md. */
export const settingsTable = Object.entries(rules).map(([name, { default: usual, meaning }]) => ({
  name,
  default: usual,
  meaning,
}));

/**
 * Reads the settings from an environment. Throws one error that lists every invalid setting. An empty text counts as
 * not set.
 */
export function readSubgraphSettings(env: NodeJS.ProcessEnv = process.env): SubgraphSettings {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { rule }] of Object.entries(rules)) {
    const text = env[name] || undefined;
    const result = rule.safeParse(text);
    if (result.success) values[name] = result.data;
    else
      problems.push(
        `Expected ${name} ${result.error.issues[0]?.message}, but got: ${printableValue(name, text)}.`,
      );
  }
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return settingsOf(values as Values);
}

function settingsOf(values: Values): SubgraphSettings {
  return {
    host: values.HOST,
    dataDir: values.DATA_DIR,
    publicUrl: values.PUBLIC_URL,
    mediaUrl: values.MEDIA_URL ?? `${values.PUBLIC_URL}/media`,
    imageUrlTemplate: values.IMAGE_URL_TEMPLATE,
    isProduction: values.NODE_ENV === 'production',
    logLevel: values.LOG_LEVEL,
    databasePool: values.DATABASE_POOL,
    databaseShare: values.DATABASE_SHARE,
    readTimeoutMs: values.READ_TIMEOUT_MS,
    gatewaySecrets: values.GATEWAY_SECRET ?? [],
    tokenSecrets: values.TOKEN_SECRET ?? values.GATEWAY_SECRET ?? [],
    contentLanguage: values.CONTENT_LANGUAGE,
    webhookSecrets: values.WEBHOOK_SECRET ?? [],
    stripeWebhookSecrets: values.STRIPE_WEBHOOK_SECRET ?? values.WEBHOOK_SECRET ?? [],
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? `no-reply@${new URL(values.PUBLIC_URL).hostname}`,
    databaseUrl: values.DATABASE_URL,
    databaseUrls: {
      articles: values.ARTICLES_DATABASE_URL ?? values.DATABASE_URL,
      authors: values.AUTHORS_DATABASE_URL ?? values.DATABASE_URL,
      media: values.MEDIA_DATABASE_URL ?? values.DATABASE_URL,
      membership: values.MEMBERSHIP_DATABASE_URL ?? values.DATABASE_URL,
    },
  };
}

/** A value as an error may show it: without secrets and without passwords in URLs. */
const printableValue = (name: string, text: string | undefined) =>
  name.endsWith('_SECRET') ? 'another one' : (text?.replace(/\/\/.*@/, '//***@') ?? 'nothing');

/** In production, throws if no gateway secret is set. */
export function requireSecret({ isProduction, gatewaySecrets }: SubgraphSettings): void {
  if (isProduction && gatewaySecrets.length === 0)
    throw new StartError('Expected GATEWAY_SECRET to be set in production, but got: nothing.');
}
