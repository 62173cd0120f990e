/** What of a text its blocks do not hold: told address by address, so that nothing is lost without a word. */
import type { Block } from '../blocks.ts';
import { type Anchors, fragmentOf } from './anchors.ts';
import { embedOf } from './embed.ts';
import { filledIn, postIn } from './posts.ts';
import { providerOf } from './providers.ts';
import { frameSource, pictureSource } from './source.ts';
import { type Element, findAll, findOne, hasClass, isElement, type Node, textOf } from './tree.ts';
import type { HtmlContext } from './walk.ts';

const longest = 200;

const told = {
  link: (address: string) => `A link could not be kept: ${short(address)}`,
  embed: (address: string) => `Something of another site could not be kept: ${short(address)}`,
  frame: 'A frame or player without an address was left out.',
  script: (host: string) => `A script of ${host} was left out.`,
  ownScript: 'A script that is written into the text was left out.',
  form: 'Fields of a form were left out; the words beside them were kept.',
  drawing: 'A drawing (SVG or canvas) was left out.',
};

/** What stands in a text that readers would miss. Found before the walk, which changes the trees. */
export function seekLosses(
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
      if (isShown(element) && !leadsToItself(element, context)) links.push(attribs.href.trim());
    } else if (/^(?:iframe|embed|object|audio|video)$/.test(name)) {
      const address = embedOf(element, context.link)?.url ?? frameSource(element);
      if (address !== undefined) embeds.push(address);
      else if (!(name === 'object' && findOne(element, (it) => it.name === 'embed' || it.name === 'img')))
        notes.add(told.frame);
    } else if (name === 'script') {
      const embed = filledIn(element);
      if (embed) embeds.push(embed.url);
      else if (attribs.src) scripts.push(attribs.src.trim().replace(/^\/\//, 'https://'));
      else if (!/json/.test(attribs.type ?? '') && element.children.length > 0) notes.add(told.ownScript);
    } else if (/^(?:input|select|textarea)$/.test(name) && attribs.type !== 'hidden') notes.add(told.form);
    else if (name === 'svg' || name === 'canvas') {
      if (!isOrnament(element)) notes.add(told.drawing);
    } else if (name === 'blockquote') {
      const post = postIn(element);
      if (post !== undefined) embeds.push(post);
    }
  }
  return (blocks, { names }) => {
    const kept = addressesOf(blocks);
    for (const href of links) if (!isKept(href, kept, context, names)) notes.add(told.link(href));
    for (const address of embeds) if (!kept.has(address)) notes.add(told.embed(address));
    const providers = new Set([...kept].filter((it) => /^https?:/.test(it)).map(providerOf));
    const drawn = new Set(blocks.flatMap((block) => (block.kind === 'embed' ? [block.providerName] : [])));
    for (const source of scripts) {
      const provider = providerOf(source);
      // It only draws what is kept as an embed.
      if (!drawn.has(provider) && !(drawn.has('Mastodon') && providers.has(provider)))
        notes.add(told.script(provider || short(source)));
    }
    return [...notes];
  };
}

const short = (text: string) => (text.length <= longest ? text : `${text.slice(0, longest)}…`);

/** A link without words and pictures leads nobody anywhere. */
const isShown = (element: Element) =>
  textOf(element) !== '' || findOne(element, ({ name }) => name === 'img') !== undefined;

/** A picture that leads to its own file is kept with that. */
function leadsToItself(element: Element, { link }: HtmlContext): boolean {
  const picture = findOne(element, ({ name }) => name === 'img');
  const source = picture && pictureSource(picture);
  return source !== undefined && link(source) === link(element.attribs.href ?? '') && textOf(element) === '';
}

/** The signs that Ghost's own cards draw. */
function isOrnament(element: Element): boolean {
  for (let parent = element.parent; parent; parent = parent.parent)
    if (isElement(parent as Node) && /\bkg-/.test((parent as Element).attribs.class ?? ''))
      return !hasClass(parent as Element, 'kg-html-card');
  return false;
}

function isKept(
  href: string,
  kept: ReadonlySet<string>,
  context: HtmlContext,
  names: ReadonlyMap<string, string>,
): boolean {
  if (href.startsWith('#')) return kept.has(`#${names.get(fragmentOf(href) ?? '')}`);
  const slug = context.storySlug(href);
  if (slug !== undefined && (kept.has(`/articles/${slug}`) || kept.has(`slug:${slug}`))) return true;
  const address = context.link(href);
  if (address === undefined) return false;
  return (
    kept.has(address) ||
    kept.has(address.split(/[?#]/, 1)[0] as string) ||
    postPages(address).some((it) => kept.has(it))
  );
}

/** An embed's page has no more than what names it. */
const postPages = (address: string) => {
  const [page = ''] = address.split('?', 1);
  return [page, page.endsWith('/') ? page.slice(0, -1) : `${page}/`];
};

/** All addresses that blocks lead to. */
function addressesOf(blocks: readonly Block[]): Set<string> {
  const found = new Set<string>();
  const look = (html: string) => {
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) {
      const address = href
        .replaceAll('&quot;', '"')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
      found.add(address);
      if (address.startsWith('/articles/')) found.add(address.split(/[?#]/, 1)[0] as string);
    }
  };
  for (const block of blocks) {
    if (block.kind === 'embed') found.add(block.url);
    else if (block.kind === 'related') found.add(`slug:${block.slug}`);
    else if ('items' in block) block.items.forEach(look);
    else if ('rows' in block) [...(block.header ?? []), ...block.rows.flat()].forEach(look);
    else if ('html' in block) look(block.html ?? '');
  }
  return found;
}
