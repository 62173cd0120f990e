/** The cards of Ghost's editor that need special handling: bookmarks, callouts, files, players. */
import type { Block } from '../blocks.ts';
import { embedOf } from './embed.ts';
import { wrapText } from './gather.ts';
import { escapeAttribute, escapeText } from './inline.ts';
import { providerOf } from './providers.ts';
import { type Element, findAll, findOne, hasClass, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** The blocks of a card; undefined if the element is no card, or converts well as plain HTML. */
export function card(walk: Walk, element: Element): Block[] | undefined {
  if (!element.attribs.class?.includes('kg-')) return undefined;
  if (hasClass(element, 'kg-bookmark-card')) return bookmark(walk, element);
  if (hasClass(element, 'kg-file-card')) return file(walk, element);
  if (hasClass(element, 'kg-audio-card')) return player(walk, element, 'audio');
  if (hasClass(element, 'kg-video-card')) return player(walk, element, 'video');
  // The messages after submitting a sign-up form are not part of the story.
  if (hasClass(element, 'kg-signup-card-success') || hasClass(element, 'kg-signup-card-error')) return [];
  return undefined;
}

/** The blocks of a callout, with its emoji; content that a callout cannot hold becomes blocks of its own. */
export function callout(walk: Walk, element: Element): Block[] {
  const sign = findOne(element, (it) => hasClass(it, 'kg-callout-emoji'));
  const rest = element.children.filter((node) => node !== sign);
  const blocks = wrapText(walk.within(rest), (html) => ({ kind: 'callout', html }));
  const mark = sign && textOf(sign);
  const first = blocks.find((block) => block.kind === 'callout');
  if (first && mark) first.html = `${escapeText(mark)} ${first.html}`;
  return blocks;
}

function bookmark(walk: Walk, element: Element): Block[] {
  const part = (name: string) => findOne(element, (it) => hasClass(it, `kg-bookmark-${name}`));
  const words = (name: string) => textOf(part(name) ?? []);
  const href = findOne(element, ({ name, attribs }) => name === 'a' && !!attribs.href)?.attribs.href ?? '';
  const url = walk.link(href);
  const title = words('title') || words('content') || textOf(element);
  const caption = findAll(element.children, ({ name }) => name === 'figcaption').flatMap((it) =>
    walk.within(it.children),
  );
  const slug = walk.storySlug(href);
  if (slug !== undefined) return [{ kind: 'related', slug, linkText: title || slug }, ...caption];
  if (url === undefined) return walk.within(element.children);
  const description = words('description');
  const thumbnail = findOne(element, (it) => it.name === 'img' && isWithin(it, 'kg-bookmark-thumbnail'));
  const thumbnailUrl = thumbnail && walk.link(thumbnail.attribs.src ?? '');
  const providerName = words('publisher') || words('author') || providerOf(url);
  return [
    ...linkParagraph(url, title, description),
    {
      kind: 'embed',
      url,
      providerName,
      ...(thumbnailUrl?.startsWith('http') ? { thumbnailUrl } : {}),
    },
    ...caption,
  ];
}

function file(walk: Walk, element: Element): Block[] {
  const words = (name: string) =>
    textOf(findOne(element, (it) => hasClass(it, `kg-file-card-${name}`)) ?? []);
  const url = walk.link(findOne(element, ({ name }) => name === 'a')?.attribs.href ?? '');
  const about = [words('caption'), [words('filename'), words('filesize')].filter(Boolean).join(', ')];
  return linkParagraph(url, words('title') || words('filename'), about.filter(Boolean).join(' '));
}

function player(walk: Walk, element: Element, name: 'audio' | 'video'): Block[] {
  const media = findOne(element, (it) => it.name === name);
  const embed = media && embedOf(media, walk.link);
  const title = textOf(findOne(element, (it) => hasClass(it, `kg-${name}-title`)) ?? []);
  const captions = findAll(element.children, (it) => it.name === 'figcaption');
  return [
    ...linkParagraph(undefined, title, ''),
    ...(embed ? [embed] : []),
    ...captions.flatMap((it) => walk.within(it.children)),
  ];
}

function linkParagraph(url: string | undefined, title: string, about: string): Block[] {
  const name = escapeText(title);
  const titleHtml = url === undefined || name === '' ? name : `<a href="${escapeAttribute(url)}">${name}</a>`;
  const html = [titleHtml, escapeText(about)].filter(Boolean).join('<br>');
  return html === '' ? [] : [{ kind: 'paragraph', html }];
}

function isWithin(element: Element, name: string): boolean {
  for (let parent = element.parent; parent; parent = parent.parent)
    if ('attribs' in parent && hasClass(parent, name)) return true;
  return false;
}
