/** The life cycle of an embed: loads near the viewport, refreshes while visible, and pauses otherwise. */
import { cardStyle } from '../../embed/style.ts';
import type { Tree } from '../../embed/tree.ts';
import { elementOf } from './elements.ts';
import { fetchText, Refused } from './fetch.ts';

/** The differences between the two kinds of embeds. */
export interface Kind {
  /** The attributes that select the content. */
  attributes: readonly string[];
  /** The path of the data; `attribute` returns the value of an attribute, "" when it is not set. */
  path: (attribute: (name: string) => string) => string;
  bones: (attribute: (name: string) => string) => Tree;
  /** Makes the tree from the response text. */
  tree: (text: string) => Tree;
}

const refreshMs = 300_000;
/** After a failure sooner, then ever later, up to an hour. */
const firstRetryMs = 15_000;
const lastRetryMs = 3_600_000;

let sheet: CSSStyleSheet | undefined;

/** The element class of a kind, which loads data from `base`. */
export function embedClass({ attributes, path, bones, tree }: Kind, base: string): CustomElementConstructor {
  return class extends HTMLElement {
    static observedAttributes = [...attributes, 'key'];
    #root = this.attachShadow({ mode: 'open' });
    #shown = '';
    #isNear = false;
    #failures = 0;
    #dueAt = 0;
    #timer = 0;
    #asking: AbortController | undefined;
    #near = new IntersectionObserver(
      (entries) => {
        this.#isNear = entries.at(-1)?.isIntersecting ?? false;
        this.#wait();
      },
      { rootMargin: '400px' },
    );
    #onVisible = () => this.#wait();

    connectedCallback() {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(cardStyle);
      }
      this.#root.adoptedStyleSheets = [sheet];
      this.#begin();
      this.#near.observe(this);
      document.addEventListener('visibilitychange', this.#onVisible);
    }

    disconnectedCallback() {
      this.#near.disconnect();
      document.removeEventListener('visibilitychange', this.#onVisible);
      this.#stop();
    }

    attributeChangedCallback(_name: string, before: string | null, after: string | null) {
      if (this.isConnected && before !== after) this.#begin();
    }

    #attribute = (name: string) => this.getAttribute(name)?.trim() ?? '';

    /** Starts anew after the selected content has changed. */
    #begin() {
      this.#stop();
      this.#shown = '';
      this.#failures = 0;
      this.#dueAt = 0;
      this.#draw(bones(this.#attribute));
      this.#wait();
    }

    #stop() {
      clearTimeout(this.#timer);
      this.#asking?.abort();
      this.#asking = undefined;
    }

    /** Loads when a refresh is due and the embed is visible. */
    #wait() {
      clearTimeout(this.#timer);
      if (!this.isConnected || !this.#isNear || document.hidden || this.#asking) return;
      this.#timer = setTimeout(() => this.#ask(), Math.max(0, this.#dueAt - Date.now()));
    }

    async #ask() {
      const asking = new AbortController();
      this.#asking = asking;
      const url = new URL(path(this.#attribute), base);
      const key = this.#attribute('key');
      if (key) url.searchParams.set('key', key);
      try {
        this.#take(await fetchText(url, asking.signal));
        this.#failures = 0;
        // Jitter, so that the readers of a page do not request at the same moment.
        this.#dueAt = Date.now() + refreshMs * (0.9 + Math.random() * 0.2);
      } catch (error) {
        if (asking.signal.aborted) return;
        this.#fail(error instanceof Refused ? error.status : 0);
        this.#dueAt = Date.now() + Math.min(lastRetryMs, firstRetryMs * 4 ** this.#failures);
        this.#failures += 1;
      }
      this.#asking = undefined;
      this.#wait();
    }

    #take(text: string) {
      // An element with focus is not replaced; the next refresh draws it.
      if (text === this.#shown || (this.#shown && this.#root.activeElement)) return;
      this.#draw(tree(text));
      this.#shown = text;
    }

    /** Keeps the content while the newsroom is unreachable; removes withdrawn content. */
    #fail(status: number) {
      const isRefused = status >= 400 && status < 500 && status !== 429;
      if (this.#shown && !isRefused) return;
      this.#shown = '';
      this.#draw(messageTree(status, new URL('.', base).href));
    }

    #draw(shown: Tree) {
      const box = elementOf(shown);
      // Reserves the same height before and after loading, so that the layout does not shift.
      box.style.setProperty('--rows', `${box.querySelectorAll('li').length}`);
      this.#root.replaceChildren(box);
    }
  };
}

/** The error message; the link in the element's own HTML is kept. */
function messageTree(status: number, home: string): Tree {
  const told =
    status === 404 || status === 410
      ? 'This is no longer to be seen here.'
      : status === 403
        ? 'This may not be shown on this site.'
        : status >= 400 && status < 500 && status !== 429
          ? 'This cannot be shown: the embed asks for something that there is not.'
          : 'The news cannot be shown just now.';
  return [
    'section',
    { class: 'box', part: 'box', 'aria-label': 'News' },
    [
      'div',
      { class: 'message', part: 'message', role: 'status' },
      ['p', {}, told],
      ['slot', {}, ['a', { href: home }, 'Read it where it was published']],
    ],
  ];
}
