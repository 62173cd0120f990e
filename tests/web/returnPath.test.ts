import { describe, expect, it } from '@jest/globals';
import { returnPath } from '../../web/pages/session/returnPath.ts';

describe('where a reader goes on after they signed in', () => {
  it.each([
    ['/', '/'],
    ['/articles/one', '/articles/one'],
    ['/search?q=a%20b&after=x', '/search?q=a%20b&after=x'],
    ['/articles/one#end', '/articles/one'],
    ['/tags/größe', '/tags/gr%C3%B6%C3%9Fe'],
    ['/a/../articles/one', '/articles/one'],
    ['/sign-in-again', '/sign-in-again'],
  ])('is %s', (given, path) => {
    expect(returnPath(given)).toBe(path);
  });

  it.each([
    '',
    'articles/one',
    'https://evil.example/',
    'HTTPS:evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\\evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    '/x/../\\evil.example',
    '/sign-in',
    '/sign-in?token=x',
    '/sign-in/sent',
    '/sign-out',
    '/x/../sign-out',
    `/${'x'.repeat(1000)}`,
    undefined,
    ['/articles/one'],
    { path: '/' },
  ])('is not %j', (given) => {
    expect(returnPath(given)).toBeUndefined();
  });

  it('has nothing that ends a header', () => {
    expect(returnPath('/a\r\nset-cookie: x=1')).toBe('/aset-cookie:%20x=1');
  });
});
