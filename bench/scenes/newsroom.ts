/** The scenes on our own newsroom: what the gateway costs, and what everything together costs. */
import { ours, type Peer, peers, type Setting, stock } from '../peers/peers.ts';
import type { Program } from '../program.ts';
import { writeFiles } from './files.ts';
import { readPages } from './pages.ts';
import type { OpenScene, Scene } from './scene.ts';
import { addressesOf, type Subgraphs, startNewsroom, startSubgraphs, supergraphAt } from './subgraphs.ts';

const hasDatabase = Boolean(process.env.DATABASE_URL);
const place = hasDatabase ? 'PostgreSQL' : 'the embedded database, as DATABASE_URL is not set';

/** Subgraphs that remain the same for every gateway before them. */
export const newsScene: Scene = {
  name: 'news',
  title: `Our pages: four subgraphs on ${place}, 8 connections, a different reader each request`,
  async open(folder): Promise<OpenScene> {
    const { addresses, programs, stop } = hasDatabase ? await separate() : await together(folder);
    try {
      const setting = settingFor(folder, addresses);
      // The answers that count are the stock gateway's.
      const reference = await stock.start(setting);
      const pages = await readPages(reference.url).finally(() => reference.program.stop());
      const workloads = pages.map((page, at) => ({ ...page, isExtra: at > 0 }));
      writeFiles(folder, supergraphAt(addresses), workloads[0]?.answers[0]);
      return { setting, peers, workloads, count: () => countOf(programs), close: stop };
    } catch (error) {
      await stop();
      throw error;
    }
  },
};

function settingFor(folder: string, addresses: Readonly<Record<string, string>>): Setting {
  const files = writeFiles(folder, supergraphAt(addresses), {});
  return { ...files, addresses, handWritten: 'newsroomByHand', pin: {} };
}

/** The four as processes, on a database that has the demo at least. */
async function separate(): Promise<Subgraphs> {
  await (await startNewsroom({})).stop();
  return startSubgraphs({ isStock: false });
}

/** The four on ports of one process: an embedded database opens in one alone. */
async function together(folder: string): Promise<Subgraphs> {
  const program = await startNewsroom({ DATA_DIR: folder }, { isExplored: true });
  return { addresses: addressesOf(program), programs: [program], stop: () => program.stop() };
}

async function countOf(programs: readonly Program[]): Promise<{ calls: number }> {
  const counts = await Promise.all(
    programs.map((program) => program.ask<{ calls: number }>({ count: true })),
  );
  return { calls: counts.reduce((sum, { calls }) => sum + calls, 0) };
}

/** Everything added up that answers, the database apart: it has the same work in each case. */
export const wholeScene: Scene = {
  name: 'whole',
  title: 'Our pages, CPU of gateway and subgraphs added up, PostgreSQL apart, 8 connections',
  leftOut: hasDatabase ? undefined : 'it needs a PostgreSQL that DATABASE_URL names',
  async open(folder): Promise<OpenScene> {
    await (await startNewsroom({})).stop();
    const stockWhole = await behind(stock, folder, { isStock: true });
    try {
      const pages = await readPages(stockWhole.url);
      const workloads = pages.map((page, at) => ({ ...page, isExtra: at > 0 }));
      const setting = settingFor(folder, {});
      const whole: Peer[] = [
        {
          name: '@apollo/gateway, 4 Apollo Server subgraphs',
          isGateway: true,
          start: async () => stockWhole,
        },
        {
          name: 'Dateline, gateway and 4 subgraphs',
          isGateway: true,
          start: () => behind(ours, folder, { isStock: false }),
        },
        {
          name: 'Dateline, all in one process',
          isGateway: true,
          async start() {
            const program = await startNewsroom({ LOG_LEVEL: 'warn', PROPAGATE_HEADERS: 'authorization' });
            return { program, url: addressesOf(program).graph ?? '' };
          },
        },
      ];
      return { setting, peers: whole, workloads, close: async () => {} };
    } catch (error) {
      await Promise.all([stockWhole.program, ...stockWhole.others].map((program) => program.stop()));
      throw error;
    }
  },
};

/** A gateway before four subgraphs of its own. */
async function behind({ start }: Peer, folder: string, { isStock }: { isStock: boolean }) {
  const { addresses, programs, stop } = await startSubgraphs({ isStock });
  try {
    return { ...(await start(settingFor(folder, addresses))), others: programs };
  } catch (error) {
    await stop();
    throw error;
  }
}
