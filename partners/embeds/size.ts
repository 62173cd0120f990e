/** Sizes of frames: as large as the content, within the requested size. */

export interface Size {
  width: number;
  height: number;
}

/** The largest size that the site allows, in pixels. */
export interface Room {
  width?: number | undefined;
  height?: number | undefined;
}

const widest = 600;

/** From this width on, the picture is beside the text (web/embed/style.ts). */
const besideFrom = 560;

/** The size of the frame of an article. */
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
