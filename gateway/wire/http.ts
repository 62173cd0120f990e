/** One call to a subgraph over HTTP, on connections that are kept open. */
import { type Dispatcher, Pool } from 'undici';
import { excerpt, parseAnswer } from './answer.ts';
import { type SubgraphAnswer, type SubgraphCall, SubgraphFailure } from './call.ts';

export interface HttpWire {
  call: SubgraphCall;
  /** Ends the connections; calls that are under way are cut. */
  close: () => Promise<void>;
}

export interface HttpWireOptions {
  name: string;
  url: string;
  maxAnswerBytes: number;
}

/** How many connections one subgraph gets at most; further calls wait for a free one. */
const connections = 128;

/**
 * Calls the subgraph at `url` by POST (GraphQL over HTTP). Redirects are not followed: a routing URL that moved
 * is a setting to mend. Throws at once when `url` is not an http or https address.
 */
export function openHttpWire({ name, url, maxAnswerBytes }: HttpWireOptions): HttpWire {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new Error(
      `Expected the routing URL of subgraph "${name}" to be an http or https URL, but got: ${excerpt(url)}.`,
    );
  }
  // Time is the deadline layer's matter, so the pool has no limits of its own but for connecting.
  const pool = new Pool(address.origin, {
    connections,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: 5000,
  });
  const path = `${address.pathname}${address.search}`;

  async function call(request: Parameters<SubgraphCall>[0]): Promise<SubgraphAnswer> {
    const { query, variables, operationName, headers, signal } = request;
    try {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: {
          ...headers,
          accept: 'application/graphql-response+json, application/json;q=0.9',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ query, variables, operationName }),
        signal: signal ?? null,
      });
      return await readAnswer(response, maxAnswerBytes);
    } catch (error) {
      if (error instanceof SubgraphFailure) throw error;
      if (signal?.reason instanceof SubgraphFailure) throw signal.reason;
      throw new SubgraphFailure('unreachable', `Expected ${address?.origin} to answer, but got: ${error}`, {
        cause: error,
      });
    }
  }

  return { call, close: () => pool.destroy() };
}

/**
 * An answer in the form of GraphQL counts whatever its status: servers send their errors with 400 and 500 too.
 * Anything else with another status than 2xx is that status.
 */
async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<SubgraphAnswer> {
  const text = await readBounded(body, maxBytes);
  if (!/\bjson\b/i.test(String(headers['content-type'] ?? 'application/json'))) {
    throw new SubgraphFailure(
      statusCode < 300 ? 'malformed' : 'status',
      `Expected JSON, but got: ${statusCode} ${headers['content-type']} ${excerpt(text)}`,
    );
  }
  try {
    return parseAnswer(text);
  } catch (error) {
    if (statusCode < 300) throw error;
    throw new SubgraphFailure('status', `Expected status 200, but got: ${statusCode} ${excerpt(text)}`);
  }
}

async function readBounded(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the body and its connection: the rest is not read.
    if (bytes > maxBytes) {
      throw new SubgraphFailure('too large', `Expected at most ${maxBytes} bytes, but got: more.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}
