import { describe, expect, it } from '@jest/globals';
import { readOrder } from '../../../partners/keys/order.ts';
import { scopes } from '../../../subgraphs/trust/scopes.ts';

describe('the command line of npm run token', () => {
  it('is read to what is asked for', () => {
    expect(readOrder(['--list'])).toEqual({ does: 'list' });
    expect(readOrder(['--partner', ' The Courier '])).toEqual({
      does: 'issue',
      name: 'The Courier',
      terms: {},
      overlapMs: 86_400_000,
    });
    expect(readOrder(['--partner', 'a', '--rotate', '--overlap', '30m', '--rights', 'none'])).toEqual({
      does: 'rotate',
      name: 'a',
      terms: { rights: { text: false, pictures: false } },
      overlapMs: 1_800_000,
    });
    expect(readOrder(['--partner', 'a', '--origins', 'any'])).toMatchObject({ terms: { origins: [] } });
  });

  it('is read to the access token that is asked for', () => {
    expect(readOrder(['--scopes', 'articles:write, media:write articles:write'])).toEqual({
      does: 'sign',
      subject: 'script',
      scopes: ['articles:write', 'media:write'],
      lifetimeSeconds: 12 * 60 * 60,
    });
    expect(
      readOrder(['--scopes', 'articles:publish', '--subject', ' Night desk ', '--for', '30d']),
    ).toMatchObject({ subject: 'Night desk', lifetimeSeconds: 30 * 24 * 60 * 60 });
  });

  const all = Object.keys(scopes).join(', ');
  const lifetime = '--for to be a time such as 30m, 24h or 7d, at most 30d';
  const subject = '--subject to be a name of 1 to 80 characters';

  it.each([
    [['--scopes', ''], `--scopes to name some of ${all}, but got: none.`],
    [['--scopes', 'articles:read'], `--scopes to be among ${all}, but got: articles:read.`],
    [['--scopes', 'articles:write', '--for', '31d'], `${lifetime}, but got: 31d.`],
    [['--scopes', 'articles:write', '--for', '0s'], `${lifetime}, but got: 0s.`],
    [['--scopes', 'articles:write', '--for', '12'], `${lifetime}, but got: 12.`],
    [['--scopes', 'articles:write', '--subject', ' '], `${subject}, but got:  .`],
    [['--scopes', 'articles:write', '--subject', 'x'.repeat(81)], `${subject}, but got: ${'x'.repeat(81)}.`],
    [
      ['--scopes', 'articles:write', '--partner', 'a'],
      '--scopes with --subject and --for alone, but got: --partner with it.',
    ],
    [['--subject', 'a'], '--subject with --scopes, but got: --subject without.'],
    [['--list', '--for', '1h'], '--for with --scopes, but got: --for without.'],
  ])('is refused as %j', (args, sentence) => {
    expect(() => readOrder(args)).toThrow(`Expected ${sentence}`);
  });

  const origins = '--origins to be origins such as https://courier.example with commas between, or any';
  const overlap = '--overlap to be a time such as 30m, 24h or 7d, at most 90d';

  it.each([
    [[], '--partner NAME, --scopes LIST or --list, but got: none of them.'],
    [['--rotate'], '--partner NAME, --scopes LIST or --list, but got: none of them.'],
    [['--list', '--partner', 'a'], '--list alone, but got: --partner with it.'],
    [['--partner', ''], '--partner to be a name of 1 to 80 characters, but got: .'],
    [['--partner', 'a\nb'], '--partner to be a name of 1 to 80 characters, but got: a\nb.'],
    [['--partner', 'a', '--rotate', '--revoke'], '--rotate or --revoke, but got: both.'],
    [['--partner', 'a', '--overlap', '1h'], '--overlap with --rotate, but got: --overlap alone.'],
    [
      ['--partner', 'a', '--revoke', '--quota', '1'],
      '--revoke with --partner alone, but got: something to change with it.',
    ],
    [['--partner', 'a', '--origins', 'a.example'], `${origins}, but got: a.example.`],
    [['--partner', 'a', '--origins', 'https://a.example/'], `${origins}, but got: https://a.example/.`],
    [
      ['--partner', 'a', '--rights', 'text,video'],
      '--rights to be text, pictures, both with a comma between, or none, but got: video.',
    ],
    [
      ['--partner', 'a', '--quota', '0'],
      '--quota to be a whole number from 1 to 1000000000, or usual, but got: 0.',
    ],
    [['--partner', 'a', '--rotate', '--overlap', 'soon'], `${overlap}, but got: soon.`],
    [['--partner', 'a', '--rotate', '--overlap', '91d'], `${overlap}, but got: 91d.`],
  ])('is refused as %j', (args, sentence) => {
    expect(() => readOrder(args)).toThrow(`Expected ${sentence}`);
  });

  it('is refused where an option is not known', () => {
    expect(() => readOrder(['--partner', 'a', '--loud'])).toThrow("Unknown option '--loud'");
    expect(() => readOrder(['courier'])).toThrow("Unexpected argument 'courier'");
  });
});
