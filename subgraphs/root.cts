/**
 * The project root on disk, found from this file; migrations and demo pictures are stored next to the code. CommonJS
 * because `__dirname` works in compiled code and under Jest alike.
 */
import fs = require('node:fs');
import path = require('node:path');

function above(folder: string): string {
  if (fs.existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`Expected a package.json above ${__dirname}, but found none.`);
  return above(parent);
}

const projectRoot = above(__dirname);

export = projectRoot;
