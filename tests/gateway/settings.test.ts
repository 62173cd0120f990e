import { describe, expect, it } from '@jest/globals';
import { settingDefinitions } from '../../gateway/settingDefinitions.ts';
import { readSettings, settingsTable } from '../../gateway/settings.ts';
import { readEnvironment } from '../../kit/settings.ts';
import { StartError } from '../../kit/startError.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    return (error as StartError).problems;
  }
}

describe('the settings of the gateway', () => {
  it('start without any', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      isProduction: false,
      allowsIntrospection: true,
    });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('list all that are wrong at once, each with what was expected and what came', () => {
    expect(problemsOf({ PORT: 'abc', LOG_LEVEL: 'loud', MAX_TOKENS: '1e9', HOST: 'a b' })).toEqual([
      'Expected PORT to be a whole number from 0 to 65535, but got: abc.',
      'Expected HOST to be a host name or an IP address, but got: a b.',
      'Expected LOG_LEVEL to be fatal, error, warn, info, debug, trace or silent, but got: loud.',
      'Expected MAX_TOKENS to be a whole number from 100 to 100000, but got: 1e9.',
    ]);
    expect(() => readSettings({ PORT: '70000' })).toThrow(StartError);
  });

  it.each(['-1', '1.5', '65536', '0x10', 'NaN', '99999999999999999999'])('take no PORT of %s', (port) => {
    expect(problemsOf({ PORT: port })).toHaveLength(1);
  });

  it('take an issuer whole or not at all, and no algorithm with a secret that both sides know', () => {
    const whole = {
      JWKS_URL: 'https://id.test/keys',
      JWT_ISSUER: 'https://id.test/',
      JWT_AUDIENCE: 'graph',
    };
    expect(readSettings({}).issuer).toBeUndefined();
    expect(readSettings(whole)).toMatchObject({
      issuer: { issuer: 'https://id.test/', jwks: new URL('https://id.test/keys'), audience: 'graph' },
      tokenAlgorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
      clockToleranceSeconds: 30,
    });
    expect(problemsOf({ JWKS_URL: whole.JWKS_URL })).toEqual([
      'Expected JWKS_URL, JWT_ISSUER and JWT_AUDIENCE together, but got: no JWT_ISSUER, no JWT_AUDIENCE.',
    ]);
    expect(problemsOf({ ...whole, JWKS_URL: 'file:///keys' })).toEqual([
      'Expected JWKS_URL to be an http or https URL, but got: file:///keys.',
    ]);
    for (const algorithms of ['none', 'HS256', 'ES256,HS512', 'es256', ','])
      expect(problemsOf({ JWT_ALGORITHMS: algorithms })).toHaveLength(1);
  });

  it('count an empty one as not set', () => {
    expect(readSettings({ PORT: '', PUBLIC_URL: ' ' })).toMatchObject({ port: 4000, publicUrl: undefined });
  });

  it('switch introspection off in production, unless told otherwise', () => {
    expect(readSettings({ NODE_ENV: 'production' }).allowsIntrospection).toBe(false);
    expect(readSettings({ NODE_ENV: 'production', INTROSPECTION: 'true' }).allowsIntrospection).toBe(true);
    expect(readSettings({ INTROSPECTION: 'false' }).allowsIntrospection).toBe(false);
  });

  it('take origins as browsers send them, and nothing looser', () => {
    expect(readSettings({ CORS_ORIGINS: 'https://a.example, http://b.example:8080' }).corsOrigins).toEqual([
      'https://a.example',
      'http://b.example:8080',
    ]);
    for (const wrong of [
      '*',
      'a.example',
      'https://a.example/',
      'https://a.example,',
      'javascript:alert(1)',
    ]) {
      expect(problemsOf({ CORS_ORIGINS: wrong })).toHaveLength(1);
    }
  });

  it('take the command line before the environment', () => {
    expect(readEnvironment({ PORT: '1', HOST: undefined }).PORT).toBe('1');
    expect('HOST' in readEnvironment({ HOST: undefined })).toBe('HOST' in process.env);
  });

  it('stand in a table, each once, with a default that is right and a meaning', () => {
    const names = settingsTable.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const defaults = Object.fromEntries(
      Object.values(settingDefinitions).map((definition) => [definition.name, definition.default]),
    );
    expect(readSettings(defaults)).toEqual(readSettings({}));
    for (const { meaning } of settingsTable) expect(meaning).toMatch(/\.$/);
  });
});
