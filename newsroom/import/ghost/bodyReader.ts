/** Reads post texts on a worker thread with a timeout for each, so that no text blocks a newsroom or an import. */
import { Worker } from 'node:worker_threads';
import { RecordError, type SourceRecord } from '../records.ts';
import { bodyFields, type PictureTold, type Places, type PostBody } from './body.ts';
import { type BodyAnswer, type BodyJob, openBodyWork } from './bodyJob.ts';
import defaultProgram from './bodyProgram.cts';

export interface BodyReader {
  /** The facts about pictures in a post's text. Rejects with a RecordError when it cannot be read. */
  pictures(post: SourceRecord): Promise<PictureTold[]>;
  /** The text of a post as blocks. Rejects with a RecordError when it cannot be read. */
  story(post: SourceRecord, places: Places): Promise<PostBody>;
  close(): Promise<void>;
}

export interface BodyReaderOptions {
  /** The timeout for one text. */
  timeoutMs?: number;
  /** The program of the thread; when undefined, texts are read in this thread. */
  program?: string | undefined;
}

/** A long story takes some milliseconds; a busy machine takes longer. */
const usualTimeoutMs = 20_000;
/** How many jobs the thread may have at once, so that it does not wait for this thread. */
const mostSent = 16;
const maxHeapMiB = 1024;

interface Waiting {
  job: BodyJob;
  places: Places | undefined;
  settle: (answer: BodyAnswer) => void;
}

/** Opens a reader. Its thread starts with the first text and keeps no process alive. */
export function openBodyReader({
  timeoutMs = usualTimeoutMs,
  program = defaultProgram,
}: BodyReaderOptions = {}): BodyReader {
  const queue = program === undefined ? undefined : new ThreadQueue(program, timeoutMs);
  const workHere = openBodyWork();
  const ask = async (job: BodyJob, places?: Places) => {
    const answer = queue ? await queue.ask(job, places) : workHere({ ...job, ...(places && { places }) });
    if ('problem' in answer) throw new RecordError(answer.problem);
    return answer;
  };
  const textOf = (post: SourceRecord) => Object.fromEntries(bodyFields.map((name) => [name, post[name]]));
  return {
    async pictures(post) {
      const answer = await ask({ kind: 'pictures', post: textOf(post) });
      return 'pictures' in answer ? answer.pictures : [];
    },
    async story(post, places) {
      const answer = await ask({ kind: 'story', post: textOf(post) }, places);
      if ('story' in answer) return answer.story;
      throw new RecordError('Expected the text of the post, but got: another type.');
    },
    close: async () => queue?.close(),
  };
}

class ThreadQueue {
  readonly #program: string;
  readonly #timeoutMs: number;
  readonly #waiting: Waiting[] = [];
  /** The jobs of the thread, in the order of their results. */
  #sent: Waiting[] = [];
  #worker: Worker | undefined;
  /** The places last sent to the thread. */
  #places: Places | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(program: string, timeoutMs: number) {
    this.#program = program;
    this.#timeoutMs = timeoutMs;
  }

  ask(job: BodyJob, places?: Places): Promise<BodyAnswer> {
    return new Promise((settle) => {
      this.#waiting.push({ job, places, settle });
      this.#next();
    });
  }

  async close(): Promise<void> {
    for (const { settle } of [...this.#sent, ...this.#waiting.splice(0)])
      settle({ problem: 'Expected the text to be read, but the reader was closed.' });
    await this.#end();
  }

  #next(): void {
    while (this.#sent.length < mostSent) {
      const one = this.#waiting.shift();
      if (!one) break;
      this.#worker ??= this.#open();
      this.#worker.ref();
      const isTold = one.places === undefined || one.places === this.#places;
      this.#places = one.places ?? this.#places;
      this.#worker.postMessage(isTold ? one.job : { ...one.job, places: one.places });
      this.#sent.push(one);
      if (this.#sent.length === 1) this.#wait();
    }
  }

  #open(): Worker {
    // The program is built JavaScript; threads reject some of this process's options.
    const worker = new Worker(this.#program, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB },
    });
    const lose = (reason: string) => {
      if (worker === this.#worker)
        this.#giveUp(`Expected a text that can be read, but reading it failed: ${reason}`);
    };
    worker.on('message', (answer: BodyAnswer) => {
      if (worker === this.#worker) this.#take(answer);
    });
    worker.on('error', (error) => lose(error.message));
    worker.on('exit', (code) => lose(`the thread ended with ${code}.`));
    return worker;
  }

  #take(answer: BodyAnswer): void {
    clearTimeout(this.#timer);
    this.#sent.shift()?.settle(answer);
    if (this.#sent.length > 0) this.#wait();
    this.#next();
    if (this.#sent.length === 0) this.#worker?.unref();
  }

  /** Starts the timeout of the oldest job. */
  #wait(): void {
    const oldest = this.#sent[0];
    const seconds = this.#timeoutMs / 1000;
    this.#timer = setTimeout(
      // Results that have arrived are read before the timeout is checked.
      () =>
        setImmediate(() => {
          if (oldest && oldest === this.#sent[0])
            this.#giveUp(`Expected a text that is read within ${seconds} seconds, but it took longer.`);
        }),
      this.#timeoutMs,
    );
  }

  /** Terminates the thread that is stuck on the oldest job, and starts another for the jobs after it. */
  #giveUp(problem: string): void {
    const [culprit, ...others] = this.#sent;
    this.#sent = [];
    void this.#end();
    this.#waiting.unshift(...others);
    culprit?.settle({ problem });
    this.#next();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#places = undefined;
    this.#sent = [];
    await worker?.terminate();
  }
}
