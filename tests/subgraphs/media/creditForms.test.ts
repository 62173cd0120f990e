import { describe, expect, it } from '@jest/globals';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';
import { captionsWithoutCredit, creditForms } from '../../support/creditForms.ts';

/** The rules were made with the first half in view; the other was looked at only as figures. */
const halves = { known: 0, heldOut: 1 } as const;

interface Verdict {
  text: string;
  isFound: boolean;
  isRight: boolean;
  got: (string | undefined)[];
}

function judge([marked, ...wanted]: (typeof creditForms)[number]): Verdict {
  const text = marked.replace(/[‹›]/g, '');
  const caption = /‹(.+)›/s.exec(marked)?.[1];
  const taken = takeCredit(text);
  const { creatorName = '', agency = '', provider = '' } = taken.credit ?? {};
  const got = [creatorName, agency, provider];
  const areParts = wanted.every((want, part) => want.split('|').includes(got[part] ?? ''));
  const isFound = taken.credit !== undefined;
  return {
    text,
    isFound,
    isRight: isFound && areParts && taken.caption === caption,
    got: [...got, taken.caption],
  };
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

describe.each(Object.entries(halves))('forms of credits, the half that was %s', (name, parity) => {
  const forms = creditForms.filter((_, place) => place % 2 === parity).map(judge);
  const captions = captionsWithoutCredit.filter((_, place) => place % 2 === parity);
  const mistaken = captions.filter((text) => takeCredit(text).credit !== undefined);
  const right = forms.filter(({ isRight }) => isRight);
  const found = forms.filter(({ isFound }) => isFound);
  const precision = percent(right.length, found.length + mistaken.length);
  const recall = percent(right.length, forms.length);

  it(`of ${forms.length}: precision ${precision}, recall ${recall}`, () => {
    if (process.env.CREDIT_FAILURES === name)
      for (const { text, isRight, got } of forms)
        if (!isRight) process.stdout.write(`${JSON.stringify(text)} ${JSON.stringify(got)}\n`);
    expect(right.length / forms.length).toBeGreaterThanOrEqual(0.9);
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.9);
  });

  it(`takes none of ${captions.length} captions without a credit for one`, () => {
    expect(mistaken).toEqual([]);
    for (const text of captions) expect(takeCredit(text)).toEqual({ caption: text });
  });
});
