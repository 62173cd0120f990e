import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import semver from 'semver';

interface Locked {
  version: string;
  engines?: { node?: string };
  optionalDependencies?: Record<string, string>;
  os?: string[];
}

const packagesOf = (file: string): Record<string, Locked> => JSON.parse(readFileSync(file, 'utf8')).packages;

describe('package-lock.json', () => {
  it.each(['package-lock.json', 'bench/package-lock.json'])(
    'holds the packages of every platform, without which npm ci refuses it: %s',
    (file) => {
      const packages = packagesOf(file);
      const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
        Object.keys(optionalDependencies).filter(
          (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
        ),
      );
      // Mended by: node .ci/complete-lock.mjs [FILE]
      expect(missing).toEqual([]);
    },
  );

  it('holds nothing that Node 20.19 cannot run', () => {
    const tooNew = Object.entries(packagesOf('package-lock.json'))
      .filter(([, { engines }]) => engines?.node && !semver.satisfies('20.19.0', engines.node))
      .map(([path, { version }]) => `${path}@${version}`);
    expect(tooNew).toEqual([]);
  });
});
