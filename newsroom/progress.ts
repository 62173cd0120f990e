/** Shows how far long work is: a bar at a terminal, else a line now and then. */
import { SingleBar } from 'cli-progress';

interface Output {
  isTTY?: boolean | undefined;
  write: (text: string) => unknown;
}

/** A line each time this much more is done. */
const stepPercent = 10;

/** `show` is told each step; `end` leaves the output ready for other text. */
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
