/** Custom scalars. Inputs are validated. Outputs are stored in their final form, so serialising them costs nothing. */
import { GraphQLScalarType, Kind } from 'graphql';
import { badInput, quoted } from '../errors.ts';

interface ScalarRule {
  name: string;
  description: string;
  specifiedByURL?: string;
  /** The expected value for the error text: "an ISO 8601 date and time". */
  expected: string;
  serialize?: (value: unknown) => string;
  /** The parsed value for resolvers; undefined if the text is invalid. */
  parse: (text: string) => unknown;
}

function scalar({ name, description, specifiedByURL, expected, serialize, parse }: ScalarRule) {
  const parseOrThrow = (value: unknown) => {
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined)
      throw badInput(`Expected ${name} to be ${expected}, but got: ${quoted(value)}.`);
    return parsed;
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL: specifiedByURL ?? null,
    serialize: serialize ?? String,
    parseValue: parseOrThrow,
    parseLiteral: (node) => parseOrThrow(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const isoDateTime = /^(\d{4})-(\d\d)-(\d\d)[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

/** The range that PostgreSQL and JavaScript both support: the years 1 to 9999. */
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

export const DateTime = scalar({
  name: 'DateTime',
  description: 'Date and time with offset in RFC 3339, such as "2026-03-01T09:30:00.000Z".',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  expected: 'an ISO 8601 date and time with its offset',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parse: (text) => {
    const [, year, month, day] = isoDateTime.exec(text) ?? [];
    // JavaScript parses 30 February as 1 March.
    const isDay =
      new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
    const time = isDay ? new Date(text) : new Date(Number.NaN);
    const inRange = time.getTime() >= earliest && time.getTime() <= latest;
    return inRange ? time : undefined;
  },
});

export const Duration = scalar({
  name: 'Duration',
  description: 'Duration in ISO 8601, such as "PT2M".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#appendix-A',
  expected: 'an ISO 8601 duration',
  parse: (text) =>
    /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text)
      ? text
      : undefined,
});

export const URLScalar = scalar({
  name: 'URL',
  description: 'Absolute http or https URL without user and password.',
  specifiedByURL: 'https://url.spec.whatwg.org/',
  expected: 'an absolute http or https URL of at most 2,048 characters without user or password',
  parse: (text) => {
    const url = text.length <= 2048 && URL.canParse(text) ? new URL(text) : undefined;
    // User info before "@" can imitate a host, and a password must not be published.
    const hasUser = url !== undefined && (url.username !== '' || url.password !== '');
    return !hasUser && (url?.protocol === 'http:' || url?.protocol === 'https:') ? text : undefined;
  },
});

export const LanguageTag = scalar({
  name: 'LanguageTag',
  description: 'Language tag in BCP 47, such as "en" or "pt-BR".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc5646',
  expected: 'a BCP 47 language tag of at most 64 characters',
  parse: (text) => {
    try {
      return text.length <= 64 ? Intl.getCanonicalLocales(text)[0] : undefined;
    } catch {
      return undefined;
    }
  },
});

export const CurrencyCode = scalar({
  name: 'CurrencyCode',
  description: 'Currency code in ISO 4217, such as "USD".',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  expected: 'three capital letters',
  parse: (text) => (/^[A-Z]{3}$/.test(text) ? text : undefined),
});

export const HTML = scalar({
  name: 'HTML',
  description: 'Sanitised HTML, safe to insert into a page.',
  specifiedByURL: 'https://html.spec.whatwg.org/',
  expected: 'a string of HTML',
  parse: (text) => text,
});
