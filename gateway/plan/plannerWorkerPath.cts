/**
 * The path of the worker program; undefined when running from source, since a worker takes only JavaScript. CommonJS,
 * because `__dirname` works both in built code and under Jest.
 */
import path = require('node:path');

const program = __filename.endsWith('.cjs') ? path.join(__dirname, 'plannerWorker.js') : undefined;

export = program;
