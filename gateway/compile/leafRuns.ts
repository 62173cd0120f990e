/** Writes adjacent leaf fields of an object as one text, which is reused when the same entity occurs again. */
import { quoted, read } from './generatedCode.ts';
import type { Path } from './nullViolations.ts';
import type { Unit } from './writeUnit.ts';

/** One field of an object. */
export interface Piece {
  /** The response name and the colon. */
  before: string;
  /** Code that assigns the value's text to `t`. */
  code: string;
  /** The property in the data, if the value is a leaf. */
  leaf?: string;
  /** Whether the value is of the type ID. */
  isId?: boolean;
  /** The minimum length of the value's text, if its code does not count it. */
  leastLength?: number;
}

export function piecesCode(pieces: readonly Piece[], start: string): string {
  return pieces
    .map(({ before, code }, at) => `${code}s+=${quoted((at === 0 ? start : ',') + before)}+t;`)
    .join('');
}

/**
 * Groups adjacent leaf fields in objects of nested lists, where the same entities occur repeatedly. A run is two or
 * more of them.
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

/** Generates code that writes a run of leaf fields, or reuses the text written for equal values. */
export function runCode(unit: Unit, pieces: readonly Piece[], start: string): string {
  const number = unit.options.runs.count++;
  const { leaf: key = '' } = pieces.find(({ isId }) => isId) ?? (pieces[0] as Piece);
  const others = pieces.flatMap(({ leaf = '' }) => (leaf === key ? [] : [leaf]));
  const isSame = others.map((leaf) => `&&${read('c.item', leaf)}===${read('item', leaf)}`).join('');
  return [
    `{const texts=w.texts[${number}]??=new Map();const k=${read('item', key)};const c=texts.get(k);`,
    `if(c!==undefined${isSame}){s+=c.text;if((w.size+=c.text.length)>w.maxBytes)over()}`,
    `else{const before=s;const reported=w.violations.length;s='';${piecesCode(pieces, start)}s.charCodeAt(0);`,
    // Not cached after a null violation, which must be reported at each place.
    `if(w.violations.length===reported)texts.set(k,{item,text:s});s=before+s}}`,
  ].join('');
}
