/** `npm run bench`: the figures of RESULTS.md, all or some of them. */

import { cpus } from 'node:os';
import { readCommandLine } from '../kit/commandLine.ts';
import { StartError } from '../kit/startError.ts';
import { startFailure } from '../subgraphs/errors.ts';
import { gateways } from './gateways.ts';
import { memory } from './memory.ts';
import { generating, importing, pages, start } from './newsroom.ts';
import { relevance } from './relevance.ts';
import { soak } from './soak.ts';
import { trust } from './trust.ts';

interface Options {
  content: string | undefined;
  /** How many made-up stories `generate` puts. */
  articles: string;
  isQuick: boolean;
  seconds: number;
  /** How long `soak` takes. */
  minutes: number;
  scenes: readonly string[] | undefined;
  peers: readonly string[] | undefined;
}

const parts: Record<string, (options: Options) => Promise<unknown>> = {
  gateways,
  start,
  import: importing,
  generate: generating,
  pages,
  relevance,
  trust,
  memory,
  soak,
};

const usage = `Usage: npm run bench [-- [PART ...] [OPTIONS]]

Measures the parts: ${Object.keys(parts).join(', ')}; all of them, unless some are named.
PostgreSQL is measured where DATABASE_URL names one that may be filled.

  --quick           only compares with other gateways, in under three minutes, and writes nothing
  --scenes A,B      narrows the comparison to these scenes, such as public,wide
  --peers A,B       narrows the comparison to these gateways, such as dateline,hand
  --seconds N       how long a round of the comparison is; 5, unless given
  --content FILE    the content to import, and of which "relevance" is measured
  --minutes N       how long "soak" takes; 15, unless given
  --articles N      how many made-up stories "generate" puts; 10,000, unless given
  --help            shows this text`;

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(usage, {
    allowPositionals: true,
    options: {
      content: { type: 'string' },
      articles: { type: 'string', default: '10000' },
      quick: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '15' },
      scenes: { type: 'string' },
      peers: { type: 'string' },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds > 0))
    throw new StartError(`Expected --seconds to be a number above 0, but got: ${values.seconds}.`);
  const isNarrow = values.quick || values.scenes !== undefined || values.peers !== undefined;
  const all = isNarrow ? ['gateways'] : Object.keys(parts);
  const wanted = (positionals.length > 0 ? positionals : all).map((name) => [name, partNamed(name)] as const);
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}`,
  );
  for (const [name, part] of wanted) {
    console.log(`\n${name}`);
    await part({
      content: values.content,
      articles: values.articles,
      isQuick: values.quick,
      seconds,
      minutes: Number(values.minutes),
      scenes: values.scenes?.split(','),
      peers: values.peers?.split(','),
    });
  }
}

function partNamed(name: string) {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (!part) throw new StartError(`Expected one of ${Object.keys(parts).join(', ')}, but got: ${name}.`);
  return part;
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
});
