/** The program of the planner's worker thread: reports that it is ready, then makes plans one by one. */
import { parentPort, workerData } from 'node:worker_threads';
import { type MakerOptions, openMaker, type PlanRequest } from './makePlan.ts';

const { sdl, options } = workerData as { sdl: string; options: MakerOptions };
const port = parentPort;
if (!port) throw new Error('Expected to be run in a thread, but got: none.');

const maker = openMaker(sdl, options);
port.on('message', (request: PlanRequest) => port.postMessage(maker.make(request)));
port.postMessage({ apiSdl: maker.apiSdl });
