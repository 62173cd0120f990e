/** Draws a neutral placeholder for a picture whose file is missing, which cannot be mistaken for the real one. */

interface Words {
  caption: string | null;
  credit: string;
}

/** The placeholder as SVG; the texts are left out if they would be unreadable. */
export function drawPlaceholder(width: number, height: number, { caption, credit }: Words): string {
  const middle = { x: width / 2, y: height / 2 };
  const frame = Math.min(width, height) * 0.24;
  const size = Math.max(9, Math.round(Math.min(width / 38, height / 18)));
  const lettersInLine = Math.floor(width / (size * 0.56)) - 4;
  const lines = [caption ?? '', credit].map((text) => truncate(text, lettersInLine));
  const isReadable = lettersInLine >= 12 && height >= size * 6;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#e7e5e1"/>`,
    `<g fill="none" stroke="#b3afa8" stroke-width="${Math.max(1, frame / 24)}" stroke-linejoin="round">`,
    `<rect x="${middle.x - frame * 0.7}" y="${middle.y - frame / 2}" width="${frame * 1.4}" height="${frame}"/>`,
    `<path d="M${middle.x - frame * 0.7} ${middle.y + frame / 2}l${frame * 0.5} ${-frame * 0.55}l${frame * 0.32} ${frame * 0.32}l${frame * 0.2} ${-frame * 0.2}l${frame * 0.38} ${frame * 0.43}"/>`,
    `<circle cx="${middle.x + frame * 0.32}" cy="${middle.y - frame * 0.2}" r="${frame * 0.1}"/></g>`,
    ...(isReadable
      ? lines.map((line, position) => text(line, size, height - size * (2.7 - position * 1.4)))
      : []),
    '</svg>',
  ].join('');
}

function text(line: string, size: number, y: number): string {
  return `<text x="${size}" y="${y}" font-family="sans-serif" font-size="${size}" fill="#6d6962">${escapeXml(line)}</text>`;
}

function truncate(text: string, letters: number): string {
  const all = [...text.replace(/\s+/g, ' ')];
  return all.length <= letters ? all.join('') : `${all.slice(0, Math.max(0, letters - 1)).join('')}…`;
}

/** Escapes text for SVG, and removes characters that XML forbids. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Control}\p{Surrogate}\uFFFE\uFFFF]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
