/** The wires of a gateway, each for as long as somebody uses it: two supergraphs with one subgraph share its connections. */

import { type HttpWire, openHttpWire } from './httpCall.ts';
import type { Sign } from './signCredential.ts';
import type { SubgraphCall } from './subgraphCall.ts';

export interface Wires {
  /** A wire to the subgraph `name` at `url`; throws when that is not an http or https address. */
  take: (name: string, url: string) => TakenWire;
}

export interface TakenWire {
  call: SubgraphCall;
  /** Gives the wire back; its connections end when nobody has it any longer. */
  giveBack: () => Promise<void>;
}

export interface WiresOptions {
  maxAnswerBytes: number;
  /** Makes the credential of each request; none is sent unless given. */
  sign?: Sign | undefined;
  /** Whether answers tell how long they may be kept. */
  readsCaching?: boolean | undefined;
}

export function openWires({ maxAnswerBytes, sign, readsCaching }: WiresOptions): Wires {
  const changes = { count: 0 };
  const wires = new Map<string, { wire: HttpWire; takers: number }>();
  return {
    take: (name, url) => {
      const key = JSON.stringify([name, url]);
      const held = wires.get(key) ?? {
        wire: openHttpWire({ name, url, maxAnswerBytes, sign, changes, readsCaching }),
        takers: 0,
      };
      wires.set(key, held);
      held.takers++;
      let isTaken = true;
      return {
        call: held.wire.call,
        giveBack: async () => {
          if (!isTaken) return;
          isTaken = false;
          held.takers--;
          if (held.takers > 0) return;
          wires.delete(key);
          await held.wire.close();
        },
      };
    },
  };
}
