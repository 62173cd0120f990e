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
import { openSigner } from './wire/signCredential.ts';
import type { Layer, SubgraphCall } from './wire/subgraphCall.ts';
import { openWires, type TakenWire } from './wire/subgraphConnections.ts';

export interface OpenOptions {
  supergraphSdl: string;
  /** A planner for it that is being opened already. */
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
  /** Whether who may see what is enforced; otherwise a supergraph that says so is refused. */
  enforces: boolean;
  /** Who satisfies which policies; nobody does unless given. */
  policies?: PoliciesOf | undefined;
  /** A call in place of the one over HTTP, for the subgraphs that it knows. */
  callSubgraph?: ((name: string, url: string) => SubgraphCall | undefined) | undefined;
  /** Whether answers of subgraphs tell how long they may be kept. */
  readsCaching?: boolean | undefined;
  /** Whether JSON.parse will read the answers. */
  isForParse?: boolean | undefined;
  /** Called with each subgraph that a rule about headers is for and that is not there. */
  onUnknownSubgraph?: (subgraph: string) => void;
}

/** The layers around each call of a subgraph, the outermost first. */
const subgraphLayers = ({ subgraphTimeoutMs }: OpenOptions['settings']): readonly Layer[] => [
  withDeadline(subgraphTimeoutMs),
];

/** Each graph gives its connections back when it closes. Rejects with a SupergraphError when the first cannot be run. */
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
    const taken: TakenWire[] = [];
    const names = new Set<string>();
    const giveBack = async () => void (await Promise.all(taken.map((wire) => wire.giveBack())));
    const callOf = (name: string, url: string): SubgraphCall => {
      names.add(name);
      const wire = wires.take(name, url);
      taken.push(wire);
      return wire.call;
    };
    try {
      const graph = await openGraph({
        supergraphSdl: sdl,
        callOf,
        planner: { timeoutMs: settings.planTimeoutMs, maxPaths: settings.maxPlanPaths },
        // The rest is for parsed operations.
        maxPlanBytes: (settings.operationCacheBytes * 2) / 3,
        ...(planner && { opened: planner }),
        authorize: enforces ? (model) => openAuthorization(model, policies) : undefined,
        maxResponseBytes: settings.maxResponseBytes,
        isForParse,
      });
      for (const subgraph of unknownSubgraphsIn(settings.headerRules, names)) onUnknownSubgraph?.(subgraph);
      const close = async () => {
        await graph.close();
        await giveBack();
      };
      return { ...graph, close };
    } catch (error) {
      await giveBack();
      const reason = shortenMessage(error instanceof Error ? error.message : String(error));
      throw new SupergraphError(`Expected a supergraph that this gateway can run, but got: ${reason}`);
    } finally {
      // It was for the first graph alone.
      planner = undefined;
    }
  });
}
