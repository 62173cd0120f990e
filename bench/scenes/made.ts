/** The scenes on made-up graphs: the public benchmark, and fifty subgraphs. */
import { composeGraph } from '../graphs/graph.ts';
import { type GraphName, graphNamed } from '../graphs/named.ts';
import { cores } from '../measure/cores.ts';
import { peers } from '../peers/peers.ts';
import { startProgram } from '../program.ts';
import { writeFiles } from './files.ts';
import type { OpenScene, Scene } from './scene.ts';

interface MadeScene {
  graph: GraphName;
  handWritten: string;
  title: string;
  workloads: readonly { title: string; connections: number; isUnique: boolean }[];
}

function madeScene(name: string, { graph, handWritten, title, workloads }: MadeScene): Scene {
  async function open(folder: string): Promise<OpenScene> {
    const { subgraphs, operation, answer } = graphNamed(graph);
    const program = await startProgram({
      file: 'dist/bench/graphs/main.js',
      args: [graph],
      until: /^\{/,
      ...cores.others,
    });
    const addresses: Record<string, string> = JSON.parse(program.lines[0] ?? '{}');
    const data = answer();
    const operationName = /query (\w+)/.exec(operation)?.[1];
    const body = JSON.stringify({ query: operation, operationName });
    return {
      setting: {
        ...writeFiles(folder, composeGraph(subgraphs, addresses), data),
        addresses,
        handWritten,
        pin: cores.gateway ?? {},
      },
      peers,
      workloads: workloads.map((one) => ({ ...one, bodies: [body], answers: [data] })),
      count: async () =>
        (await program.ask({ count: true })) as { calls: number; withoutAuthorization: number },
      close: () => program.stop(),
    };
  }
  return { name, title, open };
}

export const publicScene = madeScene('public', {
  graph: 'reviews',
  handWritten: 'reviewsByHand',
  title: "The public gateway benchmark's graph and question, 88 kB, 50 connections, gateway on one core",
  workloads: [
    { title: 'unique headers', connections: 50, isUnique: true },
    { title: 'the same headers', connections: 50, isUnique: false },
  ],
});

export const wideScene = madeScene('wide', {
  graph: 'wide',
  handWritten: 'wideByHand',
  title: '50 subgraphs, an operation of 2,000 fields, 10 connections, gateway on one core',
  workloads: [{ title: '2,000 fields', connections: 10, isUnique: true }],
});
