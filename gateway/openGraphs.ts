/** Opens the graphs of a gateway, with the connections to their subgraphs and the layers around each call. */
import { openAuthorization, type PoliciesOf } from './auth/authorize.ts';
import { shortenMessage } from './errors.ts';
import { openGraph } from './execute/graph.ts';
import { type Graphs, openGraphs } from './execute/graphLease.ts';
import type { Planner } from './plan/planner.ts';
import type { Settings } from './settings.ts';
import { SupergraphError } from './supergraph/loadSupergraph.ts';
import { withDeadline } from './wire/deadline.ts';
import { unknownSubgraphsIn } from './wire/headerRules.ts';
import { publishCalls } from './wire/publishCalls.ts';
import { openSigner } from './wire/signCredential.ts';
import type { Layer, SubgraphCall } from './wire/subgraphCall.ts';
import { openWires, type TakenWire } from './wire/subgraphConnections.ts';

export interface OpenOptions {
  supergraphSdl: string;
  /** A planner for the supergraph that is opening already. */
  opened?: Promise<Planner> | undefined;
  settings: Pick<
    Settings,
    | 'gatewaySecrets'
    | 'headerRules'
    | 'maxAnswerBytes'
    | 'maxPlanPaths'
    | 'operationCacheBytes'
    | 'maxResponseBytes'
    | 'planTimeoutMs'
    | 'subgraphTimeoutMs'
  >;
  /** Whether authorization directives are enforced; if not, a supergraph that uses them is refused. */
  enforces: boolean;
  /** Evaluates policies (`@policy`) for a reader; defaults to none satisfied. */
  policies?: PoliciesOf | undefined;
  /** Returns a call that replaces HTTP for a subgraph; undefined for subgraphs to be called over HTTP. */
  callSubgraph?: ((name: string, url: string) => SubgraphCall | undefined) | undefined;
  /** Whether the Cache-Control headers of subgraph responses are read. */
  readsCaching?: boolean | undefined;
  /** Whether JSON.parse reads the results. */
  isForParse?: boolean | undefined;
  /** Called with each subgraph of a header propagation rule that the supergraph does not have. */
  onUnknownSubgraph?: (subgraph: string) => void;
}

/** The layers around each subgraph call, the outermost first. */
const subgraphLayers = ({ subgraphTimeoutMs }: OpenOptions['settings']): readonly Layer[] => [
  publishCalls,
  withDeadline(subgraphTimeoutMs),
];

/** Opens the first graph. A graph releases its connections when it closes. Rejects with a SupergraphError if it cannot be run. */
export function openGraphsOf({ supergraphSdl, opened, ...options }: OpenOptions): Promise<Graphs> {
  const { settings, callSubgraph, onUnknownSubgraph, enforces, policies, readsCaching, isForParse } = options;
  const wires = openWires({
    ...{ callSubgraph, readsCaching },
    maxAnswerBytes: settings.maxAnswerBytes,
    sign: openSigner(settings.gatewaySecrets),
    layers: subgraphLayers(settings),
  });
  let planner = opened;
  return openGraphs(supergraphSdl, async (sdl) => {
    const graphWires: TakenWire[] = [];
    const names = new Set<string>();
    const releaseWires = async () => void (await Promise.all(graphWires.map((wire) => wire.giveBack())));
    const callOf = (name: string, url: string): SubgraphCall => {
      names.add(name);
      const wire = wires.take(name, url);
      graphWires.push(wire);
      return wire.call;
    };
    try {
      const graph = await openGraph({
        supergraphSdl: sdl,
        callOf,
        planner: { timeoutMs: settings.planTimeoutMs, maxPaths: settings.maxPlanPaths },
        // The rest of the cache size is for parsed operations.
        maxPlanBytes: (settings.operationCacheBytes * 2) / 3,
        ...(planner && { opened: planner }),
        authorize: enforces ? (model) => openAuthorization(model, policies) : undefined,
        maxResponseBytes: settings.maxResponseBytes,
        isForParse,
      });
      for (const subgraph of unknownSubgraphsIn(settings.headerRules, names)) onUnknownSubgraph?.(subgraph);
      const close = async () => {
        await graph.close();
        await releaseWires();
      };
      return { ...graph, close };
    } catch (error) {
      await releaseWires();
      const reason = shortenMessage(error instanceof Error ? error.message : String(error));
      throw new SupergraphError(`Expected a supergraph that this gateway can run, but got: ${reason}`);
    } finally {
      // The planner was for the first graph only.
      planner = undefined;
    }
  });
}
