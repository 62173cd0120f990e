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
    meaning: 'Address to listen on.',
  },
  DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: 'the embedded database',
    meaning: 'URL of the PostgreSQL database of all four subgraphs, each in its own schema.',
  },
  ARTICLES_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'URL of the PostgreSQL database of Articles.',
  },
  AUTHORS_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'URL of the PostgreSQL database of Authors.',
  },
  MEDIA_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'URL of the PostgreSQL database of Media.',
  },
  MEMBERSHIP_DATABASE_URL: {
    rule: databaseUrl.optional(),
    default: '`DATABASE_URL`',
    meaning: 'URL of the PostgreSQL database of Membership.',
  },
  DATABASE_POOL: {
    rule: z.coerce
      .number({ error: 'to be a whole number from 1 to 100' })
      .int()
      .min(1)
      .max(100, { error: 'to be a whole number from 1 to 100' })
      .default(10),
    default: '10',
    meaning: 'Maximum connections of one process to one PostgreSQL database.',
  },
  DATABASE_SHARE: {
    rule: z.coerce
      .number({ error: 'to be a whole number from 1 to 100' })
      .int()
      .min(1)
      .max(100, { error: 'to be a whole number from 1 to 100' })
      .default(3),
    default: '3',
    meaning: 'Maximum PostgreSQL connections that one operation uses at the same time.',
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
      'Timeout of one PostgreSQL query, in milliseconds; the field then resolves to null with an error. It does not apply to the embedded database.',
  },
  DATA_DIR: {
    rule: z
      .string()
      .min(1, { error: 'to be a folder' })
      .default('.data')
      .transform((path) => resolve(path)),
    default: '.data',
    meaning:
      'Folder of the embedded database and image files; also of e-mails without SMTP_URL, and of the token secret outside production.',
  },
  PUBLIC_URL: {
    rule: webUrl.default('http://localhost:4000'),
    default: '`http://localhost:` and the port',
    meaning: 'Public base URL of the site, used in canonical URLs.',
  },
  MEDIA_URL: {
    rule: webUrl.optional(),
    default: '`PUBLIC_URL` and `/media`',
    meaning: 'Public base URL of the image files that Media serves.',
  },
  IMAGE_URL_TEMPLATE: {
    rule: z
      .string()
      .refine((text) => text.includes('{id}') || text.includes('{origin}'), {
        error: 'to contain {id} or {origin}, and optionally {width}, {height} and {format}',
      })
      .optional(),
    default: 'Media serves the images',
    meaning:
      'URL template of images on an image CDN, with the placeholders {id} or {origin}, {width}, {height}, {format}, {focalX} and {focalY}.',
  },
  GATEWAY_SECRET: {
    rule: secretList.optional(),
    default: 'nothing',
    meaning: 'Secret shared with the gateway that verifies the identity of callers, at least 32 characters.',
  },
  TOKEN_SECRET: {
    rule: secretList.optional(),
    default: '`GATEWAY_SECRET`; outside production a secret in `DATA_DIR`',
    meaning:
      'Secret from which the signing keys of access tokens are derived, at least 32 characters ([docs/trust.md](docs/trust.md)). During rotation two, comma-separated: the first signs, both verify.',
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
    meaning: 'Language (BCP 47 tag) of stories from imports and Ghost that do not state one.',
  },
  WEBHOOK_SECRET: {
    rule: secretList.optional(),
    default: '`/webhooks/ghost` rejects every request',
    meaning:
      'Secret that Ghost signs its webhooks with, at least 32 characters ([docs/webhooks.md](docs/webhooks.md)). During rotation two, comma-separated.',
  },
  STRIPE_WEBHOOK_SECRET: {
    rule: secretList.optional(),
    default: '`WEBHOOK_SECRET`',
    meaning:
      'Signing secret of the Stripe webhook endpoint, from its dashboard (`whsec_...`). During rotation two, comma-separated.',
  },
  SMTP_URL: {
    rule: url(['smtp:', 'smtps:'], 'a URL that starts with smtp:// or smtps://').optional(),
    default: 'e-mails are written to `mail` in `DATA_DIR`',
    meaning:
      'URL of the SMTP server for the e-mails of Membership, with user and password if required ([docs/members.md](docs/members.md)).',
  },
  MAIL_FROM: {
    rule: z
      .string()
      .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, { error: 'to be an e-mail address' })
      .optional(),
    default: '`no-reply@` and the host of `PUBLIC_URL`',
    meaning: 'Sender address of e-mails.',
  },
  NODE_ENV: {
    rule: z.string().default('development'),
    default: 'development',
    meaning: '`production` requires secrets and turns off the tools for developers.',
  },
  LOG_LEVEL: {
    rule: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'to be fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
    default: 'info',
    meaning: 'Minimum level of log lines.',
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
  /** Secrets that Ghost signs its webhooks with; empty: its webhooks are rejected. */
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

/** The rows of the settings table in the docs. */
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
  name.endsWith('_SECRET') ? '[redacted]' : (text?.replace(/\/\/.*@/, '//***@') ?? 'nothing');

/** In production, throws if no gateway secret is set. */
export function requireSecret({ isProduction, gatewaySecrets }: SubgraphSettings): void {
  if (isProduction && gatewaySecrets.length === 0)
    throw new StartError('Expected GATEWAY_SECRET to be set in production, but got: nothing.');
}
