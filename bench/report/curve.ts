/** Draws memory over time as an SVG that is readable on light and on dark. */

export interface Sample {
  minutes: number;
  megabytes: number;
}

const width = 820;
const height = 360;
const left = 64;
const right = 24;
const top = 64;
const bottom = 48;

const style = `
    .ground { fill: #ffffff }
    text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1b2430 }
    .head { font-size: 18px; font-weight: 600 }
    .grid { stroke: #d5dae1 }
    .curve { stroke: #1d5fd1; stroke-width: 2; fill: none }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #10151c }
      text { fill: #e8ecf2 }
      .grid { stroke: #2c3541 }
      .curve { stroke: #6ba4ff }
    }`;

/** The text of an SVG file with the curve of the samples, from nothing to a round number above the highest. */
export function drawCurve(samples: readonly Sample[], title: string): string {
  const lastMinute = Math.max(1, ...samples.map(({ minutes }) => minutes));
  const step = 100;
  const most = Math.ceil(Math.max(step, ...samples.map(({ megabytes }) => megabytes)) / step) * step;
  const x = (minutes: number) => left + (minutes / lastMinute) * (width - left - right);
  const y = (megabytes: number) => height - bottom - (megabytes / most) * (height - top - bottom);
  const lines = Array.from({ length: most / step + 1 }, (_, at) => at * step).map(
    (value) =>
      `  <line class="grid" x1="${left}" x2="${width - right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>
  <text x="${left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
  );
  const minutes = Array.from({ length: Math.floor(lastMinute) + 1 }, (_, at) => at).map(
    (value) =>
      `  <text x="${x(value).toFixed(1)}" y="${height - bottom + 20}" text-anchor="middle">${value}</text>`,
  );
  const points = samples
    .map((one) => `${x(one.minutes).toFixed(1)},${y(one.megabytes).toFixed(1)}`)
    .join(' ');
  const ends =
    samples.length > 0
      ? `${samples[0]?.megabytes.toFixed(0)} MB at the start, ${samples.at(-1)?.megabytes.toFixed(0)} MB at the end.`
      : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
  <title id="title">${title}</title>
  <desc id="desc">${ends}</desc>
  <style>${style}
  </style>
  <rect class="ground" width="${width}" height="${height}"/>
  <text class="head" x="${left}" y="30">${title}</text>
  <text x="${left}" y="50">Megabytes by minutes. ${ends}</text>
${lines.join('\n')}
${minutes.join('\n')}
  <polyline class="curve" points="${points}"/>
</svg>
`;
}
