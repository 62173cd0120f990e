/**
 * The path of the thread program; undefined when sources run unbuilt, since a thread needs JavaScript. CommonJS,
 * because `__dirname` exists in built code and under Jest.
 */
import path = require('node:path');

const program = __filename.endsWith('.cjs') ? path.join(__dirname, 'bodyThread.js') : undefined;

export = program;
