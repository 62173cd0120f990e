/** How far the heap of this process may grow before garbage is collected. */
import { setFlagsFromString } from 'node:v8';

/** How much the heap grows beyond what is alive, in percent. */
const growthPercent = 30;

/**
 * Lets V8 collect garbage as soon as the heap has grown by a fixed share. Left alone, a process that lives on 80 MB
 * grows to 300 MB first, since V8 allows a small heap to grow by a multiple. Options for Node's heap, such as
 * `--max-old-space-size`, hold beside it. Call it once, at the start of a program.
 */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
