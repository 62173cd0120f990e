/** Leaves of an object that stand side by side: written as one, and their text taken again where the same entity comes again. */
import { quoted, read } from './generatedCode.ts';
import type { Path } from './nullViolations.ts';
import type { Unit } from './writeUnit.ts';

/** One field of an object. */
export interface Piece {
  /** The name and the colon. */
  before: string;
  /** Code that puts the text of the value into `t`. */
  code: string;
  /** The name of the value in the data, where that is a leaf. */
  leaf?: string;
  /** Whether the value tells one object from another. */
  isId?: boolean;
  /** How many characters the value has at least, where its code does not count them. */
  leastLength?: number;
}

export function piecesCode(pieces: readonly Piece[], start: string): string {
  return pieces
    .map(({ before, code }, at) => `${code}s+=${quoted((at === 0 ? start : ',') + before)}+t;`)
    .join('');
}

/**
 * Leaves that stand side by side in objects of lists within lists: there, the same entity comes again and again. A run
 * is two or more of them.
 */
export function groupLeaves(pieces: readonly Piece[], path: Path): { isRun: boolean; pieces: Piece[] }[] {
  const mayRepeat = path.filter((key) => typeof key === 'number').length > 1;
  const groups: { isRun: boolean; pieces: Piece[] }[] = [];
  for (const piece of pieces) {
    const isLeaf = mayRepeat && piece.leaf !== undefined;
    const last = groups.at(-1);
    if (last && isLeaf && last.pieces[0]?.leaf !== undefined) {
      last.pieces.push(piece);
      last.isRun = true;
    } else {
      groups.push({ isRun: false, pieces: [piece] });
    }
  }
  return groups;
}

/** Code that writes a run of leaves, or takes the text that was written for the same values before. */
export function runCode(unit: Unit, pieces: readonly Piece[], start: string): string {
  const number = unit.options.runs.count++;
  const { leaf: key = '' } = pieces.find(({ isId }) => isId) ?? (pieces[0] as Piece);
  const others = pieces.flatMap(({ leaf = '' }) => (leaf === key ? [] : [leaf]));
  const isSame = others.map((leaf) => `&&${read('c.item', leaf)}===${read('item', leaf)}`).join('');
  return [
    `{const texts=w.texts[${number}]??=new Map();const k=${read('item', key)};const c=texts.get(k);`,
    `if(c!==undefined${isSame}){s+=c.text;if((w.size+=c.text.length)>w.maxBytes)over()}`,
    `else{const before=s;const reported=w.violations.length;s='';${piecesCode(pieces, start)}s.charCodeAt(0);`,
    // Null violations are reported anew at each place.
    `if(w.violations.length===reported)texts.set(k,{item,text:s});s=before+s}}`,
  ].join('');
}
