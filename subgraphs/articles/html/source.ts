/** Addresses of pictures and frames, also where a script was to fill them in later. */
import { largestOf } from './srcset.ts';
import { type Element, findAll, findOne, isElement, type Node } from './tree.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** Where scripts that load late look for the address: lazysizes, WP Rocket, a3, Jetpack, Cloudflare, consent banners. */
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

/** The address of an `<img>`; that of a picture within the text (`data:`) only where there is no other. */
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

/** The address of a frame or player. */
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

/** What the `<source>` elements of a `<picture>` name. */
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
 * What a `<noscript>` has to be read for: the picture in it, where the one before it is a placeholder without an address. Otherwise it
 * repeats what a script shows.
 */
export function withoutScripts(nodes: readonly Node[]): readonly Node[] {
  if (!nodes.some((node) => isElement(node) && node.name === 'noscript')) return nodes;
  const kept: Node[] = [];
  for (const node of nodes) {
    if (!isElement(node) || node.name !== 'noscript') {
      kept.push(node);
      continue;
    }
    const media = findAll(node.children, ({ name }) => name === 'img' || name === 'iframe').filter(
      (it) => !isPixel(it),
    );
    if (media.length === 0) continue;
    const before = kept.findLastIndex((it) => it.type !== 'text' || it.data.trim() !== '');
    const shown = placeholderIn(kept[before]);
    if (shown === 'address') continue;
    if (shown === 'placeholder') kept.splice(before, 1);
    kept.push(...node.children);
  }
  return kept;
}

/** What stands before a `<noscript>`: something with an address of its own, or a picture that has none. */
function placeholderIn(node: Node | undefined): 'address' | 'placeholder' | undefined {
  if (!node || !isElement(node)) return undefined;
  if (node.name === 'script') return 'address';
  const shown = findOne(node, ({ name }) => name === 'img' || name === 'iframe');
  if (!shown) return undefined;
  const source = shown.name === 'img' ? pictureSource(shown) : frameSource(shown);
  return source !== undefined && isAddress(source) ? 'address' : 'placeholder';
}

/** Pictures that only count readers. */
const isPixel = ({ attribs: { width, height } }: Element) => /^[012](?:px)?$/.test(width ?? height ?? '');
