/** The law of the rooms, as one table: what each may import besides itself. ARCHITECTURE.md prints the same table. */
import { createRequire } from 'node:module';

// dependency-cruiser has swc read every file without JSX; those that end in "x" have it.
const swc = createRequire(`${process.cwd()}/package.json`)('@swc/core');
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('x') });

/** In the gateway every room may also import errors.ts, operationLimits.ts and settings.ts. */
const gateway = {
  supergraph: [],
  wire: [],
  operation: ['supergraph'],
  plan: ['supergraph', 'operation'],
  compile: ['plan', 'wire'],
  execute: ['plan', 'compile', 'wire'],
  auth: ['supergraph', 'operation', 'plan'],
  demand: ['supergraph', 'operation', 'plan'],
  cache: ['supergraph', 'operation', 'plan'],
  live: ['operation', 'plan', 'execute'],
  partners: ['operation'],
};

/** In subgraphs/ every room may also import errors.ts and settings.ts. */
const shared = ['store', 'graph', 'trust', 'serve'];
const subgraphs = {
  execute: [],
  store: [],
  graph: ['execute', 'store'],
  trust: ['graph'],
  serve: ['execute', 'graph', 'store', 'trust'],
  articles: shared,
  authors: shared,
  media: shared,
  membership: shared,
};
const owners = ['articles', 'authors', 'media', 'membership'];

/** What the top folders may import of one another; tests and bench may import anything. */
const top = {
  kit: [],
  telemetry: ['kit'],
  gateway: ['kit', 'telemetry'],
  subgraphs: ['kit', 'telemetry'],
  schema: ['kit', 'subgraphs'],
  newsroom: ['kit', 'subgraphs'],
  partners: ['kit', 'gateway', 'schema', 'subgraphs', 'web'],
  web: ['kit', 'gateway', 'schema'],
};

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const outside = (room, allowed) => [room, ...allowed].join('|');

export default {
  forbidden: [
    rule('no-cycles', 'Files and rooms form no circles.', {}, { circular: true }),
    rule(
      'no-orphans',
      'Every file is imported, or is a program.',
      {
        orphan: true,
        pathNot: [
          'main\\.ts$',
          '\\.d\\.ts$',
          'frames\\.ts$',
          '^web/client/',
          'explorer/client\\.ts$',
          'hive\\.config\\.mjs$',
        ],
      },
      {},
    ),
    ...Object.entries(top).map(([folder, allowed]) =>
      rule(
        `${folder}-alone`,
        `${folder}/ imports ${allowed.join(', ') || 'no other folder'}; newsroom/start.ts and newsroom/routes.ts alone put all together.`,
        // The page of settings is written of all settings there are.
        { path: `^${folder}/`, pathNot: '^newsroom/(start|main|routes)\\.ts$|^schema/settingsPage\\.ts$' },
        {
          path: '^(kit|telemetry|gateway|subgraphs|schema|newsroom|partners|tests|bench|web)/',
          pathNot: `^(${outside(folder, allowed)})/|^subgraphs/root\\.cts$`,
        },
      ),
    ),
    ...Object.entries(gateway).map(([room, allowed]) =>
      rule(
        `gateway-${room}`,
        `gateway/${room}/ imports ${allowed.join(', ') || 'nothing of ours'} besides errors.ts, operationLimits.ts and settings.ts.`,
        { path: `^gateway/${room}/` },
        {
          path: '^gateway/',
          pathNot: `^gateway/((${outside(room, allowed)})/|(errors|operationLimits|settings)\\.ts$)`,
        },
      ),
    ),
    rule(
      'telemetry-by-programs',
      'Only programs start telemetry; all others publish on channels.',
      { path: '^(gateway|subgraphs)/', pathNot: '/main\\.ts$' },
      { path: '^telemetry/' },
    ),
    rule(
      'partners-shared',
      'Of subgraphs/ partners/ knows the shared rooms: the data of a subgraph it asks of the graph.',
      { path: '^partners/' },
      { path: `^subgraphs/(execute|${owners.join('|')})/` },
    ),
    rule(
      'gateway-operation-steps',
      'operationSteps.ts knows the rooms, but not partners and server: every endpoint runs its steps.',
      { path: '^gateway/operationSteps\\.ts$' },
      { path: '^gateway/(partners|server)/' },
    ),
    ...Object.entries(subgraphs).map(([room, allowed]) =>
      rule(
        `subgraph-${room}`,
        `subgraphs/${room}/ imports ${allowed.join(', ') || 'no other room'} besides errors.ts and settings.ts.`,
        { path: `^subgraphs/${room}/` },
        {
          path: '^subgraphs/',
          pathNot: `^subgraphs/((${outside(room, allowed)})/|(errors|settings)\\.ts$|root\\.cts$)`,
        },
      ),
    ),
    rule(
      'federation-internals',
      "The planner's internals are promised by nobody: only these rooms may lean on them.",
      { path: '^(gateway|subgraphs|newsroom|schema)/', pathNot: '^gateway/(supergraph|plan)/' },
      { path: 'node_modules/@apollo/(federation-internals|query-planner)/' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.cts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
