/** The explorer pages: Apollo Sandbox at /graphql, and GraphiQL at /graphiql, which works without Apollo's servers. */
import { createHash } from 'node:crypto';
import type { ExplorerTab } from './tabs.ts';

const sandboxOrigin = 'https://embeddable-sandbox.cdn.apollographql.com';
const sandboxScript = `${sandboxOrigin}/v2/embeddable-sandbox.umd.production.min.js`;

/** Apollo Sandbox with one operation, and a fallback text for when its script does not load. */
export function sandboxPage({ query, variables }: ExplorerTab): string {
  const config = {
    target: '#sandbox',
    initialState: { document: query, ...(variables && { variables }), includeCookies: true },
    endpointIsEditable: false,
    runTelemetry: false,
    hideCookieToggle: false,
  };
  const script = `
const config = ${inScript(config)};
const show = (id) => { for (const one of document.querySelectorAll('main')) one.hidden = one.id !== id; };
if (window.EmbeddedSandbox) {
  show('sandbox');
  new window.EmbeddedSandbox({ ...config, initialEndpoint: location.origin + location.pathname });
} else show('fallback');
`;
  const policy = [
    "default-src 'none'",
    `script-src ${sandboxOrigin} '${hashOf(script)}'`,
    // Apollo Sandbox sets inline styles.
    "style-src 'unsafe-inline'",
    'frame-src https://sandbox.embed.apollographql.com',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page(
    'Apollo Sandbox',
    policy,
    `<main id="sandbox" hidden></main>
<main id="fallback" class="fallback">
<h1>Apollo Sandbox could not be loaded</h1>
<p>Its script comes from ${sandboxOrigin}, which this browser did not reach, or it does not run scripts.</p>
<p><a href="/graphiql">Explore this graph in GraphiQL</a>, which is served from here.</p>
<p>Any GraphQL client works too: send operations to this address by POST.</p>
</main>
<script src="${sandboxScript}"></script>
<script>${script}</script>`,
  );
}

/** GraphiQL with the tabs of a first visit. */
export function graphiqlPage(tabs: readonly ExplorerTab[]): string {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page(
    'GraphiQL',
    policy,
    `<link rel="stylesheet" href="/graphiql/client.css">
<main id="graphiql" data-endpoint="/graphql" data-tabs="${inAttribute(JSON.stringify(tabs))}">
<noscript>GraphiQL is a program: it needs scripts.</noscript>
</main>
<script src="/graphiql/client.js"></script>`,
  );
}

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
html, body { height: 100%; margin: 0; }
main { height: 100vh; }
main[hidden] { display: none; }
iframe { width: 100%; height: 100%; border: 0; background: #fff; }
.fallback { max-width: 40rem; height: auto; margin: 15vh auto 0; padding: 0 1.5rem; }
.fallback h1 { font-size: 1.75rem; line-height: 1.2; }
`;

function page(title: string, policy: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin">
<meta http-equiv="content-security-policy" content="${inAttribute(policy)}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** JSON that cannot contain a closing script tag. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

const inAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
