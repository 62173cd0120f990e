/**
 * Draws the demo pictures into a folder. It is a program of its own, since the process does not return the memory that
 * drawing takes.
 */
import { drawAll } from './fill.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected a folder to draw into, but got: nothing.');
await drawAll(folder);
