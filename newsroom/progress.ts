/** Shows the progress of long work: a bar on a terminal, else a line from time to time. */
import { SingleBar } from 'cli-progress';

interface Output {
  isTTY?: boolean | undefined;
  write: (text: string) => unknown;
}

/** The percentage after which a new line is printed. */
const stepPercent = 10;

/** Call `show` at each step, and `end` before other output. */
export function openProgress(output: Output) {
  return output.isTTY ? barProgress() : lineProgress(output);
}

function barProgress() {
  let bar: SingleBar | undefined;
  let shown = '';
  return {
    show({ done, total, what }: { done: number; total: number; what: string }): void {
      if (what !== shown) {
        bar?.stop();
        bar = new SingleBar({
          format: '{what} [{bar}] {percentage} % | {eta_formatted} left',
          stream: process.stderr,
          hideCursor: true,
        });
        bar.start(total, 0, { what });
        shown = what;
      }
      bar?.update(Math.min(done, total), { what });
    },
    end(): void {
      bar?.stop();
    },
  };
}

function lineProgress(output: Output) {
  let shown = '';
  return {
    show({ done, total, what }: { done: number; total: number; what: string }): void {
      const percent = Math.min(100, Math.floor(((done / total) * 100) / stepPercent) * stepPercent);
      const line = `${what}: ${percent} %`;
      if (line !== shown && percent > 0) output.write(`${line}\n`);
      shown = line;
    },
    end(): void {},
  };
}
