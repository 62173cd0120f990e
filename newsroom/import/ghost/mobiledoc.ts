/** Renders Mobiledoc, the format of Ghost's editor before Lexical, as the HTML that Ghost writes. */
import { escapeAttribute, escapeText } from '../../../subgraphs/articles/html/inline.ts';
import { quoted, RecordError } from '../records.ts';
import { cardHtml } from './lexicalCards.ts';
import { isNode, type LexicalNode, type Note } from './lexicalNode.ts';
import { withVisibility } from './visibility.ts';

interface Mobiledoc {
  sections: unknown[];
  markups: unknown[];
  atoms: unknown[];
  cards: unknown[];
}

/** Kinds of sections and markers by their numbers in the format. */
const section = { text: 1, image: 2, list: 3, card: 10 };
const atomMarker = 1;

/** Cards with other names in Lexical. */
const names = new Map([
  ['card-markdown', 'markdown'],
  ['code', 'codeblock'],
  ['hr', 'horizontalrule'],
]);

const tags = new Set('p h1 h2 h3 h4 h5 h6 blockquote aside'.split(' '));
const inlineTags = new Set('a b strong i em s u sub sup code mark del'.split(' '));

/** The HTML of a Mobiledoc document in JSON. Throws a RecordError when it is not one. */
export function mobiledocHtml(json: string, note: Note = () => {}): string {
  const document = documentOf(json);
  return document.sections
    .filter((it) => Array.isArray(it))
    .map((it) => sectionHtml(it, document, note))
    .join('');
}

function documentOf(json: string): Mobiledoc {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    throw new RecordError(`Expected a Mobiledoc document, but got: ${quoted(json)}.`);
  }
  if (!isNode(document) || !Array.isArray(document.sections) || !/^0\.3/.test(String(document.version)))
    throw new RecordError(`Expected a Mobiledoc document of version 0.3, but got: ${quoted(json)}.`);
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const { sections, markups, atoms, cards } = document;
  return { sections, markups: list(markups), atoms: list(atoms), cards: list(cards) };
}

function sectionHtml([kind, first, second]: unknown[], document: Mobiledoc, note: Note): string {
  switch (kind) {
    case section.text: {
      const tag = tags.has(String(first)) ? String(first) : 'p';
      const inside = markersHtml(second, document);
      return tag === 'aside'
        ? `<blockquote class="kg-blockquote-alt"><p>${inside}</p></blockquote>`
        : `<${tag}>${inside}</${tag}>`;
    }
    case section.image:
      return `<figure class="kg-card kg-image-card"><img class="kg-image" src="${escapeAttribute(String(first))}"></figure>`;
    case section.list: {
      const tag = first === 'ol' ? 'ol' : 'ul';
      const items = Array.isArray(second) ? second : [];
      return `<${tag}>${items.map((item) => `<li>${markersHtml(item, document)}</li>`).join('')}</${tag}>`;
    }
    case section.card:
      return cardSection(document.cards[Number(first)], note);
    default:
      note('A section of Mobiledoc of a kind that is not known was left out.');
      return '';
  }
}

function cardSection(card: unknown, note: Note): string {
  const [name, payload] = Array.isArray(card) ? card : [];
  if (typeof name !== 'string') {
    note('A card of Mobiledoc without a name was left out.');
    return '';
  }
  const node: LexicalNode = { ...(isNode(payload) ? payload : {}), type: names.get(name) ?? name };
  return withVisibility(node, cardHtml(node, note) ?? '', note);
}

function markersHtml(markers: unknown, { markups, atoms }: Mobiledoc): string {
  if (!Array.isArray(markers)) return '';
  const open: string[] = [];
  let html = '';
  for (const marker of markers) {
    if (!Array.isArray(marker)) continue;
    const [kind, opened, closed, value] = marker as unknown[];
    for (const index of Array.isArray(opened) ? opened : []) {
      const markup = markups[Number(index)];
      const [tag, attributes] = Array.isArray(markup) ? markup : [];
      open.push(inlineTags.has(String(tag)) ? String(tag) : 'span');
      html += `<${open.at(-1)}${hrefOf(attributes)}>`;
    }
    html += kind === atomMarker ? atomHtml(atoms[Number(value)]) : escapeText(String(value ?? ''));
    for (let count = Number(closed) || 0; count > 0 && open.length > 0; count -= 1)
      html += `</${open.pop()}>`;
  }
  while (open.length > 0) html += `</${open.pop()}>`;
  return html;
}

/** The href among attributes, which are a flat list of names and values. */
function hrefOf(attributes: unknown): string {
  const list = Array.isArray(attributes) ? attributes : [];
  const at = list.findIndex((name, place) => place % 2 === 0 && name === 'href');
  return at < 0 ? '' : ` href="${escapeAttribute(String(list[at + 1] ?? ''))}"`;
}

function atomHtml(atom: unknown): string {
  const [name, text] = Array.isArray(atom) ? atom : [];
  return name === 'soft-return' ? '<br>' : escapeText(String(text ?? ''));
}
