import { availableParallelism } from 'node:os';

/** Jest runs the TypeScript sources as CommonJS through swc; packages that are only ESM go through it too. */
const esmOnly = [
  '@streamparser',
  'lru-cache',
  'jose',
  'htmlparser2',
  'domhandler',
  'domutils',
  'dom-serializer',
  'entities',
  'preact',
];

const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true, ...parser },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: false,
        useDefineForClassFields: false,
        react: { runtime: 'automatic', importSource: 'preact' },
      },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
  },
];

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  moduleFileExtensions: ['ts', 'tsx', 'cts', 'js', 'mjs', 'cjs', 'json', 'node'],
  setupFiles: ['reflect-metadata'],
  transform: { '\\.tsx$': swc({ tsx: true }), '\\.(c?ts|m?js)$': swc({}) },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // Each worker may have an embedded database and a browser; left alone, Jest gives two cores one worker.
  maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
  // For a machine that has much else to do: no test waits for time to pass.
  testTimeout: 90_000,
};
