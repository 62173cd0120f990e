/** Programs as people start them: processes of their own, with what they print and how they end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';

export interface Program {
  /** What it printed so far. */
  printed: { stdout: string; stderr: string };
  pid: number;
  /** Resolves to the first match in what it prints; rejects, with all that was printed, when it ends before. */
  said(pattern: RegExp, where?: 'stdout' | 'stderr'): Promise<RegExpMatchArray>;
  /** Tells it to end; resolves when it has. */
  signal(signal: NodeJS.Signals): Promise<Ending>;
  ended: Promise<Ending>;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

const running = new Set<ChildProcess>();

/** Runs a compiled program, such as "newsroom/main.js", with no other environment than `env` and a PATH. */
export function startProgram(
  file: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Program {
  const path = resolve('dist', file);
  if (!existsSync(path)) throw new Error(`Expected ${path} to be built ("npm run build"), but it is not.`);
  // Away from the checkout, where a developer may have a .env of their own.
  return startCommand(process.execPath, [path, ...args], { cwd: tmpdir(), env });
}

/** What a program logs must not depend on how busy the machine is. */
const untimed = { SLOW_OPERATION_MS: '0' };

/** Runs a command in a folder, with no other environment than `env` and a PATH. */
export function startCommand(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Program {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, ...untimed, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const printed = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      for (const look of listeners) look();
    });
  const ended = new Promise<Ending>((resolveEnd) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolveEnd({ code, signal, ...printed });
    });
  });
  return {
    printed,
    pid: child.pid ?? 0,
    ended,
    said: (pattern, where = 'stdout') =>
      new Promise((found, missed) => {
        const look = () => {
          const match = printed[where].match(pattern);
          if (!match) return;
          listeners.delete(look);
          found(match);
        };
        listeners.add(look);
        look();
        void ended.then(({ code, stdout, stderr }) =>
          missed(new Error(`Expected ${pattern} to be said, but it ended with ${code}:\n${stdout}${stderr}`)),
        );
      }),
    signal(name) {
      child.kill(name);
      return ended;
    },
  };
}

/** Ends at once whatever a test left running. */
export async function killPrograms(): Promise<void> {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise((gone) => {
          child.once('close', gone);
          child.kill('SIGKILL');
        }),
    ),
  );
}
