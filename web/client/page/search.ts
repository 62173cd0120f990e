/** Search as you type, on the page of searches. */
import { announce, fetchPage } from './other.ts';

/** How long somebody who types pauses between two words. */
const pauseMs = 250;

export function searchAsTyped(): void {
  const input = document.querySelector<HTMLInputElement>('input[data-search]');
  const results = document.querySelector('[data-results]');
  if (!input || !results) return;
  let timer = 0;
  let asking = new AbortController();
  let shown = input.value.trim();

  async function find(words: string): Promise<void> {
    const address = words ? `/search?${new URLSearchParams({ q: words })}` : '/search';
    asking = new AbortController();
    try {
      const page = await fetchPage(address, asking.signal);
      const found = page.querySelector('[data-results]');
      if (!found) return;
      results?.replaceChildren(...found.childNodes);
      shown = words;
      document.title = page.title;
      history.replaceState(null, '', address);
      announce(results?.querySelector('[data-found]')?.textContent ?? '');
    } catch {
      // What is stale was given up; what failed, the button asks again.
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    asking.abort();
    timer = window.setTimeout(() => {
      const words = input.value.trim();
      if (words !== shown) void find(words);
    }, pauseMs);
  });
}
