/** Where the bundles of this room lie once `npm run build` made them. CommonJS on purpose: see plan/plannerWorkerPath.cts. */
import path = require('node:path');

const folder = __filename.endsWith('.cjs')
  ? __dirname
  : path.join(__dirname, '../../..', 'dist/gateway/server/explorer');

export = folder;
