/**
 * Gives frames of ours the height that their page asks for. A frame says `{ type: 'dateline:resize', height }`, in pixels,
 * and no more; whoever else says it, or asks for a height that no embed has, is not heard.
 */

const lowest = 50;
const highest = 4_000;

/** Listens for frames whose address starts with `base` and "embed/". */
export function fitFrames(base: string): void {
  addEventListener('message', ({ origin, source, data }: MessageEvent) => {
    // Our pages are sandboxed wherever they stand, so that they have no origin; another page in such a frame has one.
    if (origin !== 'null' || data?.type !== 'dateline:resize') return;
    const { height } = data;
    if (!Number.isFinite(height) || height < lowest || height > highest) return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source && frame.src.startsWith(`${base}embed/`))
        frame.height = `${Math.ceil(height)}`;
  });
}
