/** Search as you type. */
import { announce, fetchPage } from './other.ts';

/** How long somebody who types pauses between two words. */
const pauseMs = 250;

export function searchAsTyped(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-searching]');
  const results = document.querySelector('[data-results]');
  if (!form || !results) return;
  let timer = 0;
  let asking = new AbortController();
  let shown = addressOf(form);

  async function find(address: string): Promise<void> {
    asking = new AbortController();
    try {
      const page = await fetchPage(address, asking.signal);
      const found = page.querySelector('[data-results]');
      if (!found) return;
      results?.replaceChildren(...found.childNodes);
      shown = address;
      document.title = page.title;
      history.replaceState(null, '', address);
      announce(results?.querySelector('[data-found]')?.textContent ?? '');
    } catch {
      // An outdated request was aborted; after a failure the button still works.
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    asking.abort();
    timer = window.setTimeout(() => {
      const address = addressOf(form);
      if (address !== shown) void find(address);
    }, pauseMs);
  });
}

/** The URL of the form without empty fields; filters need a search text. */
function addressOf(form: HTMLFormElement): string {
  const asked = [...new FormData(form)].flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' ? [] : [[name, text]];
  });
  return asked.some(([name]) => name === 'q') ? `/search?${new URLSearchParams(asked)}` : '/search';
}
