/** Runs programs as people do, each in a process of its own, and reads what the operating system says of it (Linux). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';

export interface Program {
  /** Milliseconds from its start to the line that was waited for. */
  readyMs: number;
  /** What it printed to standard output so far, a line each. */
  lines: readonly string[];
  /** Resident memory now, in MB. */
  memoryMb(): number;
  /** User and system time so far, in milliseconds: all threads, and processes that it started itself. */
  cpuMs(): number;
  /** Sends a message to a program that listens for them, and resolves to its answer. */
  ask<Answer>(message: object): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Start {
  /** The compiled program; its arguments; what its environment has beside ours. */
  file: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The line of standard output, or the address that answers, by which it is known to be ready. */
  until: RegExp | (() => Promise<boolean>);
  /** Another program, whose flags of Node it gets; its own, as package.json starts it, unless given. */
  flagsLike?: string;
  /** A module that is loaded before the program. */
  preload?: string;
  /** The one core that it may use from when it is ready; any, unless given. */
  core?: number;
}

/** Whether programs can be kept to one core here: two cores and `taskset` (util-linux). */
export const canPin = cpus().length > 1 && existsSync('/usr/bin/taskset');

const startTimeoutMs = 60_000;

/** Nothing that was started outlives the benchmark, however that ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** The flags with which package.json has Node start a program. */
function flagsOf(file: string): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const script of Object.values(scripts)) {
    const [, flags, started] = /^node \.scripts\/run\.mjs ((?:--\S+ )*)(\S+)$/.exec(script) ?? [];
    if (started === file) return (flags ?? '').split(' ').filter(Boolean);
  }
  return [];
}

/** Starts a program; resolves when it is ready, rejects, with the end of what it said, when it ends before. */
export async function startProgram({
  file,
  args = [],
  env = {},
  until,
  preload,
  core,
  flagsLike,
}: Start): Promise<Program> {
  const started = performance.now();
  const flags = [...flagsOf(flagsLike ?? file), ...(preload ? ['--import', preload] : [])];
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const lines: string[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    complaints.push(line);
    if (complaints.length > 20) complaints.shift();
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string) => {
      child.kill('SIGKILL');
      const said = [...lines.slice(-5), ...complaints].join(' ').slice(0, 400);
      reject(new Error(`Expected ${file} to get ready, but ${what}: ${said || 'it said nothing'}`));
    };
    const timer = setTimeout(() => fail(`it was not after ${startTimeoutMs / 1000} s`), startTimeoutMs);
    const ready = () => {
      clearTimeout(timer);
      resolve();
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`it ended with ${code ?? signal}`);
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 200) lines.shift();
      if (until instanceof RegExp && until.test(line)) ready();
    });
    if (!(until instanceof RegExp)) void answering(until, child).then(ready);
  });
  const readyMs = performance.now() - started;
  if (core !== undefined && canPin) pin(child.pid as number, core);
  return {
    readyMs,
    lines,
    memoryMb: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    cpuMs: () => cpuOf(child.pid as number),
    ask: (message) => answerOf(child, message),
    stop: () => ended(child),
  };
}

/** Keeps all threads of a process, and those they will start, to one core. */
function pin(pid: number, core: number): void {
  const { status, stderr } = spawnSync('taskset', ['-acp', String(core), String(pid)]);
  if (status !== 0) throw new Error(`Expected a process to be kept to core ${core}, but got: ${stderr}`);
}

async function answering(isReady: () => Promise<boolean>, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !(await isReady().catch(() => false)))
    await new Promise((resolve) => setTimeout(resolve, 50));
}

function cpuOf(pid: number): number {
  // Fields 14 and 15 of /proc/PID/stat, in hundredths of a second; the name before them may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  const own = (Number(fields[11]) + Number(fields[12])) * 10;
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), own);
}

function answerOf<Answer>(child: ChildProcess, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('Expected an answer of a program, but it ended.'));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      resolve(answer as Answer);
    });
    child.send(message);
  });
}

/** Runs a compiled program to its end; answers how long it took, in seconds, and its last line. */
export async function runProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const started = performance.now();
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  let peakMb = 0;
  const watch = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
  }, 50);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`Expected ${file} to end with 0, but got: ${code}.`);
  return { seconds: (performance.now() - started) / 1000, peakMb, last: lines.at(-1) ?? '' };
}

/** Told to stop, and made to where it does not within five seconds. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(timer);
}
