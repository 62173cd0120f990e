/** Runs one of our programs as people do, and reads what the operating system says of it (Linux). */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Program {
  /** Milliseconds from its start to the line that was waited for. */
  readyMs: number;
  /** What it printed to standard output so far, a line each. */
  lines: readonly string[];
  /** Resident memory now, in MB. */
  memoryMb(): number;
  /** User and system time so far, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Starts a compiled program; resolves when it prints a line that matches, rejects when it ends before. */
export async function startProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  until: RegExp,
): Promise<Program> {
  const started = performance.now();
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const readyMs = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (until.test(line)) resolve(performance.now() - started);
    });
    child.once('exit', (code) =>
      reject(new Error(`Expected ${file} to get ready, but it ended with ${code}.`)),
    );
  });
  const stat = (path: string) => readFileSync(`/proc/${child.pid}/${path}`, 'utf8');
  return {
    readyMs,
    lines,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(stat('status'))?.[1]) / 1024,
    cpuMs() {
      // Fields 14 and 15 of /proc/PID/stat, in hundredths of a second; the name before them may hold blanks.
      const fields = stat('stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    stop: () => ended(child),
  };
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

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
