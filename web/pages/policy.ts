/** What a page may load and do, as its Content-Security-Policy says: https://www.w3.org/TR/CSP3/. */

/** Fields of the graph that hold addresses of files that a page shows itself. */
const pictureFields = new Set(['srcset', 'href']);

/** A policy for the page that shows this answer: our own script and style, pictures and videos from where they are. */
export function policyFor(data: unknown): string {
  const pictures = new Set<string>();
  const media = new Set<string>();
  collect(data, (field, text) => {
    if (pictureFields.has(field)) add(pictures, text.split(' ', 1)[0] ?? '');
    // Its captions lie beside a video.
    if (field === 'contentUrl') add(media, text);
  });
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self'", ...pictures].join(' '),
    ["media-src 'self'", ...media].join(' '),
    "connect-src 'self'",
    'frame-src https:',
    "form-action 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; ');
}

function add(origins: Set<string>, address: string): void {
  if (!URL.canParse(address)) return;
  const { protocol, origin } = new URL(address);
  // A host may hold signs that end a source, or the directive.
  if (/^https?:$/.test(protocol) && !/[;,]/.test(origin)) origins.add(origin);
}

/** Tells of each text with the name of its field. */
function collect(value: unknown, tell: (field: string, text: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    if (typeof inner === 'string') tell(field, inner);
    else collect(inner, tell);
  }
}
