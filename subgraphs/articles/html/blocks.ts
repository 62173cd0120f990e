/** Converts HTML to blocks: one walk over the tree that keeps all text in order, and drops unknown tags. */
import type { Block } from '../blocks.ts';
import { type Anchors, fragmentOf, idOf, openAnchors, withHeadingLinks } from './anchors.ts';
import { partsOf } from './audience.ts';
import { callout, card } from './cards.ts';
import { embedAt, embedOf } from './embed.ts';
import { figure, picture } from './figure.ts';
import { wrapText } from './gather.ts';
import { escapeAttribute, inlineTag, textOfInline } from './inline.ts';
import { list } from './list.ts';
import { findLosses } from './lost.ts';
import { hasHiddenMark, isMark, withFirstMarkFree } from './paywall.ts';
import { filledIn } from './posts.ts';
import { quote } from './quote.ts';
import { withoutScripts } from './source.ts';
import { isDataTable, table } from './table.ts';
import {
  type Element,
  findAll,
  findOne,
  hasClass,
  isElement,
  type Node,
  parseHtml,
  rawTextOf,
  textOf,
} from './tree.ts';
import { type HtmlContext, paywallMark, type Walk } from './walk.ts';
import { type BlockWriter, openBlockWriter } from './writer.ts';

const containers = new Set(
  (
    'p div section article header footer main aside nav dl dt dd address center details summary form fieldset ' +
    'figcaption li tbody thead tfoot tr td th caption html body hgroup search legend optgroup option'
  ).split(' '),
);
const unseen = new Set(
  'script style title template head svg annotation annotation-xml textarea select datalist canvas map input'.split(
    ' ',
  ),
);
const wholes = new Set('figure blockquote pre iframe embed object audio video'.split(' '));

/** Converts a story's HTML to blocks, with at most one paywall. Never throws, whatever the HTML. */
export function blocksOf(html: string, context: HtmlContext): Block[] {
  const parts = partsOf(html, context).map((part) => ({ ...part, nodes: parseHtml(part.html) }));
  const trees = parts.map(({ nodes }) => nodes);
  const losses = context.note && findLosses(trees, context);
  const isHidden = parts.some((part) => hasHiddenMark(part.html, part.nodes));
  const anchors = openAnchors(trees);
  const walk = openWalk(context, anchors);
  const read = parts.flatMap(({ html: part, nodes, audience }) =>
    walk
      .within(part.includes(paywallMark) ? withFirstMarkFree(nodes, isWhole) : nodes)
      .map(
        (block): Block => (audience && block.kind !== 'paywall' ? Object.assign(block, { audience }) : block),
      ),
  );
  // A paywall mark outside of comments makes the whole story gated, since its position is unknown.
  const blocks = onePaywall(isHidden ? [{ kind: 'paywall' }, ...read] : read);
  for (const note of losses?.(blocks, anchors) ?? []) context.note?.(note);
  return withHeadingLinks(blocks, anchors);
}

function openWalk(context: HtmlContext, anchors: Anchors): Walk {
  const walk: Walk = {
    ...context,
    anchors,
    link: (href) => {
      if (!href.trim().startsWith('#')) return context.link(href);
      const name = anchors.names.get(fragmentOf(href) ?? '');
      return name === undefined ? undefined : `#${name}`;
    },
    captions: new Map(),
    within: (nodes) => {
      const writer = openBlockWriter();
      walkAll(walk, writer, nodes);
      return writer.blocks;
    },
  };
  return walk;
}

/** Whether an element is converted as a whole or dropped, so that its content may be reordered. */
function isWhole({ name, attribs }: Element): boolean {
  return wholes.has(name) || unseen.has(name) || /\b(?:kg-|wp-caption)/.test(attribs.class ?? '');
}

/** Walks nodes, then ends the last paragraph. */
function walkAll(walk: Walk, writer: BlockWriter, nodes: readonly Node[]): void {
  for (const node of withoutScripts(nodes)) walkNode(walk, writer, node);
  writer.endParagraph();
}

/** Walks a node within the open paragraph. */
function walkNode(walk: Walk, writer: BlockWriter, node: Node): void {
  if (node.type === 'text') writer.text(node.data);
  else if (isMark(node)) writer.push({ kind: 'paywall' });
  else if (isElement(node)) walkElement(walk, writer, node);
}

