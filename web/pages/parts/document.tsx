/** The HTML document of a page. */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { feedFormats } from '../../feedFormats.ts';
import { assetPaths } from '../assets.ts';
import { type Site, siteDescription } from '../site.ts';
import { Footer, Masthead, type NamedSection } from './masthead.tsx';

/** The result of a view. */
export interface Page {
  status?: number;
  title: string;
  description?: string | null | undefined;
  /** The canonical URL: a path, or absolute. */
  canonical: string;
  /** Excludes the page from search engines: search results and errors. */
  isUnlisted?: boolean;
  /**
   * Whether it holds what is one reader's own, or what opens a session. No page that is opened from it is told its whole
   * address; its origin is, without which old browsers would not say whose form they send.
   */
  isPersonal?: boolean;
  sections: readonly NamedSection[] | null;
  isFront?: boolean;
  /** Additional elements of the head. */
  head?: ComponentChildren;
  /** The title and path of the page's feed, without file name extension. */
  feed?: { title: string; path: string };
  body: ComponentChildren;
}

interface Around {
  site: Site;
  /** Whether the header links to the account instead of sign-in. */
  isSignedIn: boolean;
}

export function renderPage(page: Page, around: Around): string {
  return `<!doctype html>${renderToString(<Whole page={page} {...around} />)}\n`;
}

function Whole({ page, site, isSignedIn }: { page: Page } & Around) {
  const { sections, canonical, isFront = false, body } = page;
  return (
    <html lang="en">
      <Head page={page} site={site} />
      <body>
        <a class="skip" href="#main">
          Skip to the news
        </a>
        <Masthead {...{ sections, site, isFront, isSignedIn }} here={canonical} />
        <main id="main" tabIndex={-1}>
          {body}
        </main>
        <Footer sections={sections} site={site} />
        <p class="unseen" role="status" data-status />
      </body>
    </html>
  );
}

function Head({ page, site }: { page: Page; site: Site }) {
  const { title, description = siteDescription, canonical, isUnlisted = false, isFront = false } = page;
  const { style, script, mark } = assetPaths();
  const url = new URL(canonical, `${site.publicUrl}/`).href;
  const feeds = [{ title: 'News', path: '/feeds/news' }, ...(page.feed ? [page.feed] : [])];
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{isFront ? title : `${title} | ${site.name}`}</title>
      <link rel="stylesheet" href={style} />
      <script src={script} defer />
      <link rel="icon" type="image/svg+xml" href={mark} />
      <meta name="description" content={description ?? siteDescription} />
      {isUnlisted ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={url} />}
      <meta name="color-scheme" content="light dark" />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description ?? siteDescription} />
      <meta property="og:url" content={url} />
      {page.head ?? (
        <>
          <meta property="og:type" content="website" />
          <meta name="twitter:card" content="summary" />
        </>
      )}
      {feeds.flatMap((feed) =>
        Object.entries(feedFormats).map(([extension, format]) => (
          <link
            key={`${feed.path}.${extension}`}
            rel="alternate"
            type={format.mediaType}
            title={`${site.name}: ${feed.title} (${format.title})`}
            href={`${site.publicUrl}${feed.path}.${extension}`}
          />
        )),
      )}
    </head>
  );
}
