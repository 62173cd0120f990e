/** The settings that the gateway and the subgraphs both read. */
import { z } from 'zod';
import type { SettingDefinition } from './settings.ts';
import { secretList, webAddress, wholeNumber } from './settingValues.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const sharedSettings = {
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    meaning:
      'Address to listen on; 127.0.0.1 accepts local connections only, 0.0.0.0 those from every network.',
    expected: 'a host name or an IP address',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    default: '',
    defaultText: '`http://localhost:` and the port',
    meaning: 'Public base URL, used in the addresses that responses contain and as the issuer of tokens.',
    expected: 'an http or https URL',
    schema: webAddress,
  },
  nodeEnv: {
    name: 'NODE_ENV',
    default: 'development',
    meaning:
      'With "production", secrets and PUBLIC_URL are required, INTROSPECTION and EXPLORER default to false, errors do not suggest names of the schema, and only CORS_ORIGINS may call from browsers.',
    expected: 'development, production or test',
    schema: z.enum(['development', 'production', 'test']),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'info',
    meaning: 'Minimum level of log lines; "info" includes one line for each request.',
    expected: 'fatal, error, warn, info, debug, trace or silent',
    schema: z.enum(logLevels),
  },
  opsPort: {
    name: 'OPS_PORT',
    default: '',
    defaultText: '9090; of a subgraph alone 9091 to 9094; any free port where `PORT` is 0',
    meaning:
      'Port of /metrics, /usage and /health ([docs/telemetry.md](docs/telemetry.md)); 0 selects any free port, "off" serves none. If it is taken, the start fails where it is set, and nothing is served there where it is not.',
    expected: 'a whole number from 0 to 65535, or off',
    schema: z.union([z.literal('off'), wholeNumber(0, 65_535)]),
  },
  opsHost: {
    name: 'OPS_HOST',
    default: '127.0.0.1',
    meaning: 'Address of the operations port; not an address that the internet can reach.',
    expected: 'a host name or an IP address',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  },
  gatewaySecret: {
    name: 'GATEWAY_SECRET',
    default: '',
    meaning:
      'Secret shared by gateway and subgraphs that signs the identity of callers, at least 32 characters ([docs/trust.md](docs/trust.md)); subgraphs require it in production. During rotation two, comma-separated: the first signs, both verify.',
    expected: 'one secret of 32 characters or more, or two with a comma between',
    schema: secretList,
    isSecret: true,
  },
} satisfies Record<string, SettingDefinition<unknown>>;
