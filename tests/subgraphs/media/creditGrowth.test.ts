import { describe, expect, it } from '@jest/globals';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';

/** How many signs were looked at: each form counts from where its search begins to where its match ends, or to the end of the text. */
function stepsOf(work: () => void): number {
  let steps = 0;
  const { exec, test } = RegExp.prototype;
  const counted = function (this: RegExp, text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    steps += 1 + (found ? found.index + found[0].length : String(text).length) - from;
    return found;
  };
  RegExp.prototype.exec = counted;
  RegExp.prototype.test = function (this: RegExp, text: string) {
    return counted.call(this, text) !== null;
  };
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
    RegExp.prototype.test = test;
  }
  return steps;
}

const hostile = [
  '(',
  '[',
  ')',
  '((a)',
  '. ',
  ' ',
  '\n',
  ' via ',
  ' by ',
  'Photo: ',
  'Photo by ',
  ', ',
  '/',
  ' - ',
  'Ann Lee/',
  '(Ann Lee/AFP) ',
  'AFP/',
  ' for ',
  '; ',
  '©',
  'CC BY ',
  'https://a.example/',
  'U.S. ',
  'Left: ',
  '，',
  '摄',
  'Photo courtesy of ',
  'A',
  'a.b',
];

describe('reading a credit', () => {
  it.each(hostile)('of %j takes at most two and a half times the steps for twice the text', (piece) => {
    const of = (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    const [half, whole] = [1450, 2900].map((length) =>
      stepsOf(() => takeCredit(`${of(length)} Ann Lee/Reuters`)),
    );
    expect(whole).toBeLessThanOrEqual((half as number) * 2.5);
    expect(whole).toBeLessThan(20_000_000);
  });

  it('leaves a text of more than 3,000 characters alone', () => {
    const text = `${'word '.repeat(600)}. (Ann Lee/Reuters)`;
    expect(stepsOf(() => expect(takeCredit(text)).toEqual({ caption: text }))).toBeLessThan(20_000);
  });
});
