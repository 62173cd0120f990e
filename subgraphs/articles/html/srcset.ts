/** The candidates of a `srcset`, parsed as in the HTML standard: a URL may contain commas. */

interface Candidate {
  address: string;
  /** A width in pixels, or a density. */
  size: number;
}

const spaces = /[\s]/;

/** The URL of the largest picture; undefined if there is none. */
export function largestOf(srcset: string | undefined): string | undefined {
  let largest: Candidate | undefined;
  for (const candidate of candidatesIn(srcset ?? ''))
    if (candidate.size > (largest?.size ?? 0)) largest = candidate;
  return largest?.address;
}

function* candidatesIn(text: string): Generator<Candidate> {
  let at = 0;
  const skip = (isSkipped: (character: string) => boolean) => {
    const start = at;
    while (at < text.length && isSkipped(text.charAt(at))) at += 1;
    return text.slice(start, at);
  };
  while (at < text.length) {
    skip((character) => character === ',' || spaces.test(character));
    let address = skip((character) => !spaces.test(character));
    if (address === '') return;
    let descriptors = '';
    if (address.endsWith(',')) {
      let end = address.length;
      while (end > 0 && address.charAt(end - 1) === ',') end -= 1;
      address = address.slice(0, end);
    } else {
      let depth = 0;
      descriptors = skip((character) => {
        if (character === '(') depth += 1;
        else if (character === ')') depth = Math.max(0, depth - 1);
        return character !== ',' || depth > 0;
      });
    }
    const size = sizeOf(descriptors.trim().split(spaces).filter(Boolean));
    if (size !== undefined && address !== '') yield { address, size };
  }
}

/** Without a descriptor the density is 1; an invalid descriptor drops the candidate. */
function sizeOf(descriptors: readonly string[]): number | undefined {
  let size = 1;
  for (const descriptor of descriptors) {
    const [, number = '', unit] = /^(\d{1,7}(?:\.\d{1,6})?)([wxh])$/.exec(descriptor) ?? [];
    if (number === '') return undefined;
    if (unit !== 'h') size = Number(number);
  }
  return size;
}
