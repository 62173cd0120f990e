/** Graceful shutdown on SIGTERM and SIGINT. */

/**
 * Runs `stop` on the first SIGTERM or SIGINT; a second signal ends the process at once. The process exits by itself when `stop`
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
}
