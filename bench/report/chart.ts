/** Draws what gateways cost as an SVG: a panel of bars for each scene, readable on light and on dark. */
import type { Row, Table } from '../measure/round.ts';
import { digits } from './table.ts';

/** The row that the chart is about. */
const ourName = /^Dateline/;

const width = 820;
const margin = 24;
const barStart = 320;
/** Where the longest bar ends; its figure stands after it. */
const barEnd = 740;
const rowHeight = 24;
const panelTop = 46;
const panelGap = 26;
const headHeight = 64;

const style = `
    .ground { fill: #ffffff }
    text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1b2430 }
    .head { font-size: 18px; font-weight: 600 }
    .panel { font-size: 14px; font-weight: 600 }
    .quiet { fill: #56616f }
    .ours text { font-weight: 600 }
    rect.gateway { fill: #7a8594 }
    rect.part { fill: #a9835a }
    .ours rect { fill: #1d5fd1 }
    line { stroke: #56616f }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #10151c }
      text { fill: #e8ecf2 }
      .quiet { fill: #a3adba }
      rect.gateway { fill: #8993a1 }
      rect.part { fill: #b08d66 }
      .ours rect { fill: #6ba4ff }
      line { stroke: #a3adba }
    }`;

/** The text of an SVG file: the processor time of one request in the first table of each scene. */
export function drawChart(tables: readonly Table[]): string {
  const panels = tables.filter(
    ({ scene }, place) => tables.findIndex((one) => one.scene === scene) === place,
  );
  const parts: string[] = [];
  let top = headHeight;
  for (const panel of panels) {
    const rows = panel.rows.filter(({ cpuMs }) => cpuMs !== undefined);
    parts.push(drawPanel(panel, rows, top));
    top += panelTop + rows.length * rowHeight + panelGap;
  }
  const told = panels.map(tell).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-labelledby="title desc">
  <title id="title">Processor time of one request, in milliseconds</title>
  <desc id="desc">${escaped(told)}</desc>
  <style>${style}
  </style>
  <rect class="ground" width="${width}" height="${top}"/>
  <text class="head" x="${margin}" y="32">Processor time of one request</text>
  <text class="quiet" x="${margin}" y="52">Milliseconds; less is better. Blue: Dateline. Grey: other gateways. Brown: what no gateway is, for comparison.</text>
${parts.join('\n')}
</svg>
`;
}

function drawPanel({ title, workload }: Table, rows: readonly Row[], top: number): string {
  const most = Math.max(...rows.map(({ cpuMs = 0 }) => cpuMs));
  const first = top + panelTop;
  const bars = rows.map(({ name, isGateway, cpuMs = 0 }, place) => {
    const y = first + place * rowHeight;
    const length = Math.max(1, Math.round((cpuMs / most) * (barEnd - barStart)));
    return `  <g${ourName.test(name) ? ' class="ours"' : ''}>
    <text x="${barStart - 10}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>
    <rect class="${isGateway ? 'gateway' : 'part'}" x="${barStart}" y="${y + 3}" width="${length}" height="${rowHeight - 8}"/>
    <text x="${barStart + length + 8}" y="${y + 15}">${digits(cpuMs)}</text>
  </g>`;
  });
  return [
    `  <text class="panel" x="${margin}" y="${top + 18}">${escaped(workload)}</text>`,
    `  <text class="quiet" x="${margin}" y="${top + 36}">${escaped(title)}</text>`,
    ...bars,
    `  <line x1="${barStart}" x2="${barStart}" y1="${first}" y2="${first + rows.length * rowHeight}"/>`,
  ].join('\n');
}

/** A panel in words, for those who do not see it. */
function tell({ workload, rows }: Table): string {
  const figures = rows
    .filter(({ cpuMs }) => cpuMs !== undefined)
    .map(({ name, cpuMs }) => `${name} ${digits(cpuMs)}`);
  return `${workload}: ${figures.join(', ')}.`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
