/** Renders the cards of Ghost's editor in Lexical as the HTML that Ghost writes. */
import { escapeAttribute, escapeText } from '../../../subgraphs/articles/html/inline.ts';
import { isNode, type LexicalNode, type Note, text } from './lexicalNode.ts';
import { markdownHtml } from './markdown.ts';
import { mailOnly } from './visibility.ts';

/** The HTML of a card; empty when the site never shows it; undefined for an unknown card. */
export function cardHtml(node: LexicalNode, note: Note): string | undefined {
  const type = String(node.type);
  if (onlyMailed.has(type)) note(mailOnly);
  const write = Object.hasOwn(cards, type) ? cards[type] : undefined;
  if (write) return write(node, note);
  if (Array.isArray(node.children)) return undefined;
  note(`A card of a kind that is not known ("${type.slice(0, 60)}") was taken by its words and pictures.`);
  return unknownCard(node);
}

const unseen = () => '';
const onlyMailed = new Set(['email', 'email-cta']);
const cards: Record<string, (node: LexicalNode, note: Note) => string> = {
  image: (node) => figure('kg-image-card', linked(text(node, 'href'), image(node)) + caption(node)),
  gallery: (node) => {
    const images = Array.isArray(node.images) ? node.images.filter(isNode) : [];
    const shown = images.map((one) => linked(text(one, 'href'), image(one)));
    return figure('kg-gallery-card', shown.join('') + caption(node));
  },
  bookmark: (node) => bookmark(node),
  embed: (node) => figure('kg-embed-card', (text(node, 'html') || link(text(node, 'url'))) + caption(node)),
  html: (node) => text(node, 'html'),
  markdown: (node, note) => markdownHtml(text(node, 'markdown'), note),
  codeblock: (node) =>
    `<pre><code class="language-${escapeAttribute(text(node, 'language'))}">${escapeText(text(node, 'code'))}</code></pre>` +
    paragraph(text(node, 'caption')),
  horizontalrule: () => '<hr>',
  callout: (node) =>
    `<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">${escapeText(text(node, 'calloutEmoji'))}</div>` +
    `<div class="kg-callout-text">${text(node, 'calloutText')}</div></div>`,
  toggle: (node) => heading(text(node, 'heading')) + text(node, 'content'),
  button: (node) => button(node, 'buttonText', 'buttonUrl'),
  header: (node) =>
    picture(text(node, 'backgroundImageSrc')) +
    heading(text(node, 'header') || text(node, 'heading')) +
    paragraph(text(node, 'subheader') || text(node, 'subheading')) +
    (isOn(node.buttonEnabled) ? button(node, 'buttonText', 'buttonUrl') : ''),
  signup: (node, note) => {
    note(form);
    return signup(node);
  },
  'call-to-action': (node) =>
    sponsor(node) +
    picture(text(node, 'imageUrl')) +
    paragraph(text(node, 'textValue')) +
    (isOn(node.showButton) ? button(node, 'buttonText', 'buttonUrl') : ''),
  product: (node) =>
    picture(text(node, 'productImageSrc')) +
    heading(text(node, 'productTitle')) +
    (node.productRatingEnabled === true ? paragraph(`${Number(node.productStarRating) || 0} / 5`) : '') +
    paragraph(text(node, 'productDescription')) +
    (isOn(node.productButtonEnabled) ? button(node, 'productButton', 'productUrl') : ''),
  file: (node) =>
    `<p>${link(text(node, 'src'), text(node, 'fileTitle') || text(node, 'fileName'))}</p>` +
    paragraph(text(node, 'fileCaption')),
  audio: (node) =>
    '<div class="kg-card kg-audio-card"><div class="kg-audio-title">' +
    `${escapeText(text(node, 'title'))}</div>${tag('audio', { src: text(node, 'src') })}</audio></div>`,
  video: (node) =>
    `<figure class="kg-card kg-video-card">${tag('video', { src: text(node, 'src') })}</video>${caption(node)}</figure>`,
  paywall: () => '<!--members-only-->',
  email: unseen,
  'email-cta': unseen,
  collection: (_, note) => {
    note('A list of other posts, which a card draws anew each time, was left out.');
    return '';
  },
  transistor: (_, note) => {
    note('A player of Transistor, which is another for each member, was left out.');
    return '';
  },
  zwnj: unseen,
  tk: unseen,
};

