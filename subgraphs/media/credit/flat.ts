/** Normalises the punctuation of all scripts. */

/** Replaces brackets, slashes, colons, commas and spaces by their ASCII forms, with the same length. */
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
