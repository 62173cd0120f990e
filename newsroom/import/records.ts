/** The fields of a record that came from elsewhere: text without what no database takes, and dates that are dates. */

/** A record as it was read: nothing is known of it. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** A record that cannot be taken: what was expected and what came. */
export class RecordError extends Error {
  override name = 'RecordError';
}

/** A text, cleaned and without space around it; undefined where there is none or nothing in it. */
export function textField(record: SourceRecord, name: string): string | undefined {
  const value = record[name];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = cleanText(String(value)).trim();
  return text === '' ? undefined : text;
}

/** A date; undefined where there is none. Throws a RecordError for what is no date. Without a zone it is UTC. */
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

/** Text without the characters that PostgreSQL refuses or nobody sees: NUL, controls, halves of pairs. */
export function cleanText(text: string): string {
  return text.isWellFormed() && !control.test(text) ? text : text.replace(unseen, '');
}

/** A value for an error message: short, and never more than a line. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${cleanText(text).replace(/\s+/g, ' ').slice(0, 60)}"`;
}

/** Controls but tab and line ends, the characters that are none, and halves of pairs. */
const unseen = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Surrogate}/gu;
/** All of them but the halves of pairs; without the flag "u" it is found many times faster. */
const control = /[^\x20-\x7e\xa0-\ufffd\t\n\r]/;

/** Whether a date has a year of four digits, in UTC: no calendar has a year 0, and ISO writes no others without a sign. */
function isKept(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

const form =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Milliseconds since 1970; so few that they would all lie before 1974 are seconds. */
function ofEpoch(number: number): Date {
  return new Date(Math.abs(number) < 100_000_000_000 ? number * 1000 : number);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 822 and its heirs: "Fri, 25 Nov 2016 04:20:00 +0000". */
const mailForm =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\.?,?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?\s*(UTC|UT|GMT|Z|[+-]\d\d:?\d\d)?$/i;
/** As JavaScript writes a date: "Fri Nov 25 2016 04:20:00 GMT+0000 (Coordinated Universal Time)". */
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
  // JavaScript takes the 31st of June for the 1st of July.
  const isReal = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return isReal ? date : undefined;
}
