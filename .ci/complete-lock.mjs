/**
 * Adds to package-lock.json the packages of other platforms that npm left out. A registry that does not hold them
 * makes npm write a lock without them, which `npm ci` then refuses everywhere. Run it after `npm install` where
 * tests/habits/lock.test.ts asks for it: `node .ci/complete-lock.mjs`, with `bench/package-lock.json` after it for that one.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL(`../${process.argv[2] ?? 'package-lock.json'}`, import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

const systems = ['android', 'darwin', 'win32', 'freebsd', 'openharmony', 'linux'];
const processors = ['arm64', 'ia32', 'x64', 'ppc64', 's390x', 'riscv64', 'loong64', 'arm'];
const libraries = { musl: 'musl', gnu: 'glibc' };

const packages = { ...lock.packages };
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (packages[`node_modules/${name}`] || packages[`${path}/node_modules/${name}`]) continue;
    const platform = name.slice(name.lastIndexOf('/') + 1);
    const os = systems.find((system) => platform.includes(system));
    const cpu = processors.find((processor) => platform.includes(processor));
    if (!os || !cpu || !/^\d/.test(version))
      throw new Error(`Expected a platform in ${name}@${version}, but found none.`);
    const libc = Object.keys(libraries).find((library) => os === 'linux' && platform.includes(library));
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(parent.dev ? { dev: true } : {}),
      ...(libc ? { libc: [libraries[libc]] } : {}),
      ...(parent.license ? { license: parent.license } : {}),
      optional: true,
      os: [os],
      ...(parent.engines ? { engines: parent.engines } : {}),
    };
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
