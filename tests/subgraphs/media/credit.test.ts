import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { creditTextOf, isCreditKnown } from '../../../subgraphs/media/credit.ts';

const name = fc.constantFrom('Seong Joon Cho', 'Bloomberg', '李 明', 'O’Neill');
const nobody = fc.constantFrom(null, '', '   ', '\n', ' - ', '\u200b');
const part = fc.oneof(name, nobody);

describe('the credit of a picture', () => {
  it.each([
    [
      { creatorName: 'Seong Joon Cho', agency: 'Bloomberg', provider: 'Getty Images' },
      'Seong Joon Cho/Bloomberg via Getty Images',
    ],
    [{ creatorName: 'Seong Joon Cho', agency: 'Bloomberg' }, 'Seong Joon Cho/Bloomberg'],
    [{ creatorName: 'Seong Joon Cho', provider: 'Getty Images' }, 'Seong Joon Cho via Getty Images'],
    [{ agency: 'Bloomberg', provider: 'Getty Images' }, 'Bloomberg via Getty Images'],
    [{ creatorName: ' Seong \n Joon Cho ' }, 'Seong Joon Cho'],
    [{ agency: 'Bloomberg' }, 'Bloomberg'],
    [{ provider: 'Getty Images' }, 'via Getty Images'],
    [{}, 'Credit unknown'],
  ])('of %j is "%s"', (parts, text) => {
    expect(creditTextOf(parts)).toBe(text);
  });

  it('is one line, never empty, and holds every part that names somebody', () => {
    fc.assert(
      fc.property(part, part, part, (creatorName, agency, provider) => {
        const parts = { creatorName, agency, provider };
        const text = creditTextOf(parts);
        expect(text).toMatch(/^[^\s/](.*\S)?$/);
        const known = [creatorName, agency, provider].filter((given) => given && /[\p{L}\p{N}]/u.test(given));
        for (const given of known) expect(text).toContain(given);
        expect(isCreditKnown(parts)).toBe(known.length > 0);
        expect(text === 'Credit unknown').toBe(known.length === 0);
        expect(text.includes('/')).toBe(
          known.length > 1 &&
            known.includes(creatorName) &&
            known.includes(agency) &&
            !!creatorName?.trim() &&
            !!agency?.trim(),
        );
      }),
    );
  });
});
