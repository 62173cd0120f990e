/** Replaces a poster by its player on a click; the player is not loaded before. */

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
    // A browser may refuse to start playback by itself.
    if (player instanceof HTMLVideoElement) player.play().catch(() => undefined);
  });
}
