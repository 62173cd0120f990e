/** The script of the page for partners: shows each choice at once, by loading the page for it. */
export {};

const find = <Found extends Element>(selector: string, within: ParentNode = document): Found => {
  const found = within.querySelector<Found>(selector);
  if (!found) throw new Error(`Expected ${selector} in the page, but got: none.`);
  return found;
};

const form = find<HTMLFormElement>('[data-form]');
const said = document.createElement('p');
said.className = 'copied';
said.setAttribute('role', 'status');
document.body.append(said);

let asking: AbortController | undefined;
let quiet: number | undefined;

function showButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) button.hidden = false;
}

/** The page for what is chosen: its code and addresses take the place of ours, and the preview shows it. */
async function choose(): Promise<void> {
  if (!form.reportValidity()) return;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) url.searchParams.set(name, `${value}`);
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(url, { signal: asking.signal }).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll<HTMLElement>('[data-swap]'))
    part.replaceChildren(...find(`[data-swap="${part.dataset.swap}"]`, page).childNodes);
  const preview = find('dateline-feed');
  for (const { name, value } of find('dateline-feed', page).attributes)
    if (preview.getAttribute(name) !== value) preview.setAttribute(name, value);
  const stage = find<HTMLElement>('[data-preview]');
  stage.dataset.stage = preview.getAttribute('theme') ?? 'auto';
  showButtons();
  history.replaceState(null, '', url);
}

async function copy(id: string): Promise<void> {
  const area = find<HTMLTextAreaElement>(`#${id}`);
  area.select();
  const isCopied = await navigator.clipboard?.writeText(area.value).then(
    () => true,
    () => false,
  );
  say(isCopied ? 'Copied.' : 'Selected: press Ctrl+C or ⌘C to copy it.');
}

function say(words: string): void {
  clearTimeout(quiet);
  said.textContent = words;
  quiet = setTimeout(() => {
    said.textContent = '';
  }, 4_000);
}

showButtons();
form.addEventListener('change', () => void choose());
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void choose();
});
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy]') : null;
  if (button?.dataset.copy) void copy(button.dataset.copy);
});