function bookmark(node: LexicalNode): string {
  const metadata = isNode(node.metadata) ? node.metadata : {};
  const part = (name: string, words: string) => `<div class="kg-bookmark-${name}">${escapeText(words)}</div>`;
  const thumbnail = text(metadata, 'thumbnail');
  return figure(
    'kg-bookmark-card',
    `${tag('a', { class: 'kg-bookmark-container', href: text(node, 'url') })}` +
      part('title', text(metadata, 'title') || text(node, 'title')) +
      part('description', text(metadata, 'description') || text(node, 'description')) +
      part('author', text(metadata, 'author')) +
      part('publisher', text(metadata, 'publisher') || text(node, 'publisher')) +
      (thumbnail ? `<div class="kg-bookmark-thumbnail">${tag('img', { src: thumbnail })}</div>` : '') +
      `</a>${caption(node)}`,
  );
}

const signup = (node: LexicalNode) =>
  picture(text(node, 'backgroundImageSrc')) +
  heading(text(node, 'header')) +
  paragraph(text(node, 'subheader')) +
  paragraph(text(node, 'disclaimer'));

const form = 'A form was left out; the words beside it were kept.';

/** A switch of a card is on unless it is false. */
const isOn = (value: unknown) => value !== false;

/** A card of a newer editor: its pictures, texts and links, in order. */
function unknownCard(node: LexicalNode): string {
  return Object.entries(node)
    .map(([name, value]) => {
      if (typeof value !== 'string' || value === '') return '';
      if (
        /(?:image|src|photo|picture)/i.test(name) &&
        /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(value)
      )
        return picture(value);
      if (/(?:url|href|link)$/i.test(name) && /^(?:https?:|__GHOST_URL__)/.test(value))
        return `<p>${link(value)}</p>`;
      return /(?:text|html|title|heading|header|caption|content|description|label)$/i.test(name)
        ? paragraph(value)
        : '';
    })
    .join('');
}

const picture = (src: string) =>
  src === '' ? '' : figure('kg-image-card', tag('img', { class: 'kg-image', src }));

const linked = (url: string, html: string) =>
  url === '' ? html : `<a href="${escapeAttribute(url)}">${html}</a>`;

function figure(name: string, inside: string): string {
  return `<figure class="kg-card ${name}">${inside}</figure>`;
}

function image(node: LexicalNode): string {
  const size = (name: string) => (Number.isInteger(node[name]) ? String(node[name]) : '');
  return tag('img', {
    class: 'kg-image',
    src: text(node, 'src'),
    alt: text(node, 'alt') || text(node, 'altText'),
    width: size('width'),
    height: size('height'),
  });
}

function sponsor(node: LexicalNode): string {
  return node.hasSponsorLabel === true ? paragraph(text(node, 'sponsorLabel')) : '';
}

/** Captions are HTML in Lexical. */
function caption(node: LexicalNode): string {
  const html = text(node, 'caption');
  return html === '' ? '' : `<figcaption>${html}</figcaption>`;
}

function heading(html: string): string {
  return html === '' ? '' : `<h3>${html}</h3>`;
}

function paragraph(html: string): string {
  return html === '' ? '' : `<div>${html}</div>`;
}

function button(node: LexicalNode, words: string, address: string): string {
  return text(node, words) === '' ? '' : `<p>${link(text(node, address), text(node, words))}</p>`;
}

function link(url: string, words = url): string {
  return `<a href="${escapeAttribute(url)}">${escapeText(words)}</a>`;
}

function tag(name: string, attributes: Record<string, string>): string {
  const written = Object.entries(attributes)
    .filter(([key, value]) => value !== '' || key === 'alt')
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${written.join('')}>`;
}
