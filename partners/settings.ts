/** The settings of the publication and of what other sites take from it. */
import { z } from 'zod';
import {
  type Environment,
  numberSetting,
  openSettingReader,
  type SettingDefinition,
  settingRows,
} from '../kit/settings.ts';
import { trueOrFalse } from '../kit/settingValues.ts';
import { sharedSettings } from '../kit/sharedSettings.ts';

export interface PartnerSettings {
  /** The name of the publication. */
  publicationName: string;
  /** Cost that a partner without a quota of its own may spend in a minute. */
  partnerQuota: number;
  /** Whether push may send to private networks and to this machine; never in production. */
  allowsPrivateTargets: boolean;
}

const definitions = {
  publicationName: {
    name: 'PUBLICATION_NAME',
    default: 'Dateline',
    meaning:
      'Name of the publication in the masthead, feeds, news sitemap, embeds and structured data; the same as in Google News.',
    expected: 'a name of 100 characters or less',
    schema: z.string().max(100),
  },
  partnerQuota: numberSetting(
    'PARTNER_QUOTA',
    600_000,
    1,
    1_000_000_000,
    'Default quota of a partner, in points of operation cost per minute ([docs/partners.md](docs/partners.md)).',
  ),
  pushPrivateTargets: {
    name: 'PUSH_PRIVATE_TARGETS',
    default: 'false',
    meaning:
      'Whether push may send to private networks and to this machine, for development only; rejected in production.',
    expected: 'true or false',
    schema: trueOrFalse,
  },
} satisfies Record<string, SettingDefinition<unknown>>;

/** All settings, for docs/settings.md. */
export const settingsTable = settingRows(definitions);

/** Reads the settings from `env`, an empty text counting as not set; throws one StartError that lists all problems. */
export function readPartnerSettings(env: Environment): PartnerSettings {
  const { readPreset, problems, check } = openSettingReader(env);
  const settings: PartnerSettings = {
    publicationName: readPreset(definitions.publicationName),
    partnerQuota: readPreset(definitions.partnerQuota),
    allowsPrivateTargets: readPreset(definitions.pushPrivateTargets) === 'true',
  };
  if (settings.allowsPrivateTargets && readPreset(sharedSettings.nodeEnv) === 'production')
    problems.push('Expected PUSH_PRIVATE_TARGETS to be false in production, but got: true.');
  check();
  return Object.freeze(settings);
}
