/** Subgraph calls over HTTP: serialises requests and parses responses. */

import { type ConnectionPool, openPool, type PoolOptions } from './connectionPool.ts';
import { excerpt, parseAnswer } from './parseResponse.ts';
import { type Changes, shareReads } from './shareRequests.ts';
import { type Sign, withCredential } from './signCredential.ts';
import {
  type CallEnd,
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
} from './subgraphCall.ts';
import type { Receiver, Reply } from './transport.ts';

export interface HttpWire {
  /** A SubgraphCall that responds once. */
  call: (request: SubgraphRequest, end?: CallEnd) => Promise<SubgraphResponse>;
  /** Closes the connections; calls in flight fail. */
  close: () => Promise<void>;
}

export interface HttpWireOptions {
  name: string;
  url: string;
  maxAnswerBytes: number;
  /** Opens the transport; a connection pool by default. */
  open?: (options: PoolOptions) => ConnectionPool;
  /** Signs the credential of each request; without it, none is sent. */
  sign?: Sign | undefined;
  /** The mutation counter that the subgraphs of a graph share; by default one of its own. */
  changes?: Changes | undefined;
  /** Whether to read the Cache-Control of responses. */
  readsCaching?: boolean | undefined;
}

/**
 * Opens calls to the subgraph at `url` by POST (GraphQL over HTTP). Equal queries in flight share one request; each
 * call gets its own data. Throws if `url` is not an http or https URL.
 */
export function openHttpWire({
  name,
  url,
  maxAnswerBytes,
  open = openPool,
  sign,
  changes,
  readsCaching,
}: HttpWireOptions): HttpWire {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new Error(
      `Expected the routing URL of subgraph "${name}" to be an http or https URL, but got: ${excerpt(url)}.`,
    );
  }
  const { send, close } = open({ address, maxAnswerBytes, readsCaching });
  const sendShared = shareReads(withCredential(send, sign), changes);

  function call(request: SubgraphRequest, end?: CallEnd): Promise<SubgraphResponse> {
    return new Promise((resolve, reject) => {
      if (end?.failure) {
        reject(end.failure);
        return;
      }
      const cancel = sendShared(request, request.body ?? bodyOf(request), new Waiter(resolve, reject));
      if (!end) return;
      end.onEnd = (failure) => {
        reject(failure);
        cancel();
      };
    });
  }

  return { call, close };
}

/** The request body by GraphQL over HTTP. */
function bodyOf({ query, variables, operationName }: SubgraphRequest): string {
  return JSON.stringify({ query, variables, operationName });
}

/** One call that waits for a response. Each parses the text itself, so that calls do not share mutable data. */
class Waiter implements Receiver {
  readonly #resolve: (answer: SubgraphResponse) => void;
  readonly onFailure: (failure: unknown) => void;

  constructor(resolve: (answer: SubgraphResponse) => void, reject: (failure: unknown) => void) {
    this.#resolve = resolve;
    this.onFailure = reject;
  }

  onBegin(): void {}

  onReply(reply: Reply): void {
    try {
      this.#resolve(readReply(reply));
    } catch (failure) {
      this.onFailure(failure);
    }
  }
}

/**
 * Parses a response. A well-formed GraphQL response is accepted with any status: servers send errors with 400 and 500
 * too. With a status other than 2xx, its data is accepted only if the media type is that of GraphQL, since an
 * intermediary may have sent JSON of its own (GraphQL over HTTP section 6.4.1). Throws a SubgraphFailure for anything
 * else.
 */
export function readReply({ status, contentType, cacheControl, text }: Reply): SubgraphResponse {
  if (contentType !== undefined && !/\bjson\b/i.test(contentType)) {
    throw new SubgraphFailure(
      status < 300 ? 'malformed' : 'status',
      `Expected JSON, but got: ${status} ${excerpt(contentType)} ${excerpt(text)}`,
      { status },
    );
  }
  let answer: SubgraphResponse;
  try {
    answer = parseAnswer(text);
  } catch (error) {
    if (status < 300) throw error;
    throw statusFailure(status, text);
  }
  if (status >= 300 && answer.data && !/graphql-response\+json/i.test(contentType ?? ''))
    throw statusFailure(status, text);
  if (cacheControl !== undefined) answer.cacheControl = cacheControl;
  return answer;
}

function statusFailure(status: number, text: string): SubgraphFailure {
  return new SubgraphFailure('status', `Expected status 200, but got: ${status} ${excerpt(text)}`, {
    status,
  });
}
