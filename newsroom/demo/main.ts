/**
 * Draws the demo newsroom's pictures into a folder: a program of its own, as drawing takes memory that a process
 * never gives back.
 */
import { drawAll } from './fill.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected a folder to draw into, but got: nothing.');
await drawAll(folder);
