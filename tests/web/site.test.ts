import { describe, expect, it } from '@jest/globals';
import { localPath } from '../../web/pages/site.ts';

const site = { name: 'Dateline', publicUrl: 'https://news.example', now: () => new Date() };

describe('an address of our own', () => {
  it('goes without its origin', () => {
    expect(localPath('https://news.example/articles/one?a=1', site)).toBe('/articles/one?a=1');
  });

  it.each([
    'https://news.example//evil.example/x',
    'https://news.example/\\evil.example/x',
    'https://news.example.evil.example/x',
  ])('never becomes the name of another host: %s', (url) => {
    expect(localPath(url, site)).toBe(url);
  });
});
