/** Ids of blocks: by their content, so that they stay when other blocks are inserted, removed or moved. */
import { hash } from 'node:crypto';
import type { Block } from '../blocks.ts';

/** Characters of the hash: 66 bits, of which a story needs far fewer. */
const hashLength = 11;

/**
 * The id of each block, unique in the whole graph: the id of the story, a hash of the block, and from the second equal
 * block on its number. Takes blocks as a reader sees them, so that no id depends on anything that is hidden.
 */
export function blockIds(storyId: string, blocks: readonly Block[]): string[] {
  const counts = new Map<string, number>();
  return blocks.map((block) => {
    const key = hash('sha256', `${block.kind}\n${identityOf(block)}`, 'base64url').slice(0, hashLength);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? `${storyId}:${key}` : `${storyId}:${key}:${count}`;
  });
}

/** What makes a block the same block: its text, or what it shows, but not how. */
function identityOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
    case 'callout':
      return block.html;
    case 'heading':
      return block.html ?? block.text;
    case 'list':
      return block.items.join('\n');
    case 'image':
      return block.imageId;
    case 'video':
      return block.videoId;
    case 'embed':
      return block.url;
    case 'related':
      return block.slug;
    case 'table':
      return [block.header ?? [], ...block.rows].map((cells) => cells.join('\t')).join('\n');
    case 'code':
      return block.code;
    case 'divider':
    case 'paywall':
      return '';
  }
}
