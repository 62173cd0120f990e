/**
 * Sets the height of embed frames from the messages `{ type: 'dateline:resize', height }` (pixels) of their pages.
 * Messages of other pages, or with a height out of range, are ignored.
 */

const lowest = 50;
const highest = 4_000;

/** Listens for frames whose address starts with `base` and "embed/". */
export function fitFrames(base: string): void {
  addEventListener('message', ({ origin, source, data }: MessageEvent) => {
    // Embed pages are sandboxed, so that their origin is "null"; another page in the frame has an origin.
    if (origin !== 'null' || data?.type !== 'dateline:resize') return;
    const { height } = data;
    if (!Number.isFinite(height) || height < lowest || height > highest) return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source && frame.src.startsWith(`${base}embed/`))
        frame.height = `${Math.ceil(height)}`;
  });
}
