/** `/embed.js`: defines <dateline-feed> and <dateline-article>, and resizes embed frames. */
import { listBones, listTree, storyBones, storyTree } from '../embed/tree.ts';
import { embedClass, type Kind } from './embed/element.ts';
import { fitFrames } from './embed/frames.ts';

const limitOf = (attribute: (name: string) => string) => attribute('limit') || '5';
/** A name of several words by "/", each as an address takes it. */
const pathOf = (name: string) => name.split('/').map(encodeURIComponent).join('/');

const feed: Kind = {
  attributes: ['feed', 'limit'],
  path: (attribute) =>
    `embed/data/feed/${pathOf(attribute('feed') || 'news')}.json?limit=${encodeURIComponent(limitOf(attribute))}`,
  bones: (attribute) => listBones(Math.min(20, Math.max(1, Number.parseInt(limitOf(attribute), 10) || 5))),
  tree: (text) => listTree(JSON.parse(text)),
};

const article: Kind = {
  attributes: ['slug'],
  path: (attribute) => `embed/data/article/${encodeURIComponent(attribute('slug'))}.json`,
  bones: storyBones,
  tree: (text) => storyTree(JSON.parse(text)),
};

const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
if (script instanceof HTMLScriptElement && !customElements.get('dateline-feed')) {
  const base = new URL('.', script.src).href;
  customElements.define('dateline-feed', embedClass(feed, base));
  customElements.define('dateline-article', embedClass(article, base));
  fitFrames(base);
}
