/**
 * Runs a compiled program, and builds first where a source has changed:
 * `node .scripts/run.mjs [FLAGS OF NODE] dist/PROGRAM.js [ARGUMENTS]`. Exits as the program exits.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { buildIfStale } from './build.mjs';

/** Ctrl-C reaches this process twice: from the terminal and from npm. The program must not take the second for impatience. */
const sameSignalMs = 500;

try {
  await buildIfStale();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

// In a process group of its own, so that it gets each signal once, from here.
const program = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit', detached: true });
let passedOnAt = Number.NEGATIVE_INFINITY;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (performance.now() - passedOnAt < sameSignalMs) return;
    passedOnAt = performance.now();
    program.kill(signal);
  });
// npm passes signals to its shell, which ends without passing them on.
const shell = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  const check = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(check);
    process.emit('SIGTERM');
  }, 500);
}
program.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
program.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
