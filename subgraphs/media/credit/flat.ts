/** One spelling for the signs of all scripts, so that a credit is read alike in each. */

/** The same text with plain brackets, slashes, colons, commas and spaces, character for character as long. */
export function flat(text: string): string {
  return text.replace(unusual, (sign) => plain.get(sign) ?? ' ');
}

const plain = new Map(
  Object.entries({
    '/': '／⁄∕',
    ':': '：',
    '(': '（〔',
    ')': '）〕',
    '[': '［【〖',
    ']': '］】〗',
    '|': '｜•‖❘',
    ',': '，、،',
    ';': '；',
    '=': '＝',
  }).flatMap(([sign, others]) => [...others].map((other) => [other, sign] as const)),
);
const unusual = /[／⁄∕：（〔）〕［【〖］】〗｜•‖❘，、،；＝\u00a0\u2000-\u200a\u202f\u3000]/g;
