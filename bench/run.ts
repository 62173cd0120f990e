/**
 * `npm run bench`: the figures of RESULTS.md. `npm run bench -- --quick` prints the comparison with other gateways in
 * under three minutes and writes nothing. `npm run bench -- start pages` runs parts: gateways, start, import, pages,
 * generate. PostgreSQL is measured where DATABASE_URL names one that may be filled; the content to import is
 * `--content FILE`; `--scenes public,wide` and `--peers dateline,hand` narrow the comparison, `--seconds N` is the
 * length of its rounds.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { gateways } from './gateways.ts';
import { generating, importing, pages, start } from './newsroom.ts';

interface Options {
  content: string | undefined;
  /** How many made-up stories `generate` puts. */
  articles: string;
  isQuick: boolean;
  seconds: number;
  scenes: readonly string[] | undefined;
  peers: readonly string[] | undefined;
}

const parts: Record<string, (options: Options) => Promise<unknown>> = {
  gateways,
  start,
  import: importing,
  generate: generating,
  pages,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      content: { type: 'string' },
      articles: { type: 'string', default: '10000' },
      quick: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '5' },
      scenes: { type: 'string' },
      peers: { type: 'string' },
    },
  });
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const seconds = Number(values.seconds);
  if (!(seconds > 0))
    throw new Error(`Expected --seconds to be a number above 0, but got: ${values.seconds}.`);
  const isNarrow = values.quick || values.scenes !== undefined || values.peers !== undefined;
  const all = isNarrow ? ['gateways'] : Object.keys(parts);
  for (const name of positionals.length > 0 ? positionals : all) {
    const part = parts[name];
    if (!part) throw new Error(`Expected one of ${Object.keys(parts).join(', ')}, but got: ${name}.`);
    console.log(`\n${name}`);
    await part({
      content: values.content,
      articles: values.articles,
      isQuick: values.quick,
      seconds,
      scenes: values.scenes?.split(','),
      peers: values.peers?.split(','),
    });
  }
}

await main();
