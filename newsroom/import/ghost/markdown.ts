/** The Markdown of an editor's card as HTML: the few forms that writers use, and the words of all others. */
import { escapeAttribute, escapeText } from '../../../subgraphs/articles/html/inline.ts';

/** HTML for Markdown; HTML within it stays, to be sanitised with the rest. */
export function markdownHtml(markdown: string): string {
  return markdown
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((part) => partHtml(part.replace(/^\n+|\s+$/g, '')))
    .join('\n');
}

function partHtml(part: string): string {
  const lines = part.split('\n');
  const [first = ''] = lines;
  if (part === '') return '';
  if (/^\s*<(?:!--|\/?\w)/.test(first)) return part;
  if (/^(?:```|~~~)/.test(first))
    return `<pre><code>${escapeText(part.replace(/^\S+\n?|\n?(?:```|~~~)$/g, ''))}</code></pre>`;
  if (/^ {0,3}([-*_])(?: *\1){2,}$/.test(part)) return '<hr>';
  const [, marks = '', title = ''] = /^(#{1,6})\s+(.+?)\s*#*$/.exec(first) ?? [];
  if (marks !== '') {
    const rest = lines.slice(1).join('\n');
    return `<h${marks.length}>${inlineHtml(title)}</h${marks.length}>${partHtml(rest)}`;
  }
  if (lines.every((line) => /^\s*>/.test(line)))
    return `<blockquote>${markdownHtml(lines.map((line) => line.replace(/^\s*> ?/, '')).join('\n'))}</blockquote>`;
  if (/^\s*[-*+]\s/.test(first)) return listHtml('ul', lines, /^\s*[-*+]\s+/);
  if (/^\s*\d+[.)]\s/.test(first)) return listHtml('ol', lines, /^\s*\d+[.)]\s+/);
  return `<p>${lines.map(inlineHtml).join('\n')}</p>`;
}

function listHtml(tag: 'ul' | 'ol', lines: readonly string[], mark: RegExp): string {
  const items: string[] = [];
  for (const line of lines) {
    if (mark.test(line)) items.push(line.replace(mark, ''));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return `<${tag}>${items.map((item) => `<li>${inlineHtml(item)}</li>`).join('')}</${tag}>`;
}

function inlineHtml(text: string): string {
  return text
    .replace(
      /!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g,
      (_, alt, src) => `<img src="${quote(src)}" alt="${quote(alt)}">`,
    )
    .replace(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, (_, words, href) => `<a href="${quote(href)}">${words}</a>`)
    .replace(/`([^`]+)`/g, (_, code) => `<code>${escapeText(code)}</code>`)
    .replace(/\*\*([^*\n]+)\*\*|__([^_\n]+)__/g, (_, a, b) => `<strong>${a ?? b}</strong>`)
    .replace(
      /(?<![\w*])\*([^*\n]+)\*(?!\w)|(?<![\w_/"])_([^_\n]+)_(?!\w)/g,
      (_, a, b) => `<em>${a ?? b}</em>`,
    );
}

function quote(text: string): string {
  return escapeAttribute(text);
}
