/** The Content-Security-Policy of pages: https://www.w3.org/TR/CSP3/. */

/** Fields of the graph with URLs of files that a page shows. */
const pictureFields = new Set(['srcset', 'href']);

/** The policy for a page with this result: the site's own script and style, and the origins of pictures and videos. */
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
  // A host may contain characters that end a source or a directive.
  if (/^https?:$/.test(protocol) && !/[;,]/.test(origin)) origins.add(origin);
}

/** Visits each string with the name of its field. */
function collect(value: unknown, tell: (field: string, text: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    if (typeof inner === 'string') tell(field, inner);
    else collect(inner, tell);
  }
}
