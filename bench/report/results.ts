/** Writes what the comparison found into bench/RESULTS.md, beside the sections that are there, and draws its chart. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Pace, Table } from '../measure/round.ts';
import { canPin } from '../program.ts';
import type { PlanRow } from '../scenes/plans.ts';
import { drawChart } from './chart.ts';
import { planMarkdown } from './plans.ts';
import { markdownTable } from './table.ts';

const file = 'bench/RESULTS.md';
const chart = 'bench/results.svg';
const heading = '## Gateways side by side (`gateways`)';

export interface Found {
  tables: readonly Table[];
  plans: readonly PlanRow[];
  pace: Pace;
}

/** Puts the section of gateways in the place of the one before; the other sections stay as they are. */
export function writeResults(found: Found): void {
  writeFileSync(chart, drawChart(found.tables));
  writeFileSync(file, withSection(readFileSync(file, 'utf8'), sectionOf(found)));
  console.log(`\nWritten: ${file}, ${chart}`);
}

/** A section goes before all others where there was none. */
export function withSection(text: string, section: string): string {
  const [head = '', ...sections] = text.split(/^(?=## )/m);
  const place = sections.findIndex((one) => one.startsWith(heading));
  if (place === -1) sections.unshift(`${section}\n`);
  else sections[place] = `${section}\n`;
  return `${head}${sections.join('').trimEnd()}\n`;
}

function sectionOf({ tables, plans, pace }: Found): string {
  const scenes = [...new Set(tables.map(({ title }) => title))].map((title) => {
    const ofScene = tables.filter((table) => table.title === title);
    return `### ${title}\n\n${ofScene.map(markdownTable).join('\n\n')}`;
  });
  const planning = `### Planning

CPU ms of the gateway, all its threads, for the first operation of a fresh process / for one that it never saw / for
one that it knows. The hard operation is of seven subgraphs that look alike; beside it somebody asks \`{ __typename }\`
over and over.

${planMarkdown(plans)}`;
  return `${[heading, introduction(pace), ...scenes, ...(plans.length > 0 ? [planning] : [])].join('\n\n')}\n`;
}

function introduction({ rounds, seconds, warmSeconds }: Pace): string {
  const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}`;
  const versions = packages.map(([name, folder]) => `${name} ${versionOf(folder)}`).join(', ');
  return `![Processor time of one request, a panel for each scene](results.svg)

Measured on ${new Date().toISOString().slice(0, 10)}, Node ${process.version.slice(1)} on Linux, ${machine}: ${versions}.
Repeat with \`npm run bench -- gateways\`; \`--quick\` prints the same tables in under three minutes and writes nothing.

Each gateway is a process of its own, with \`NODE_ENV=production\` and the settings that its makers document. Answers are
compared as parsed JSON with the right one before anything is timed; what answers wrongly is not timed. After
${warmSeconds} s of warming up each has its turn in each of ${rounds} rounds of ${seconds} s; the figures are the medians.
CPU is what the operating system counted for the gateway's process, all threads, user and system. Load comes from
another process (autocannon). ${canPin ? 'Where a gateway is said to have one core, load and subgraphs have the other. ' : 'Nothing was kept to one core here, whatever a title says. '}Each request
carries an Authorization header of its own, which gateways send on, so that no work of one request can serve another,
unless a table says otherwise.`;
}

const packages: readonly [name: string, folder: string][] = [
  ['@apollo/gateway', 'node_modules/@apollo/gateway'],
  ['@apollo/server', 'node_modules/@apollo/server'],
  ['Hive Gateway', 'bench/node_modules/@graphql-hive/gateway'],
  ['its router runtime', 'bench/node_modules/@graphql-hive/router-runtime'],
  ['autocannon', 'bench/node_modules/autocannon'],
];

const versionOf = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
