/** Drawing functions for the demo pictures: SVG strings, the same on every machine. */

/** A finished drawing. It has no text, so that it needs no font. */
export interface Drawing {
  /** Pixels. */
  width: number;
  height: number;
  svg: string;
}

type Point = readonly [x: number, y: number];

/** A drawing of this size: `defs` hold gradients, `shapes` are painted in order. */
export function drawing(width: number, height: number, defs: string[], shapes: string[]): Drawing {
  const vignette = radial('vignette', ['#000:0', '#000:0', '#050814:.34'], { r: 0.78 });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<defs>${vignette}${defs.join('')}</defs>`,
    ...shapes,
    rect(0, 0, width, height, 'url(#vignette)'),
    '</svg>',
  ].join('');
  return { width, height, svg };
}

/** Pseudorandom numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Calls `make` for 0 to count - 1 and joins the results. */
export function times(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('');
}

export function pick<Item>(items: readonly [Item, ...Item[]], at: number): Item {
  return items[Math.floor(at * items.length)] ?? items[0];
}

/** A number in short SVG form. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Colours as "#abc" or "#abc:opacity", spread evenly. */
function stops(colours: readonly string[]): string {
  return colours
    .map((colour, index) => {
      const [hex = '#000', opacity] = colour.split(':');
      const offset = colours.length === 1 ? 0 : index / (colours.length - 1);
      const clear = opacity === undefined ? '' : ` stop-opacity="${opacity}"`;
      return `<stop offset="${Math.round(offset * 1000) / 1000}" stop-color="${hex}"${clear}/>`;
    })
    .join('');
}

/** From top to bottom by default; `to` is the end point (0 to 1 each way). */
export function linear(id: string, colours: readonly string[], to: Point = [0, 1]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="${to[0]}" y2="${to[1]}">${stops(colours)}</linearGradient>`;
}

export function radial(
  id: string,
  colours: readonly string[],
  { cx = 0.5, cy = 0.5, r = 0.5 }: { cx?: number; cy?: number; r?: number } = {},
): string {
  return `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stops(colours)}</radialGradient>`;
}

/**
 * `fill-opacity` when a shape has no other attributes: `opacity` paints a layer of its own, which takes ten times as
 * long.
 */
function clear(more: string): string {
  return more.includes('stroke=') ? more : more.replace(/\bopacity=/, 'fill-opacity=');
}

export function rect(x: number, y: number, w: number, h: number, fill: string, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${clear(more)}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${clear(more)}/>`;
}

export function circle(x: number, y: number, r: number, fill: string, more = ''): string {
  return ellipse(x, y, r, r, fill, more);
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${clear(more)}/>`;
}

export function stroke(d: string, colour: string, width: number, more = ''): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${n(width)}" ${more.replace(/\bopacity=/, 'stroke-opacity=')}/>`;
}

export function poly(points: readonly Point[], fill: string, more = ''): string {
  return `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${fill}" ${clear(more)}/>`;
}

export function group(shapes: string, more: string): string {
  return `<g ${more}>${shapes}</g>`;
}

/** Linear interpolation between two numbers. */
export function between(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

/** The area below a smooth line of hills, waves or clouds, from the left edge to the right edge. */
export function ridge(
  random: () => number,
  {
    width,
    y,
    rise,
    steps,
    bottom,
  }: { width: number; y: number; rise: number; steps: number; bottom: number },
): string {
  const heights = Array.from({ length: steps + 1 }, () => y - random() * rise);
  const step = width / steps;
  let d = `M0 ${n(bottom)}L0 ${n(heights[0] ?? y)}`;
  for (let index = 1; index <= steps; index += 1) {
    const [before, here] = [heights[index - 1] ?? y, heights[index] ?? y];
    const middle = step * (index - 0.5);
    d += `C${n(middle)} ${n(before)} ${n(middle)} ${n(here)} ${n(step * index)} ${n(here)}`;
  }
  return `${d}L${n(width)} ${n(bottom)}Z`;
}

/** Long thin clouds. */
export function streaks(
  random: () => number,
  count: number,
  area: { x: number; y: number; w: number; h: number },
  colours: readonly [string, ...string[]],
): string {
  return times(count, () => {
    const [x, y] = [area.x + random() * area.w, area.y + random() * area.h];
    const length = 80 + random() * 320;
    return ellipse(
      x,
      y,
      length,
      4 + random() * 13,
      pick(colours, random()),
      `opacity="${n(0.2 + random() * 0.4)}"`,
    );
  });
}

/** A standing person at a distance, `height` pixels tall, feet at (x, y). */
export function person(
  x: number,
  y: number,
  height: number,
  colours: { coat: string; legs: string; skin: string; hair: string },
): string {
  const u = height / 10;
  return [
    rect(x - u, y - 4.4 * u, 0.85 * u, 4.4 * u, colours.legs, `rx="${n(0.3 * u)}"`),
    rect(x + 0.15 * u, y - 4.4 * u, 0.85 * u, 4.4 * u, colours.legs, `rx="${n(0.3 * u)}"`),
    path(
      `M${n(x - 1.25 * u)} ${n(y - 3.6 * u)}L${n(x - 1.45 * u)} ${n(y - 7 * u)}Q${n(x - 1.4 * u)} ${n(y - 8.1 * u)} ${n(x)} ${n(y - 8.1 * u)}Q${n(x + 1.4 * u)} ${n(y - 8.1 * u)} ${n(x + 1.45 * u)} ${n(y - 7 * u)}L${n(x + 1.25 * u)} ${n(y - 3.6 * u)}Z`,
      colours.coat,
    ),
    circle(x, y - 9 * u, 0.95 * u, colours.skin),
    path(
      `M${n(x - u)} ${n(y - 8.9 * u)}A${n(u)} ${n(u)} 0 0 1 ${n(x + u)} ${n(y - 8.9 * u)}Q${n(x)} ${n(y - 9.6 * u)} ${n(x - u)} ${n(y - 8.9 * u)}Z`,
      colours.hair,
    ),
  ].join('');
}
