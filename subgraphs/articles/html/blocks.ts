/** HTML to blocks: one walk over the tree that keeps every word, in order, and no tag that it does not know. */
import type { Block } from '../blocks.ts';
import { partsOf } from './audience.ts';
import { callout, card } from './cards.ts';
import { embedOf } from './embed.ts';
import { figure, picture } from './figure.ts';
import { wrapText } from './gather.ts';
import { inlineTag, textOfInline } from './inline.ts';
import { list } from './list.ts';
import { hasHiddenMark, isMark, withFirstMarkFree } from './paywall.ts';
import { quote } from './quote.ts';
import { isDataTable, table } from './table.ts';
import { type Element, hasClass, isElement, type Node, parseHtml, rawTextOf } from './tree.ts';
import { type HtmlContext, paywallMark, type Walk } from './walk.ts';
import { type BlockWriter, openBlockWriter } from './writer.ts';

const containers = new Set(
  (
    'p div section article header footer main aside nav dl dt dd address center details summary form fieldset ' +
    'figcaption li tbody thead tfoot tr td th caption html body hgroup search legend optgroup option'
  ).split(' '),
);
const unseen = new Set(
  'script style title template noscript head svg math textarea select datalist canvas map input'.split(' '),
);
const wholes = new Set('figure blockquote pre iframe embed audio video'.split(' '));

/** The blocks of a story's HTML. At most one is a paywall. Throws nothing, whatever the HTML. */
export function blocksOf(html: string, context: HtmlContext): Block[] {
  let isHidden = false;
  const blocks = partsOf(html, context).flatMap(({ html: part, audience }) => {
    const nodes = parseHtml(part);
    isHidden ||= hasHiddenMark(part, nodes);
    const walk = openWalk(context);
    return walk
      .within(part.includes(paywallMark) ? withFirstMarkFree(nodes, isWhole) : nodes)
      .map((block): Block => (audience && block.kind !== 'paywall' ? { ...block, audience } : block));
  });
  // A mark that stands where no comment is read still ends the free part: rather too early than never.
  return onePaywall(isHidden ? [{ kind: 'paywall' }, ...blocks] : blocks);
}

function openWalk(context: HtmlContext): Walk {
  const walk: Walk = {
    ...context,
    captions: new Map(),
    within: (nodes) => {
      const writer = openBlockWriter();
      walkAll(walk, writer, nodes);
      return writer.blocks;
    },
  };
  return walk;
}

/** Whether an element is read as a whole or not at all, so that what stands in it may come out in another order. */
function isWhole({ name, attribs }: Element): boolean {
  return wholes.has(name) || unseen.has(name) || /\b(?:kg-|wp-caption)/.test(attribs.class ?? '');
}

/** Walks nodes and ends the last paragraph. */
function walkAll(walk: Walk, writer: BlockWriter, nodes: readonly Node[]): void {
  for (const node of nodes) walkNode(walk, writer, node);
  writer.endParagraph();
}

/** Walks a node within the paragraph that stands open. */
function walkNode(walk: Walk, writer: BlockWriter, node: Node): void {
  if (node.type === 'text') writer.text(node.data);
  else if (isMark(node)) writer.push({ kind: 'paywall' });
  else if (isElement(node)) walkElement(walk, writer, node);
}

function walkElement(walk: Walk, writer: BlockWriter, element: Element): void {
  const { name } = element;
  if (unseen.has(name)) return;
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
    const tag = inlineTag(element, walk.link);
    if (tag) writer.open(tag);
    for (const child of element.children) walkNode(walk, writer, child);
    if (tag) writer.close();
  }
}

/** The blocks of an element that is always one or more; undefined for any other. */
function block(walk: Walk, element: Element): Block[] | undefined {
  const { name, children } = element;
  switch (name) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6': {
      const level = Math.max(2, Number(name.charAt(1))) as 2 | 3 | 4 | 5 | 6;
      return wrapText(walk.within(children), (html) => ({
        kind: 'heading',
        level,
        text: textOfInline(html),
      }));
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
      return figure(walk, element);
    case 'pre':
      return code(element);
    case 'hr':
      return [{ kind: 'divider' }];
    case 'iframe':
    case 'embed':
    case 'audio':
    case 'video': {
      const embed = embedOf(element, walk.link);
      return [...(embed ? [embed] : []), ...walk.within(children)];
    }
    default:
      if (hasClass(element, 'wp-caption')) return figure(walk, element);
      return hasClass(element, 'kg-callout-card') ? callout(walk, element) : undefined;
  }
}

function code(element: Element): Block[] {
  const text = rawTextOf(element).replace(/^\n/, '').trimEnd();
  const classes = [element, ...element.children.filter(isElement)].map(({ attribs }) => attribs.class ?? '');
  const language = /(?:^|\s)lang(?:uage)?-([\w+#-]{1,30})/.exec(classes.join(' '))?.[1];
  return text === '' ? [] : [{ kind: 'code', code: text, ...(language ? { language } : {}) }];
}

function walkImage(walk: Walk, writer: BlockWriter, element: Element): void {
  const { class: classes = '', alt = '' } = element.attribs;
  // A smiley is a letter of its sentence.
  if (/\b(emoji|wp-smiley)\b/.test(classes) && alt !== '') writer.text(alt);
  else for (const it of picture(walk, element)) writer.push(it);
}

function onePaywall(blocks: Block[]): Block[] {
  const first = blocks.findIndex(({ kind }) => kind === 'paywall');
  return blocks.filter(({ kind }, position) => kind !== 'paywall' || position === first);
}
