/** URLs of pictures and frames, including lazy-loaded ones. */
import { largestOf } from './srcset.ts';
import { type Element, findAll, findOne, isElement, type Node } from './tree.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** Attributes of lazy-loading scripts: lazysizes, WP Rocket, a3, Jetpack, Cloudflare, consent banners. */
const lateSources = [
  'data-lazy-src',
  'data-src',
  'data-original',
  'data-lazy',
  'data-cfsrc',
  'data-litespeed-src',
  'data-cmp-src',
  'data-src-cmplz',
];
const lateSets = ['data-lazy-srcset', 'data-srcset'];

/** The URL of an `<img>`; a `data:` URL only if there is no other. */
export function pictureSource(element: Element): string | undefined {
  const { attribs } = element;
  const candidates = [
    ...lateSources.map((name) => attribs[name]),
    ...lateSets.map((name) => largestOf(attribs[name])),
    attribs.src,
    largestOf(attribs.srcset),
    ...sourcesBeside(element),
  ].map((it) => it?.trim());
  return candidates.find((it) => it && isAddress(it)) || candidates.find(Boolean);
}

/** The URL of a frame or player. */
export function frameSource(element: Element): string | undefined {
  const { attribs } = element;
  const inside = findOne(element, ({ name }) => name === 'source')?.attribs ?? {};
  const candidates = [attribs.src, ...late(attribs), attribs.data, inside.src, ...late(inside)].map((it) =>
    it?.trim(),
  );
  return candidates.find((it) => it && isAddress(it));
}

const late = (attribs: Attributes) => lateSources.map((name) => attribs[name]);

const isAddress = (text: string) => !/^(?:data|about|javascript|blob):/i.test(text);

/** The URLs in the `<source>` elements of a `<picture>`. */
function sourcesBeside({ parent }: Element): (string | undefined)[] {
  if (!parent || !('name' in parent) || parent.name !== 'picture') return [];
  const sources = parent.children.filter((it): it is Element => isElement(it) && it.name === 'source');
  return sources
    .slice(0, 20)
    .flatMap(({ attribs }) => [
      largestOf(attribs.srcset),
      ...lateSets.map((name) => largestOf(attribs[name])),
    ]);
}

/**
 * Replaces a placeholder picture without a URL by the content of the `<noscript>` after it. Any other `<noscript>`
 * repeats what a script shows, and is dropped.
 */
export function withoutScripts(nodes: readonly Node[]): readonly Node[] {
  if (!nodes.some((node) => isElement(node) && node.name === 'noscript')) return nodes;
  const keptNodes: Node[] = [];
  for (const node of nodes) {
    if (!isElement(node) || node.name !== 'noscript') {
      keptNodes.push(node);
      continue;
    }
    const media = findAll(node.children, ({ name }) => name === 'img' || name === 'iframe').filter(
      (it) => !isPixel(it),
    );
    if (media.length === 0) continue;
    const before = keptNodes.findLastIndex((it) => it.type !== 'text' || it.data.trim() !== '');
    const placeholder = placeholderIn(keptNodes[before]);
    if (placeholder === 'address') continue;
    if (placeholder === 'placeholder') keptNodes.splice(before, 1);
    keptNodes.push(...node.children);
  }
  return keptNodes;
}

/** What precedes a `<noscript>`: an element with a URL of its own, or a placeholder picture. */
function placeholderIn(node: Node | undefined): 'address' | 'placeholder' | undefined {
  if (!node || !isElement(node)) return undefined;
  if (node.name === 'script') return 'address';
  const element = findOne(node, ({ name }) => name === 'img' || name === 'iframe');
  if (!element) return undefined;
  const source = element.name === 'img' ? pictureSource(element) : frameSource(element);
  return source !== undefined && isAddress(source) ? 'address' : 'placeholder';
}

/** Tracking pixels. */
const isPixel = ({ attribs: { width, height } }: Element) => /^[012](?:px)?$/.test(width ?? height ?? '');
