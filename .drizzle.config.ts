/** `SUBGRAPH=articles npm run migration -- --name what-it-does`: writes the SQL that brings a database to its tables.ts. */
import { existsSync } from 'node:fs';
import { defineConfig } from 'drizzle-kit';

/** A subgraph's name, or that of a room of partners/ or newsroom/. */
const owner = process.env.SUBGRAPH;
const folder =
  ['./partners', './newsroom'].map((top) => `${top}/${owner}`).find((path) => existsSync(path)) ??
  `./subgraphs/${owner}`;

export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: `${folder}/tables.ts`,
  out: `${folder}/migrations`,
});
