/**
 * The gateway's subgraph connections, reference-counted: two supergraphs with the same subgraph share its
 * connections.
 */

import { type HttpWire, openHttpWire } from './httpCall.ts';
import type { Sign } from './signCredential.ts';
import type { SubgraphCall } from './subgraphCall.ts';

export interface Wires {
  /** Takes a connection to the subgraph `name` at `url`. Throws if `url` is not an http or https URL. */
  take: (name: string, url: string) => TakenWire;
}

export interface TakenWire {
  call: SubgraphCall;
  /** Releases the connection. The last release closes it. */
  giveBack: () => Promise<void>;
}

export interface WiresOptions {
  maxAnswerBytes: number;
  /** Signs the credential of each request; without it, none is sent. */
  sign?: Sign | undefined;
  /** Whether to read the Cache-Control of responses. */
  readsCaching?: boolean | undefined;
}

export function openWires({ maxAnswerBytes, sign, readsCaching }: WiresOptions): Wires {
  const changes = { count: 0 };
  const wires = new Map<string, { wire: HttpWire; takers: number }>();
  return {
    take: (name, url) => {
      const key = JSON.stringify([name, url]);
      const entry = wires.get(key) ?? {
        wire: openHttpWire({ name, url, maxAnswerBytes, sign, changes, readsCaching }),
        takers: 0,
      };
      wires.set(key, entry);
      entry.takers++;
      let isTaken = true;
      return {
        call: entry.wire.call,
        giveBack: async () => {
          if (!isTaken) return;
          isTaken = false;
          entry.takers--;
          if (entry.takers > 0) return;
          wires.delete(key);
          await entry.wire.close();
        },
      };
    },
  };
}