function walkElement(walk: Walk, writer: BlockWriter, element: Element): void {
  const { name } = element;
  const scriptEmbed = filledIn(element);
  if (scriptEmbed) {
    // The element may hold the text of the post; content that its script would replace is ignored.
    const words = element.children.filter(
      (node) => !isElement(node) || !/^(?:script|noscript)$/.test(node.name),
    );
    for (const it of [...walk.within(words), scriptEmbed]) writer.push(it);
    return;
  }
  if (unseen.has(name) || isHiddenCard(element)) return;
  const blocks = card(walk, element) ?? block(walk, element);
  if (blocks) {
    writer.endParagraph();
    for (const it of blocks) writer.push(it);
  } else if (containers.has(name)) {
    writer.endParagraph();
    walkAll(walk, writer, element.children);
  } else if (name === 'br') writer.lineBreak();
  else if (name === 'img') walkImage(walk, writer, element);
  else {
    const place = name === 'a' ? walk.anchors.names.get(idOf(element) ?? '') : undefined;
    if (place !== undefined) writer.mark(`<a id="${escapeAttribute(place)}"></a>`);
    const tag = inlineTag(element, walk.link);
    if (tag) writer.open(tag);
    if (name === 'q') writer.text('“');
    for (const child of withoutScripts(element.children)) walkNode(walk, writer, child);
    if (name === 'q') writer.text('”');
    if (tag) writer.close();
  }
}

/** The blocks of a block-level element; undefined for any other element. */
function block(walk: Walk, element: Element): Block[] | undefined {
  const { name, children } = element;
  switch (name) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6': {
      return heading(walk, element);
    }
    case 'ul':
    case 'ol':
    case 'menu':
      return list(walk, element);
    case 'blockquote':
      return quote(walk, element);
    case 'table':
      return isDataTable(element) ? table(walk, element) : walk.within(children);
    case 'figure':
      return embedFigure(walk, element) ?? figure(walk, element);
    case 'pre':
      return code(element);
    case 'hr':
      return [{ kind: 'divider' }];
    case 'object':
    case 'iframe':
    case 'embed':
    case 'audio':
    case 'video': {
      const embed = embedOf(element, walk.link);
      // Their content is a fallback for browsers that cannot show them; only that of an object is kept.
      return embed ? [embed] : name === 'object' ? walk.within(children) : [];
    }
    default:
      if (hasClass(element, 'wp-caption')) return figure(walk, element);
      return hasClass(element, 'kg-callout-card') ? callout(walk, element) : undefined;
  }
}

function heading(walk: Walk, element: Element): Block[] {
  const level = Math.max(2, Number(element.name.charAt(1))) as 2 | 3 | 4 | 5 | 6;
  const blocks = wrapText(walk.within(element.children), (html) => ({
    kind: 'heading',
    level,
    text: textOfInline(html),
    ...(html.includes('<a href') && { html }),
  }));
  const first = blocks.find(({ kind }) => kind === 'heading');
  const { names, headings } = walk.anchors;
  if (first && names.size > 0)
    for (const it of findAll([element], (one) => names.has(idOf(one) ?? '')))
      headings.set(idOf(it) as string, first);
  return blocks;
}

/** A WordPress embed figure that holds only a URL: the embed, and its caption. */
function embedFigure(walk: Walk, element: Element): Block[] | undefined {
  if (!hasClass(element, 'wp-block-embed')) return undefined;
  const caption = findOne(element, ({ name }) => name === 'figcaption');
  const holder = element.children.filter((node) => node !== caption);
  const address = textOf(holder);
  const url = /^(?:https?:)?\/\/\S+$/.test(address) ? walk.link(address) : undefined;
  if (url === undefined || findOne(element, ({ name }) => name === 'iframe' || name === 'blockquote'))
    return undefined;
  return [embedAt(url), ...(caption ? walk.within(caption.children) : [])];
}

/** Cards that Ghost shows in e-mails only. */
const isHiddenCard = ({ attribs }: Element) =>
  attribs['data-gh-segment'] !== undefined || /\bkg-email(?:-cta)?-card\b/.test(attribs.class ?? '');

function code(element: Element): Block[] {
  const text = rawTextOf(element).replace(/^\n/, '').trimEnd();
  const classes = [element, ...element.children.filter(isElement)].map(({ attribs }) => attribs.class ?? '');
  const language = /(?:^|\s)lang(?:uage)?-([\w+#-]{1,30})/.exec(classes.join(' '))?.[1];
  return text === '' ? [] : [{ kind: 'code', code: text, ...(language ? { language } : {}) }];
}

function walkImage(walk: Walk, writer: BlockWriter, element: Element): void {
  const { class: classes = '', alt = '' } = element.attribs;
  // An emoji image counts as text.
  if (/\b(emoji|wp-smiley)\b/.test(classes) && alt !== '') writer.text(alt);
  else for (const it of picture(walk, element)) writer.push(it);
}

function onePaywall(blocks: Block[]): Block[] {
  const first = blocks.findIndex(({ kind }) => kind === 'paywall');
  return blocks.filter(({ kind }, position) => kind !== 'paywall' || position === first);
}
