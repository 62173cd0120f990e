/** `npm run migration -- NAME`: writes the SQL that brings a subgraph's database to its tables.ts. */
import { defineConfig } from 'drizzle-kit';

const subgraph = process.env.SUBGRAPH;

export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: `./subgraphs/${subgraph}/tables.ts`,
  out: `./subgraphs/${subgraph}/migrations`,
});
