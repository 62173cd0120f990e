/** Lossless JSON: numbers that a JavaScript number cannot represent keep their digits. */
import { randomBytes } from 'node:crypto';

/**
 * A number with a fraction or an exponent that a JavaScript number would round. Converts to that number in
 * comparisons and arithmetic.
 */
export class Decimal {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The JSON text of the number. */
  toString(): string {
    return this.#text;
  }

  valueOf(): number {
    return Number(this.#text);
  }

  /** Throws, because JSON.stringify would round the number; writeJson does not. */
  toJSON(): never {
    throw new TypeError('Expected a value that JSON.stringify can write, but got: a Decimal.');
  }
}

/** Numbers with fewer digits are never rounded: 2^53 has 16. */
const digitsAtLeast = 16;

/** Longer numbers are left to JSON.parse: they exceed the range of JavaScript numbers. */
const digitsAtMost = 400;

/**
 * Parses JSON like JSON.parse, except for numbers that it would round: an integer beyond 2^53 becomes a bigint, any
 * other number a Decimal. Numbers too large for both become Infinity, as in JSON.parse.
 */
export function parseJson(text: string): unknown {
  return hasLongNumber(text) ? parseLong(text) : JSON.parse(text);
}

/**
 * Whether the text has a number with as many digits as JSON.parse might round. Examines every sixteenth character,
 * since a long number cannot lie between two of them.
 */
export function hasLongNumber(text: string): boolean {
  for (let at = digitsAtLeast - 1; at < text.length; at += digitsAtLeast) {
    if (!isOfNumber(text.charCodeAt(at))) continue;
    let start = at;
    let end = at + 1;
    while (start > 0 && isOfNumber(text.charCodeAt(start - 1))) start--;
    while (end < text.length && isOfNumber(text.charCodeAt(end))) end++;
    if (end - start >= digitsAtLeast && !isInString(text, start)) return true;
    if (end - at > digitsAtLeast) at = end - (end % digitsAtLeast) - 1;
  }
  return false;
}

/** Digits and the decimal point. */
const isOfNumber = (code: number) => code >= 0x2e && code <= 0x39 && code !== 0x2f;

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Whether the digits at `start` are certainly not a JSON number. parseLong decides doubtful cases. */
function isInString(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  const code = before === 0x2d ? text.charCodeAt(start - 2) : before;
  const isStart = Number.isNaN(code);
  return !(isStart || code === 0x3a || code === 0x2c || code === 0x5b || isSpace(code));
}

/** Parses the text with long numbers replaced by unguessable strings, then replaces the strings by the numbers. */
function parseLong(text: string): unknown {
  const mark = `${randomBytes(9).toString('base64')}:`;
  const numbers: (bigint | Decimal)[] = [];
  let replaced = '';
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code !== 0x2d && !isDigit(code)) at++;
    else {
      const end = endOfNumber(text, at);
      const exact = end - at < digitsAtLeast ? undefined : exactOf(text.slice(at, end));
      if (exact !== undefined) {
        // A number as a property name is invalid JSON.
        if (isName(text, end)) return JSON.parse(text);
        replaced += `${text.slice(copied, at)}"${mark}${numbers.push(exact) - 1}"`;
        copied = end;
      }
      at = end;
    }
  }
  if (numbers.length === 0) return JSON.parse(text);
  const root = { value: JSON.parse(replaced + text.slice(copied)) as unknown };
  const numberOf = (value: string) => numbers[Number(value.slice(mark.length))];
  const open: Record<string, unknown>[] = [root];
  for (let container = open.pop(); container; container = open.pop()) {
    for (const key of Object.keys(container)) {
      const value = container[key];
      if (typeof value === 'string') {
        if (value.startsWith(mark)) container[key] = numberOf(value);
      } else if (typeof value === 'object' && value !== null) open.push(value as Record<string, unknown>);
    }
  }
  return root.value;
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at + 1;
  }
  return text.length;
}

