/** Files that `npm run build` makes for browsers, read once. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import projectRoot from '../subgraphs/root.cts';

export interface Asset {
  text: string;
  /** The beginning of the SHA-256, for URLs that change with the content. */
  version: string;
  /** For `integrity` and for a Content-Security-Policy: "sha256-...". */
  integrity: string;
}

const known = new Map<string, Asset>();

/** The bundle of web/client/NAME, such as "page", or the style sheet of that name. Throws when it is not built. */
export function assetOf(name: string, kind: 'js' | 'css' = 'js'): Asset {
  const file = `${name}.${kind}`;
  const asset = known.get(file) ?? readAsset(file);
  known.set(file, asset);
  return asset;
}

function readAsset(name: string): Asset {
  const text = readFileSync(join(projectRoot, 'dist/web/client', name), 'utf8');
  const hash = createHash('sha256').update(text);
  const base64 = hash.copy().digest('base64');
  return { text, version: hash.digest('hex').slice(0, 12), integrity: `sha256-${base64}` };
}
