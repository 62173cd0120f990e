/** The content of the page for partners: the chosen embed, and a reference of feeds and oEmbed. */
import { h } from 'preact';
import { mostStories, type Theme, themes } from './query.ts';
import { feedSnippet, frameHtml } from './snippet.ts';

export interface Chosen {
  siteUrl: string;
  siteName: string;
  /** The requested feed name. */
  name: string;
  /** Null when there is no such feed. */
  feed: { slug: string; title: string; rssUrl: string; atomUrl: string; jsonFeedUrl: string } | null;
  sections: readonly { slug: string; name: string }[];
  limit: number;
  theme: Theme;
}

const themeNames: Record<Theme, string> = { auto: "As the reader's device", light: 'Light', dark: 'Dark' };

export function Builder(chosen: Chosen) {
  const { siteUrl, siteName, name, feed, limit, theme } = chosen;
  const [slug, title] = feed ? [feed.slug, feed.title] : ['news', 'News Feed'];
  const frame = { siteUrl, path: `feed/${slug}`, title: `${title} on ${siteName}`, limit, theme };
  return (
    <section id="builder" class="builder" aria-labelledby="builder-title">
      <h2 id="builder-title" class="unseen">
        Your embed
      </h2>
      <div class="choose">
        <form action="partners" method="get" data-form>
          <FeedChoice {...chosen} />
          {feed ? null : (
            <p class="wrong" id="wrong" role="alert">
              Expected the name of a feed, but got: {name}. Here is the News Feed instead.
            </p>
          )}
          <div class="field">
            <label for="limit">Stories</label>
            <input id="limit" name="limit" type="number" min={1} max={mostStories} value={limit} required />
          </div>
          <fieldset class="field">
            <legend>Colours</legend>
            <div class="segments">
              {themes.map((one) => (
                <label key={one}>
                  <input type="radio" name="theme" value={one} checked={one === theme} />
                  <span>{themeNames[one]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <noscript>
            <button type="submit">Show it</button>
          </noscript>
        </form>
        <div data-swap="code">
          <Code
            id="snippet"
            label="Copy this into your page"
            text={feedSnippet({ siteUrl, siteName, feed: slug, title, limit, theme })}
          />
          <details>
            <summary>Your site takes no scripts?</summary>
            <Code
              id="frame"
              label="This frame does without"
              text={frameHtml(frame, { width: 480, height: 130 * limit + 60 })}
            />
          </details>
        </div>
      </div>
      <div class="preview">
        <p class="address" aria-hidden="true">
          <span>your-site.example</span>
        </p>
        <div class="stage" data-preview data-stage={theme}>
          {h(
            'dateline-feed',
            { feed: slug, limit, theme },
            <a href={`${siteUrl}/`}>{`${title} on ${siteName}`}</a>,
          )}
          <noscript>
            <iframe
              src={`embed/feed/${slug}?limit=${limit}&theme=${theme}`}
              title="Preview"
              width="100%"
              height={130 * limit + 60}
            />
          </noscript>
        </div>
      </div>
    </section>
  );
}

function FeedChoice({ name, feed, sections }: Chosen) {
  const chosen = feed ? name : 'news';
  const listed = ['news', ...sections.map(({ slug }) => `section/${slug}`)];
  return (
    <div class="field">
      <label for="feed">Feed</label>
      <select id="feed" name="feed" aria-describedby={feed ? undefined : 'wrong'}>
        <option value="news" selected={chosen === 'news'}>
          News Feed: every story
        </option>
        <optgroup label="Sections">
          {sections.map(({ slug, name }) => (
            <option key={slug} value={`section/${slug}`} selected={chosen === `section/${slug}`}>
              {name}
            </option>
          ))}
        </optgroup>
        {feed && !listed.includes(chosen) ? (
          <option value={chosen} selected>
            {feed.title}
          </option>
        ) : null}
      </select>
    </div>
  );
}

/** Text to copy; the script adds the button. */
function Code({ id, label, text }: { id: string; label: string; text: string }) {
  return (
    <div class="code">
      <div class="code-bar">
        <label for={id}>{label}</label>
        <button type="button" data-copy={id} hidden>
          Copy
        </button>
      </div>
      <textarea id={id} readonly rows={text.split('\n').length + 2} spellcheck={false} value={text} />
    </div>
  );
}

export function Reference(chosen: Chosen & { exampleUrl: string }) {
  const { siteUrl, feed, exampleUrl } = chosen;
  const oembed = `${siteUrl}/oembed?url=${encodeURIComponent(exampleUrl)}`;
  return (
    <div class="reference">
      <section id="feeds" data-swap="feeds" aria-labelledby="feeds-title">
        <h2 id="feeds-title">Feeds</h2>
        <p>
          {feed ? `${feed.title} for readers and programs.` : 'For readers and programs.'} Any tag or author
          has a feed too: <code>tag/name</code>, <code>author/name</code>.
        </p>
        <dl>
          {feed
            ? (
                [
                  ['RSS', feed.rssUrl],
                  ['Atom', feed.atomUrl],
                  ['JSON Feed', feed.jsonFeedUrl],
                ] as const
              ).map(([kind, url]) => (
                <div key={kind}>
                  <dt>{kind}</dt>
                  <dd>
                    <a href={url}>{url}</a>
                  </dd>
                </div>
              ))
            : null}
        </dl>
      </section>
      <section id="oembed" aria-labelledby="oembed-title">
        <h2 id="oembed-title">oEmbed</h2>
        <p>
          Paste the address of a story into WordPress, Ghost or Drupal and it becomes a card. Stories for
          members stay links. Programs ask here:
        </p>
        <p>
          <a class="long" href={oembed}>
            {oembed}
          </a>
        </p>
      </section>
      <section id="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <p>
          Embeds work without one. With a key you have a quota of your own, and your embeds stand on your
          sites only. Your contact at the newsroom gives you one for the sites that you name; then add{' '}
          <code>key="..."</code> to the element.
        </p>
      </section>
      <section id="rules" aria-labelledby="rules-title">
        <h2 id="rules-title">Under a strict policy</h2>
        <p>Where your pages send a Content-Security-Policy, these lines let the embed in:</p>
        <pre tabindex={0}>
          <code>{policyLines(siteUrl)}</code>
        </pre>
      </section>
    </div>
  );
}

function policyLines(siteUrl: string): string {
  const { origin } = new URL(siteUrl);
  return ['script-src', 'connect-src', 'img-src'].map((name) => `${name} ${origin};`).join('\n');
}
