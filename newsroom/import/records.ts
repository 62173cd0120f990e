/** Reads fields of imported records: text that a database accepts, and valid dates. */

/** A record as parsed, of unknown shape. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** A record that cannot be imported: what was expected and what was found. */
export class RecordError extends Error {
  override name = 'RecordError';
}

/** A text, cleaned and trimmed; undefined when it is missing or empty. */
export function textField(record: SourceRecord, name: string): string | undefined {
  const value = record[name];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = cleanText(String(value)).trim();
  return text === '' ? undefined : text;
}

/** A date; undefined when missing. Throws a RecordError for an invalid date. Without a time zone it is UTC. */
export function dateField(record: SourceRecord, name: string): Date | undefined {
  const value = record[name];
  if (value === undefined || value === null || value === '') return undefined;
  const text = String(value).trim();
  const date = /^-?\d{9,16}$/.test(text)
    ? ofEpoch(Number(text))
    : typeof value === 'number'
      ? new Date(value)
      : (dateIn(text) ?? spokenDate(text));
  if (date && isKept(date)) return date;
  throw new RecordError(
    `Expected "${name}" to be a date such as 2024-05-31T12:00:00Z, but got: ${quoted(value)}.`,
  );
}

/** Text without characters that PostgreSQL rejects or that are invisible: NUL, controls, unpaired surrogates. */
export function cleanText(text: string): string {
  return text.isWellFormed() && !control.test(text) ? text : text.replace(unseen, '');
}

/** A value for an error message: short, on one line. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${cleanText(text).replace(/\s+/g, ' ').slice(0, 60)}"`;
}

/** Controls but tab and line breaks, noncharacters, and unpaired surrogates. */
const unseen = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Surrogate}/gu;
/** The same without surrogates; without the flag "u" it is many times faster. */
const control = /[^\x20-\x7e\xa0-\ufffd\t\n\r]/;

/** Whether the year has four digits in UTC: there is no year 0, and ISO 8601 writes longer years with a sign. */
function isKept(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

const form =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

/** A number is milliseconds since 1970; numbers that would all be before 1974 are seconds. */
function ofEpoch(number: number): Date {
  return new Date(Math.abs(number) < 100_000_000_000 ? number * 1000 : number);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The date of RFC 822 and its successors: "Fri, 25 Nov 2016 04:20:00 +0000". */
const mailForm =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\.?,?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?\s*(UTC|UT|GMT|Z|[+-]\d\d:?\d\d)?$/i;
/** A date as JavaScript prints it: "Fri Nov 25 2016 04:20:00 GMT+0000 (Coordinated Universal Time)". */
const scriptForm =
  /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{4})\s+(\d\d):(\d\d):(\d\d)\s+(?:GMT|UTC)([+-]\d{4})?(?:\s+\([^()]{0,60}\))?$/i;

function spokenDate(text: string): Date | undefined {
  const mail = mailForm.exec(text);
  const script = scriptForm.exec(text);
  const [day, name, year, hour = '00', minute = '00', second = '00', zone = 'Z'] = mail
    ? mail.slice(1)
    : script
      ? [script[2], script[1], ...script.slice(3)]
      : [];
  const month = months.indexOf((name ?? '').toLowerCase()) + 1;
  if (!day || !year || month === 0) return undefined;
  const two = (number: string | number) => String(number).padStart(2, '0');
  const offset = /^[a-z]/i.test(zone) ? 'Z' : zone;
  return dateIn(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${offset}`);
}

function dateIn(text: string): Date | undefined {
  const found = form.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = found;
  const offset = /^z$/i.test(zone) ? 'Z' : zone.replace(/^(...):?/, '$1:');
  const date = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`,
  );
  // JavaScript reads June 31 as July 1.
  const isReal = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return isReal ? date : undefined;
}
