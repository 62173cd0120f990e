/** Fetches other pages of the site, and announces changes to screen readers. */

/** The page at a URL; rejects when it is missing, or when `signal` aborts. */
export async function fetchPage(address: string, signal?: AbortSignal): Promise<Document> {
  const response = await fetch(address, { headers: { accept: 'text/html' }, ...(signal && { signal }) });
  if (!response.ok) throw new Error(`Expected a page at ${address}, but got: ${response.status}.`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

export function announce(text: string): void {
  const status = document.querySelector('[data-status]');
  if (status) status.textContent = text;
}
