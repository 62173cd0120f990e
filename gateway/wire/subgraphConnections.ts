/**
 * The gateway's subgraph connections, with the layers around their calls, reference-counted: two supergraphs with the same
 * subgraph at the same URL share them.
 */

import { openHttpWire } from './httpCall.ts';
import type { Sign } from './signCredential.ts';
import type { Layer, SubgraphCall } from './subgraphCall.ts';

export interface Wires {
  /** Takes a connection to the subgraph `name` at `url`. Throws if `url` is not an http or https URL. */
  take: (name: string, url: string) => TakenWire;
}

interface Wire {
  call: SubgraphCall;
  close: () => Promise<void>;
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
  /** A call in place of the one over HTTP, for the subgraphs that it serves. */
  callSubgraph?: ((name: string, url: string) => SubgraphCall | undefined) | undefined;
  /** The layers around each call, the outermost first. */
  layers: readonly Layer[];
}

export function openWires({ callSubgraph, layers, ...http }: WiresOptions): Wires {
  const changes = { count: 0 };
  const wires = new Map<string, { wire: Wire; takers: number }>();
  const open = (name: string, url: string): Wire => {
    const own = callSubgraph?.(name, url);
    const wire: Wire = own
      ? { call: own, close: async () => {} }
      : openHttpWire({ name, url, changes, ...http });
    const call = layers.reduceRight((inner, layer) => layer(inner, { name, url }), wire.call);
    return { call, close: wire.close };
  };
  return {
    take: (name, url) => {
      const key = JSON.stringify([name, url]);
      const entry = wires.get(key) ?? { wire: open(name, url), takers: 0 };
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
