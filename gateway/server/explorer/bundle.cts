/** The folder of the explorer's bundles, which `npm run build` creates. CommonJS on purpose: see plan/plannerWorkerPath.cts. */
import path = require('node:path');

const folder = __filename.endsWith('.cjs')
  ? __dirname
  : path.join(__dirname, '../../..', 'dist/gateway/server/explorer');

export = folder;
