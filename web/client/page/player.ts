/** Puts a player in the place of its poster when somebody asks for it; until then nothing of it is loaded. */

export function openPlayers(): void {
  document.addEventListener('click', (event) => {
    const facade = event.target instanceof Element ? event.target.closest('a[data-player]') : null;
    const template = facade?.nextElementSibling;
    if (!facade || !(template instanceof HTMLTemplateElement)) return;
    const player = document.importNode(template.content, true).querySelector<HTMLElement>('video, iframe');
    if (!player) return;
    event.preventDefault();
    facade.replaceWith(player);
    player.focus();
    // Where a browser will not begin by itself, the reader does.
    if (player instanceof HTMLVideoElement) player.play().catch(() => undefined);
  });
}
