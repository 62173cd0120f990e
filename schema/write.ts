/**
 * `npm run schema`: prints the subgraphs' SDL from the classes, composes the supergraph and writes docs/settings.md. With
 * `--check` it writes nothing, tells what is out of step and lists the breaking changes.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { readCommandLine } from '../kit/commandLine.ts';
import projectRoot from '../subgraphs/root.cts';
import { cachePolicies } from './clientCaches.ts';
import { composeSchema, graphOf, type SchemaFile } from './compose.ts';
import { operationFiles } from './operations.ts';
import { settingsPage } from './settingsPage.ts';

const usage = 'Usage: npm run schema [-- --check]';
const written = 'schema/ and docs/settings.md';

async function main(): Promise<void> {
  const { check } = readCommandLine(usage, {
    options: { check: { type: 'boolean', default: false } },
  }).values;
  const { files, clientSchema } = await composeSchema(projectRoot);
  const made = [
    ...files,
    ...(await operationFiles(projectRoot, clientSchema)),
    cachePolicies(clientSchema),
    settingsPage(),
  ];
  const committed = await Promise.all(made.map(({ file }) => committedFile(file)));
  const outOfStep = made.filter(({ text }, place) => text !== committed[place]?.text);
  for (const line of await changesBetween(committed, made)) console.log(line);
  if (check) {
    for (const { file } of outOfStep) console.error(`${nameOf(file)} is out of step: run npm run schema.`);
    if (outOfStep.length > 0) process.exitCode = 1;
    else console.log(`${written} are in step with the code.`);
    return;
  }
  for (const { file, text } of outOfStep) {
    await writeFile(join(projectRoot, file), text);
    console.log(`${nameOf(file)} written.`);
  }
  if (outOfStep.length === 0) console.log(`${written} were in step with the code.`);
}

const nameOf = (file: string) => relative('.', file);

async function committedFile(file: string): Promise<SchemaFile> {
  const text = await readFile(join(projectRoot, file), 'utf8').catch(() => '');
  return { file, text };
}

/** Changes that break or may break those who ask today; the planner's own types are nobody's business. */
async function changesBetween(
  before: readonly SchemaFile[],
  after: readonly SchemaFile[],
): Promise<string[]> {
  if (before.some(({ text }) => text === '')) return [];
  const changes = await diff(graphOf(before), graphOf(after));
  return changes
    .filter(({ path }) => !/^@?(join|link)(__|$)/.test(path ?? ''))
    .filter(({ criticality }) => criticality.level !== CriticalityLevel.NonBreaking)
    .map(({ criticality, message }) => `${criticality.level}: ${message}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
