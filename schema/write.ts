/**
 * `npm run schema`: prints the subgraphs' SDL from the classes, composes the supergraph and writes docs/settings.md. With
 * `--check` it writes nothing, and fails if a file is out of step or a breaking change is not in CHANGELOG.md. With
 * `--baseline` it writes the baseline that breaking changes are found by (docs/schema-changes.md).
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { readCommandLine } from '../kit/commandLine.ts';
import projectRoot from '../subgraphs/root.cts';
import { baselineFile, changesSince, isReleased, undocumentedChanges } from './breakingChanges.ts';
import { cachePolicies } from './clientCaches.ts';
import { clientFile, composeSchema, type SchemaFile } from './compose.ts';
import { operationFiles } from './operations.ts';
import { settingsPage } from './settingsPage.ts';

const usage = `Usage: npm run schema [-- --check] [--since FILE] [--changelog FILE]
       npm run schema -- --baseline [--since FILE] [--changelog FILE]`;
const written = 'schema/ and docs/settings.md';

async function main(): Promise<void> {
  const { check, baseline, since, changelog } = readCommandLine(usage, {
    options: {
      check: { type: 'boolean', default: false },
      baseline: { type: 'boolean', default: false },
      since: { type: 'string', default: join(projectRoot, baselineFile) },
      changelog: { type: 'string', default: join(projectRoot, 'CHANGELOG.md') },
    },
  }).values;
  const { files, clientSchema } = await composeSchema(projectRoot);
  if (baseline) return writeBaseline(files, resolve(since), await readFile(changelog, 'utf8'));
  const made = [
    ...files,
    ...(await operationFiles(projectRoot, clientSchema)),
    cachePolicies(clientSchema),
    settingsPage(),
  ];
  const committed = await Promise.all(made.map(({ file }) => textIn(file)));
  const outOfStep = made.filter(({ text }, place) => text !== committed[place]);
  const isDocumented = await reportChanges(clientSchema, resolve(since), resolve(changelog));
  if (check) {
    for (const { file } of outOfStep) console.error(`${nameOf(file)} is out of step: run npm run schema.`);
    if (outOfStep.length > 0 || !isDocumented) process.exitCode = 1;
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

const textIn = (file: string) => readFile(join(projectRoot, file), 'utf8').catch(() => '');

/** Prints what breaks or may break clients; resolves to whether the changelog has each breaking change. */
async function reportChanges(
  clientSchema: GraphQLSchema,
  since: string,
  changelog: string,
): Promise<boolean> {
  const changes = await changesSince(await readFile(since, 'utf8'), clientSchema);
  const missing = undocumentedChanges(changes, await readFile(changelog, 'utf8'));
  for (const change of changes) {
    const line = `${change.isBreaking ? 'BREAKING' : 'DANGEROUS'}: ${change.message}`;
    if (!missing.includes(change)) console.log(line);
    else
      console.error(
        `${line} Expected \`${change.coordinate}\` with its reason in the first section of ${nameOf(changelog)}, but got: nothing.`,
      );
  }
  return missing.length === 0;
}

async function writeBaseline(files: readonly SchemaFile[], file: string, changelog: string): Promise<void> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  if (existsSync(file) && !isReleased(version, changelog))
    throw new Error(
      `Expected a section "## ${version}" in CHANGELOG.md, but got: none. The baseline is the schema of a release.`,
    );
  const current = files.find((one) => one.file === clientFile);
  await writeFile(file, current?.text ?? '');
  console.log(`${nameOf(file)} written.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
