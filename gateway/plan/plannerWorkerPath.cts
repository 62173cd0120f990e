/**
 * Where the program of the planner's thread stands; undefined where sources run as they are, since a thread takes
 * JavaScript only. CommonJS on purpose: `__dirname` is known in built code and under Jest alike.
 */
import path = require('node:path');

const program = __filename.endsWith('.cjs') ? path.join(__dirname, 'plannerWorker.js') : undefined;

export = program;
