/** One call to a subgraph over HTTP: the request as text, the reply as an answer. */

import { type ConnectionPool, openPool, type PoolOptions } from './connectionPool.ts';
import { excerpt, parseAnswer } from './parseResponse.ts';
import { type Changes, shareReads } from './shareRequests.ts';
import { type Sign, withCredential } from './signCredential.ts';
import {
  type CallEnd,
  type SubgraphCall,
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
} from './subgraphCall.ts';
import type { Receiver, Reply } from './transport.ts';

export interface HttpWire {
  call: SubgraphCall;
  /** Ends the connections; calls that are under way are cut. */
  close: () => Promise<void>;
}

export interface HttpWireOptions {
  name: string;
  url: string;
  maxAnswerBytes: number;
  /** What carries the requests; connections of our own unless given. */
  open?: (options: PoolOptions) => ConnectionPool;
  /** Makes the credential of each request; none is sent unless given. */
  sign?: Sign | undefined;
  /** What the subgraphs of a graph may have changed, theirs together; its own alone unless given. */
  changes?: Changes | undefined;
  /** Whether answers tell how long they may be kept. */
  readsCaching?: boolean | undefined;
}

/**
 * Calls the subgraph at `url` by POST (GraphQL over HTTP). Reads that are the same in all that can change the answer
 * share one request while it is under way; each call gets data of its own. Throws at once when `url` is not an http
 * or https address.
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

/** The body of a request by GraphQL over HTTP. */
function bodyOf({ query, variables, operationName }: SubgraphRequest): string {
  return JSON.stringify({ query, variables, operationName });
}

/** Who waits for one answer. Each parses the text anew, so that nobody changes the data of another. */
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
 * An answer in the form of GraphQL counts whatever its status: servers send their errors with 400 and 500 too. Its data count with
 * another status than 2xx only where the media type says that this is GraphQL, since anything between may have made JSON of its own
 * (GraphQL over HTTP section 6.4.1). Anything else with such a status is that status.
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
