/** "Show More": appends the next page of a list. */
import { announce, fetchPage } from './other.ts';

export function showMore(): void {
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-more]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.ariaBusy !== 'true') void addTo(link);
  });
}

async function addTo(link: HTMLAnchorElement): Promise<void> {
  const list = link.closest('section, main')?.querySelector('[data-list]');
  if (!list) return location.assign(link.href);
  link.ariaBusy = 'true';
  try {
    const page = await fetchPage(link.href);
    const known = new Set(
      Array.from(list.querySelectorAll<HTMLElement>('[data-id]'), ({ dataset }) => dataset.id),
    );
    const added = [...page.querySelectorAll<HTMLElement>('[data-list] > [data-id]')].filter(
      ({ dataset }) => !known.has(dataset.id),
    );
    list.append(...added);
    // The sum makes each announcement a new text; screen readers skip a repeated one.
    announce(`${added.length} more, ${list.childElementCount} stories in all`);
    const next = page.querySelector<HTMLAnchorElement>('a[data-more]');
    if (next) link.href = next.href;
    else {
      // Moves the focus to the first new story.
      added[0]?.querySelector<HTMLElement>('h2 a, h3 a')?.focus();
      link.remove();
    }
  } catch {
    location.assign(link.href);
  } finally {
    link.ariaBusy = null;
  }
}