function endOfNumber(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Digits, the decimal point, "+", "-", "e" and "E".
    const isPart = isOfNumber(code) || code === 0x2b || code === 0x2d || (code | 0x20) === 0x65;
    if (!isPart) return at;
  }
  return at;
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 0x3a;
}

const numberPattern = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The exact value of a number that a JavaScript number would round; undefined if it would not, or if the number is
 * out of range.
 */
function exactOf(text: string): bigint | Decimal | undefined {
  if (text.length > digitsAtMost || !numberPattern.test(text)) return undefined;
  const number = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(number) ? undefined : BigInt(text);
  const isSame = !Number.isFinite(number) || decimalOf(text)?.text === decimalOf(String(number))?.text;
  return isSame ? undefined : new Decimal(text);
}

interface DecimalParts {
  sign: string;
  /** Without leading and trailing zeros. */
  digits: string;
  exponent: number;
  /** Canonical: equal for equal numbers. */
  text: string;
}

function decimalOf(written: string): DecimalParts | undefined {
  const [, sign = '', whole = '', fraction = '', power = '0'] = numberPattern.exec(written) ?? [];
  if (whole === '') return undefined;
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  const exponent = digits === '' ? 0 : Number(power) - fraction.length + (all.length - digits.length);
  return { sign, digits: digits || '0', exponent, text: `${sign}${digits || '0'}e${exponent}` };
}

/** The digits of an integer in any notation; undefined for a fraction or an infinite number. */
export function wholeDigitsOf(value: bigint | number | Decimal): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (!Number.isFinite(Number(value))) return undefined;
  const decimal = decimalOf(String(value));
  if (!decimal || decimal.exponent < 0) return undefined;
  const { sign, digits, exponent } = decimal;
  return `${digits === '0' ? '' : sign}${digits}${'0'.repeat(exponent)}`;
}

export interface WriteJsonOptions {
  /**
   * Whether the text will be read by JSON.parse: an integer that it would round throws a RangeError, and a Decimal is
   * rounded.
   */
  isForParse?: boolean;
}

/**
 * Writes JSON like JSON.stringify, except that a bigint or a Decimal keeps its digits. Undefined is written as null.
 * Throws a RangeError for values that JSON cannot represent: an infinite number, or nesting that is too deep.
 */
export function writeJson(value: unknown, { isForParse = false }: WriteJsonOptions = {}): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return writeLong(value, isForParse);
  }
  if (text === undefined) return 'null';
  // JSON.stringify writes infinite numbers as null.
  if (text.includes('null') && hasEndless(value)) throw endless();
  return text;
}

const endless = () => new RangeError('Expected a number that JSON can hold, but got: one without end.');

function hasEndless(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'number' && !Number.isFinite(one)) return true;
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) open.push(inner);
  }
  return false;
}

function writeLong(value: unknown, isForParse: boolean): string {
  const write = (one: unknown): string => {
    if (typeof one === 'bigint') {
      if (isForParse && !Number.isSafeInteger(Number(one)))
        throw new RangeError('Expected an integer up to 2^53, but got: a larger one.');
      return String(one);
    }
    if (one instanceof Decimal) return String(isForParse ? Number(one) : one);
    if (typeof one === 'number' && !Number.isFinite(one)) throw endless();
    if (typeof one !== 'object' || one === null) return JSON.stringify(one) ?? 'null';
    if ('toJSON' in one && typeof one.toJSON === 'function') return write(one.toJSON());
    if (Array.isArray(one)) return `[${one.map(write).join()}]`;
    const fields = Object.entries(one).filter(([, inner]) => inner !== undefined);
    return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`).join()}}`;
  };
  return write(value);
}

/**
 * Converts a value for JSON.stringify: integers beyond 2^53 become strings, Decimals are rounded. Other values are
 * returned unchanged.
 */
export function withoutLong(value: unknown): unknown {
  if (typeof value !== 'bigint' && typeof value !== 'object') return value;
  return holdsLong(value) ? shortened(value) : value;
}

function holdsLong(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'bigint' || one instanceof Decimal) return true;
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) open.push(inner);
  }
  return false;
}

function shortened(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Decimal) return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shortened);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner)]));
}
