/** How large a frame is: as our pages are drawn, and never larger than is asked for. */

export interface Size {
  width: number;
  height: number;
}

/** What a site has room for, in pixels. */
export interface Room {
  width?: number | undefined;
  height?: number | undefined;
}

const widest = 600;

/** From this width on a story stands beside its picture (web/embed/style.ts). */
const besideFrom = 560;

/** The size of the frame of a story. */
export function storySize({
  width: maxWidth = widest,
  height: maxHeight = Number.POSITIVE_INFINITY,
}: Room): Size {
  const width = Math.min(widest, maxWidth);
  const height = width >= besideFrom ? 360 : Math.round((width * 9) / 16) + 300;
  return { width, height: Math.min(height, maxHeight) };
}

export function fits({ width, height }: Size, room: Room): boolean {
  return width <= (room.width ?? width) && height <= (room.height ?? height);
}
