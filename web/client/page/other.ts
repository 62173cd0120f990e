/** Other pages of ours, fetched to take something out of them; and the line in which screen readers are told of it. */

/** The page at this address; rejects where it is not there, or when `signal` says that nobody waits for it. */
export async function fetchPage(address: string, signal?: AbortSignal): Promise<Document> {
  const response = await fetch(address, { headers: { accept: 'text/html' }, ...(signal && { signal }) });
  if (!response.ok) throw new Error(`Expected a page at ${address}, but got: ${response.status}.`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

export function announce(text: string): void {
  const status = document.querySelector('[data-status]');
  if (status) status.textContent = text;
}
