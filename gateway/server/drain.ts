/** Graceful shutdown on SIGTERM and SIGINT, and with npm. */

/** How often a program under npm looks whether npm is still there. */
const parentCheckMs = 500;

/**
 * Runs `stop` on the first SIGTERM or SIGINT; a second signal ends the process at once. npm and npx pass signals to the shell between
 * them and the program, which ends without passing them on: then the program stops too. The process exits by itself when `stop`
 * has resolved and nothing keeps it running, and with code 1 when it rejects.
 */
export function stopOnSignals(stop: () => Promise<void>, onError: (error: unknown) => void): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    isStopping = true;
    stop().catch((error: unknown) => {
      onError(error);
      process.exit(1);
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    if (!isStopping) onSignal('SIGTERM');
  }, parentCheckMs).unref();
}
