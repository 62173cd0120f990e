/** A whole newsroom for tests: the demo content on a database of its own, served on ports that are free. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Newsroom, startNewsroom } from '../../newsroom/start.ts';
import { createScratchDatabase } from './databases.ts';

export interface TestNewsroom extends Newsroom {
  /** Where it keeps what is not in a database. */
  dataDir: string;
  /** Sends an operation as a client does and answers what came, whatever it is. */
  ask(query: string, variables?: object): Promise<Answer>;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape.
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

export interface TestNewsroomOptions {
  /** On a fresh database of the PostgreSQL at DATABASE_URL, rather than the embedded one. */
  isServer?: boolean;
  env?: Record<string, string>;
  /** Gets every line of the log. */
  logTo?: (line: string) => void;
}

/** Starts one; `stop` removes what it kept. */
export async function startTestNewsroom({
  isServer,
  env,
  logTo,
}: TestNewsroomOptions = {}): Promise<TestNewsroom> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-newsroom-'));
  const scratch = isServer ? await createScratchDatabase() : undefined;
  const newsroom = await startNewsroom(
    {
      PORT: '0',
      PUBLIC_URL: 'https://news.example',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      SLOW_OPERATION_MS: '0',
      ...(scratch ? { DATABASE_URL: scratch.url } : {}),
      ...env,
    },
    logTo && { write: logTo },
  );
  return {
    ...newsroom,
    dataDir,
    ask: (query, variables = {}) => askAt(`${newsroom.address}/graphql`, query, variables),
    async stop() {
      await newsroom.stop();
      await scratch?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Sends an operation to a GraphQL address. */
export async function askAt(
  url: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}
