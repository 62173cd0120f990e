/** Reports what the blocks of a text do not hold, URL by URL. */
import type { Block } from '../blocks.ts';
import { type Anchors, fragmentOf } from './anchors.ts';
import { embedOf } from './embed.ts';
import { filledIn, postIn } from './posts.ts';
import { providerOf } from './providers.ts';
import { frameSource, pictureSource } from './source.ts';
import { type Element, findAll, findOne, hasClass, isElement, type Node, textOf } from './tree.ts';
import type { HtmlContext } from './walk.ts';

const longest = 200;

const messages = {
  link: (address: string) => `A link could not be kept: ${short(address)}`,
  embed: (address: string) => `Something of another site could not be kept: ${short(address)}`,
  frame: 'A frame or player without an address was left out.',
  script: (host: string) => `A script of ${host} was left out.`,
  ownScript: 'A script that is written into the text was left out.',
  form: 'Fields of a form were left out; the words beside them were kept.',
  drawing: 'A drawing (SVG or canvas) was left out.',
};

/** Collects what readers might miss. Runs before the walk, which changes the trees. */
export function findLosses(
  trees: readonly Node[][],
  context: HtmlContext,
): (blocks: readonly Block[], anchors: Anchors) => string[] {
  const links: string[] = [];
  const embeds: string[] = [];
  const scripts: string[] = [];
  const notes = new Set<string>();
  for (const element of findAll(trees.flat(), () => true)) {
    const { name, attribs } = element;
    if (name === 'a' && attribs.href?.trim()) {
      if (isVisibleLink(element) && !leadsToItself(element, context)) links.push(attribs.href.trim());
    } else if (/^(?:iframe|embed|object|audio|video)$/.test(name)) {
      const address = embedOf(element, context.link)?.url ?? frameSource(element);
      if (address !== undefined) embeds.push(address);
      else if (!(name === 'object' && findOne(element, (it) => it.name === 'embed' || it.name === 'img')))
        notes.add(messages.frame);
    } else if (name === 'script') {
      const embed = filledIn(element);
      if (embed) embeds.push(embed.url);
      else if (attribs.src) scripts.push(attribs.src.trim().replace(/^\/\//, 'https://'));
      else if (!/json/.test(attribs.type ?? '') && element.children.length > 0) notes.add(messages.ownScript);
    } else if (/^(?:input|select|textarea)$/.test(name) && attribs.type !== 'hidden')
      notes.add(messages.form);
    else if (name === 'svg' || name === 'canvas') {
      if (!isOrnament(element)) notes.add(messages.drawing);
    } else if (name === 'blockquote') {
      const post = postIn(element);
      if (post !== undefined) embeds.push(post);
    }
  }
  return (blocks, { names }) => {
    const keptAddresses = addressesOf(blocks);
    for (const href of links)
      if (!isKept(href, keptAddresses, context, names)) notes.add(messages.link(href));
    for (const address of embeds) if (!keptAddresses.has(address)) notes.add(messages.embed(address));
    const providers = new Set([...keptAddresses].filter((it) => /^https?:/.test(it)).map(providerOf));
    const drawn = new Set(blocks.flatMap((block) => (block.kind === 'embed' ? [block.providerName] : [])));
    for (const source of scripts) {
      const provider = providerOf(source);
      // The script only renders an embed that is kept.
      if (!drawn.has(provider) && !(drawn.has('Mastodon') && providers.has(provider)))
        notes.add(messages.script(provider || short(source)));
    }
    return [...notes];
  };
}

const short = (text: string) => (text.length <= longest ? text : `${text.slice(0, longest)}…`);

/** A link without text or picture is not visible. */
const isVisibleLink = (element: Element) =>
  textOf(element) !== '' || findOne(element, ({ name }) => name === 'img') !== undefined;

/** A picture that links to its own file is kept as the picture. */
function leadsToItself(element: Element, { link }: HtmlContext): boolean {
  const picture = findOne(element, ({ name }) => name === 'img');
  const source = picture && pictureSource(picture);
  return source !== undefined && link(source) === link(element.attribs.href ?? '') && textOf(element) === '';
}

/** Icons that Ghost's cards draw. */
function isOrnament(element: Element): boolean {
  for (let parent = element.parent; parent; parent = parent.parent)
    if (isElement(parent as Node) && /\bkg-/.test((parent as Element).attribs.class ?? ''))
      return !hasClass(parent as Element, 'kg-html-card');
  return false;
}

function isKept(
  href: string,
  keptAddresses: ReadonlySet<string>,
  context: HtmlContext,
  names: ReadonlyMap<string, string>,
): boolean {
  if (href.startsWith('#')) return keptAddresses.has(`#${names.get(fragmentOf(href) ?? '')}`);
  const slug = context.storySlug(href);
  if (slug !== undefined && (keptAddresses.has(`/articles/${slug}`) || keptAddresses.has(`slug:${slug}`)))
    return true;
  const address = context.link(href);
  if (address === undefined) return false;
  return (
    keptAddresses.has(address) ||
    keptAddresses.has(address.split(/[?#]/, 1)[0] as string) ||
    postPages(address).some((it) => keptAddresses.has(it))
  );
}

/** The page of a post without its query string, with and without a trailing slash. */
const postPages = (address: string) => {
  const [page = ''] = address.split('?', 1);
  return [page, page.endsWith('/') ? page.slice(0, -1) : `${page}/`];
};

/** All URLs that the blocks link to. */
function addressesOf(blocks: readonly Block[]): Set<string> {
  const addresses = new Set<string>();
  const collect = (html: string) => {
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) {
      const address = href
        .replaceAll('&quot;', '"')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
      addresses.add(address);
      if (address.startsWith('/articles/')) addresses.add(address.split(/[?#]/, 1)[0] as string);
    }
  };
  for (const block of blocks) {
    if (block.kind === 'embed') addresses.add(block.url);
    else if (block.kind === 'related') addresses.add(`slug:${block.slug}`);
    else if ('items' in block) block.items.forEach(collect);
    else if ('rows' in block) [...(block.header ?? []), ...block.rows.flat()].forEach(collect);
    else if ('html' in block) collect(block.html ?? '');
  }
  return addresses;
}
