import { describe, expect, it } from '@jest/globals';
import { idOf } from '../../../subgraphs/store/contentId.ts';

describe('the ids of things', () => {
  it('gives the same id to the same source, and another to any other', () => {
    const id = idOf('article', 'ghost:1');
    expect(idOf('article', 'ghost:1')).toBe(id);
    expect(idOf('article', 'ghost:2')).not.toBe(id);
    expect(idOf('author', 'ghost:1')).not.toBe(id);
  });

  it('has the form of a UUID, version 8', () => {
    expect(idOf('article', 'ghost:1')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});
