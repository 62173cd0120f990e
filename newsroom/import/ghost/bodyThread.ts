/** The worker thread that reads post texts. */
import { parentPort } from 'node:worker_threads';
import { type BodyJob, openBodyWork } from './bodyJob.ts';

const port = parentPort;
if (!port) throw new Error('Expected to be run in a thread, but got: none.');

const work = openBodyWork();
port.on('message', (job: BodyJob) => port.postMessage(work(job)));
