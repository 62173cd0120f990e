/** The settings of the subgraphs, with defaults and reasons. Only this file reads process.env in this folder. */

import { resolve } from 'node:path';
import { z } from 'zod';
import {
  type Environment,
  numberSetting,
  openSettingReader,
  type SettingDefinition,
  settingRows,
} from '../kit/settings.ts';
import { secretList, urlOf, webAddress } from '../kit/settingValues.ts';
import { sharedSettings } from '../kit/sharedSettings.ts';
import { StartError } from '../kit/startError.ts';

export const subgraphNames = ['articles', 'authors', 'media', 'membership'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** The port of each subgraph when it is served alone, as in rover.yaml. */
export const subgraphPorts: Record<SubgraphName, number> = {
  articles: 4001,
  authors: 4002,
  media: 4003,
  membership: 4004,
};

function canonicalLanguage(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

const databaseUrl = urlOf('postgres:', 'postgresql:');
const expectedDatabase = 'a URL that starts with postgres://';
const expectedSecrets = sharedSettings.gatewaySecret.expected;

const subgraphDatabase = (subgraph: string) => ({
  name: `${subgraph.toUpperCase()}_DATABASE_URL`,
  default: '',
  defaultText: '`DATABASE_URL`',
  meaning: `URL of the PostgreSQL database of ${subgraph}.`,
  expected: expectedDatabase,
  schema: databaseUrl,
});

const definitions = {
  host: sharedSettings.host,
  databaseUrl: {
    name: 'DATABASE_URL',
    default: '',
    defaultText: 'the embedded database',
    meaning: 'URL of the PostgreSQL database of all four subgraphs, each in its own schema.',
    expected: expectedDatabase,
    schema: databaseUrl,
  },
  articlesDatabaseUrl: subgraphDatabase('Articles'),
  authorsDatabaseUrl: subgraphDatabase('Authors'),
  mediaDatabaseUrl: subgraphDatabase('Media'),
  membershipDatabaseUrl: subgraphDatabase('Membership'),
  databasePool: numberSetting(
    'DATABASE_POOL',
    10,
    1,
    100,
    'Maximum connections of one process to one PostgreSQL database.',
  ),
  databaseShare: numberSetting(
    'DATABASE_SHARE',
    3,
    1,
    100,
    'Maximum PostgreSQL connections that one operation uses at the same time.',
  ),
  readTimeoutMs: numberSetting(
    'READ_TIMEOUT_MS',
    2000,
    50,
    60_000,
    'Timeout of one PostgreSQL query, in milliseconds; the field then resolves to null with an error. It does not apply to the embedded database.',
  ),
  dataDir: {
    name: 'DATA_DIR',
    default: '.data',
    meaning:
      'Folder of the embedded database and image files; also of e-mails without SMTP_URL, and of the token secret outside production.',
    expected: 'a folder',
    schema: z.string().transform((path) => resolve(path)),
  },
  publicUrl: sharedSettings.publicUrl,
  mediaUrl: {
    name: 'MEDIA_URL',
    default: '',
    defaultText: '`PUBLIC_URL` and `/media`',
    meaning: 'Public base URL of the image files that Media serves.',
    expected: 'an http or https URL',
    schema: webAddress,
  },
  imageUrlTemplate: {
    name: 'IMAGE_URL_TEMPLATE',
    default: '',
    defaultText: 'Media serves the images',
    meaning:
      'URL template of images on an image CDN, with the placeholders {id} or {origin}, {width}, {height}, {format}, {focalX} and {focalY}.',
    expected: 'a text that contains {id} or {origin}, and optionally {width}, {height} and {format}',
    schema: z.string().refine((text) => text.includes('{id}') || text.includes('{origin}')),
  },
  gatewaySecret: sharedSettings.gatewaySecret,
  tokenSecret: {
    name: 'TOKEN_SECRET',
    default: '',
    defaultText: '`GATEWAY_SECRET`; outside production a secret in `DATA_DIR`',
    meaning:
      'Secret from which the signing keys of access tokens are derived, at least 32 characters ([docs/trust.md](docs/trust.md)). During rotation two, comma-separated: the first signs, both verify.',
    expected: expectedSecrets,
    schema: secretList,
    isSecret: true,
  },
  contentLanguage: {
    name: 'CONTENT_LANGUAGE',
    default: '',
    defaultText: 'en',
    meaning: 'Language (BCP 47 tag) of stories from imports and Ghost that do not state one.',
    expected: 'a BCP 47 tag such as uk or pt-BR',
    schema: z
      .string()
      .refine((text) => /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(text) && canonicalLanguage(text))
      .transform(canonicalLanguage),
  },
  webhookSecret: {
    name: 'WEBHOOK_SECRET',
    default: '',
    defaultText: '`/webhooks/ghost` rejects every request',
    meaning:
      'Secret that Ghost signs its webhooks with, at least 32 characters ([docs/webhooks.md](docs/webhooks.md)). During rotation two, comma-separated.',
    expected: expectedSecrets,
    schema: secretList,
    isSecret: true,
  },
  stripeWebhookSecret: {
    name: 'STRIPE_WEBHOOK_SECRET',
    default: '',
    defaultText: '`WEBHOOK_SECRET`',
    meaning:
      'Signing secret of the Stripe webhook endpoint, from its dashboard (`whsec_...`). During rotation two, comma-separated.',
    expected: expectedSecrets,
    schema: secretList,
    isSecret: true,
  },
  smtpUrl: {
    name: 'SMTP_URL',
    default: '',
    defaultText: 'e-mails are written to `mail` in `DATA_DIR`',
    meaning:
      'URL of the SMTP server for the e-mails of Membership, with user and password if required ([docs/members.md](docs/members.md)).',
    expected: 'a URL that starts with smtp:// or smtps://',
    schema: urlOf('smtp:', 'smtps:'),
  },
  mailFrom: {
    name: 'MAIL_FROM',
    default: '',
    defaultText: '`no-reply@` and the host of `PUBLIC_URL`',
    meaning: 'Sender address of e-mails.',
    expected: 'an e-mail address',
    schema: z.string().regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/),
  },
  nodeEnv: sharedSettings.nodeEnv,
  logLevel: sharedSettings.logLevel,
  opsPort: sharedSettings.opsPort,
  opsHost: sharedSettings.opsHost,
} satisfies Record<string, SettingDefinition<unknown>>;

export interface SubgraphSettings {
  host: string;
  dataDir: string;
  publicUrl: string;
  mediaUrl: string;
  imageUrlTemplate: string | undefined;
  isProduction: boolean;
  logLevel: string;
  /** The operations port; undefined: the default. */
  opsPort: number | 'off' | undefined;
  opsHost: string;
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
export const settingsTable = settingRows(definitions);

/** Reads the settings from an environment. Throws one StartError that lists every invalid setting. */
export function readSubgraphSettings(env: Environment = process.env): SubgraphSettings {
  const { read, readPreset, check } = openSettingReader(env);
  const publicUrl = read(definitions.publicUrl) ?? 'http://localhost:4000';
  const gatewaySecrets = read(definitions.gatewaySecret) ?? [];
  const webhookSecrets = read(definitions.webhookSecret) ?? [];
  const databaseUrl = read(definitions.databaseUrl);
  const settings: SubgraphSettings = {
    host: readPreset(definitions.host),
    dataDir: readPreset(definitions.dataDir),
    publicUrl,
    mediaUrl: read(definitions.mediaUrl) ?? `${publicUrl}/media`,
    imageUrlTemplate: read(definitions.imageUrlTemplate),
    isProduction: readPreset(definitions.nodeEnv) === 'production',
    databasePool: readPreset(definitions.databasePool),
    databaseShare: readPreset(definitions.databaseShare),
    readTimeoutMs: readPreset(definitions.readTimeoutMs),
    gatewaySecrets,
    tokenSecrets: read(definitions.tokenSecret) ?? gatewaySecrets,
    contentLanguage: read(definitions.contentLanguage),
    webhookSecrets,
    stripeWebhookSecrets: read(definitions.stripeWebhookSecret) ?? webhookSecrets,
    smtpUrl: read(definitions.smtpUrl),
    mailFrom: read(definitions.mailFrom) ?? `no-reply@${new URL(publicUrl).hostname}`,
    logLevel: readPreset(definitions.logLevel),
    opsPort: read(definitions.opsPort),
    opsHost: readPreset(definitions.opsHost),
    databaseUrl,
    databaseUrls: {
      articles: read(definitions.articlesDatabaseUrl) ?? databaseUrl,
      authors: read(definitions.authorsDatabaseUrl) ?? databaseUrl,
      media: read(definitions.mediaDatabaseUrl) ?? databaseUrl,
      membership: read(definitions.membershipDatabaseUrl) ?? databaseUrl,
    },
  };
  check();
  return settings;
}

/** In production, throws unless the settings are made that have no safe default there. */
export function requireProductionSettings({ isProduction }: SubgraphSettings, env: Environment): void {
  if (!isProduction) return;
  const { gatewaySecret, publicUrl } = definitions;
  const missing = [gatewaySecret, publicUrl].filter(({ name }) => !env[name]?.trim());
  if (missing.length > 0)
    throw new StartError(
      missing.map(({ name }) => `Expected ${name} to be set in production, but got: nothing.`),
    );
}
