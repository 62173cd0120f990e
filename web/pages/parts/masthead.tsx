/** The header and footer of every page. */
import { feedFormats } from '../../feedFormats.ts';
import { localPath, type Site, sectionPath, signInPath } from '../site.ts';
import { Today } from './date.tsx';

export interface NamedSection {
  slug: string;
  name: string;
}

interface MastheadProps {
  sections: readonly NamedSection[] | null;
  site: Site;
  /** The path of the page. */
  here: string;
  isFront: boolean;
  isSignedIn: boolean;
}

export function Masthead({ sections, site, here, isFront, isSignedIn }: MastheadProps) {
  const Nameplate = isFront ? 'h1' : 'p';
  return (
    <header class="masthead">
      <div class="bar">
        <p class="today">
          <Today now={site.now()} />
        </p>
        <SearchBox />
        <Reader path={localPath(here, site)} isSignedIn={isSignedIn} />
      </div>
      <Nameplate class="nameplate">
        <a href="/">{site.name}</a>
      </Nameplate>
      {sections && sections.length > 0 && (
        <nav aria-label="Sections">
          <ul>
            {sections.map(({ slug, name }) => (
              <li key={slug}>
                <a href={sectionPath(slug)} aria-current={here === sectionPath(slug) ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

/** A link to sign-in, which returns to this page, or to the account. */
function Reader({ path, isSignedIn }: { path: string; isSignedIn: boolean }) {
  const current = (one: string) => (path === one ? 'page' : undefined);
  if (isSignedIn)
    return (
      <p class="reader">
        <a href="/account" aria-current={current('/account')}>
          Account
        </a>
      </p>
    );
  return (
    <p class="reader">
      <a href={signInPath(path)} rel="nofollow" aria-current={current('/sign-in')}>
        Sign in
      </a>
      <a class="join" href="/membership" aria-current={current('/membership')}>
        Become a member
      </a>
    </p>
  );
}

/** A search of the whole newsroom; in the masthead, and where a page is not there. */
export function SearchBox({ id = 'masthead' }: { id?: string }) {
  return (
    <search>
      <form class="search" action="/search">
        <label class="unseen" for={`search-${id}`}>
          Search stories
        </label>
        <input id={`search-${id}`} type="search" name="q" placeholder="Search" maxLength={200} required />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}

export function Footer({ sections, site }: Pick<MastheadProps, 'sections' | 'site'>) {
  return (
    <footer class="footer">
      <p class="nameplate">{site.name}</p>
      {sections && (
        <nav aria-label="All sections">
          <h2>Sections</h2>
          <ul>
            {sections.map(({ slug, name }) => (
              <li key={slug}>
                <a href={sectionPath(slug)}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <nav aria-label="Feeds">
        <h2>Feeds</h2>
        <ul>
          {Object.entries(feedFormats).map(([extension, { title }]) => (
            <li key={extension}>
              <a href={`/feeds/news.${extension}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <nav aria-label="Newsroom">
        <h2>Newsroom</h2>
        <ul>
          <li>
            <a href="/membership">Membership</a>
          </li>
          <li>
            <a href="/partners">For partners</a>
          </li>
          <li>
            <a href="/graphql">The graph</a>
          </li>
        </ul>
      </nav>
    </footer>
  );
}
