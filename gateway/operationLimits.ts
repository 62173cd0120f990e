/**
 * Every limit of what one operation may be: its setting, and the sentence that refuses what is beyond it. Settings and
 * their docs have them from here.
 */
import type { GraphQLError } from 'graphql';
import { callerError } from './errors.ts';

export interface Limit {
  setting: string;
  preset: number;
  least: number;
  most: number;
  /** For docs/settings.md: ends with the reason for the preset. */
  meaning: string;
  /** Completes "Expected the operation to have at most ...". */
  says: (limit: number) => string;
}

export const limits = {
  maxTokens: {
    setting: 'MAX_TOKENS',
    preset: 5000,
    least: 100,
    most: 100_000,
    meaning:
      'The most lexical tokens of one operation: an article page has about 300, and checking grows faster than size.',
    says: (limit) => `${limit} tokens`,
  },
  maxNesting: {
    setting: 'MAX_NESTING',
    preset: 50,
    least: 10,
    most: 500,
    meaning: 'The most brackets open at once in an operation or its variables; introspection needs about 15.',
    says: (limit) => `${limit} brackets inside one another`,
  },
  maxDirectives: {
    setting: 'MAX_DIRECTIVES',
    preset: 5,
    least: 1,
    most: 1000,
    meaning:
      'The most directives at one place of an operation, such as a field: `@include` and `@skip` are two.',
    says: (limit) => `${limit} directives at one place`,
  },
  maxSelections: {
    setting: 'MAX_SELECTIONS',
    preset: 10_000,
    least: 100,
    most: 10_000_000,
    meaning:
      'The most fields of one operation with its fragments spread out, its height: fragments can make a short text huge.',
    says: (limit) => `${limit} fields, fragments spread out`,
  },
  maxDepth: {
    setting: 'MAX_DEPTH',
    preset: 100,
    least: 1,
    most: 10_000,
    meaning:
      'The most fields inside one another with fragments spread out; an article page has 8, and fragments can nest what brackets do not.',
    says: (limit) => `${limit} fields inside one another, fragments spread out`,
  },
  maxAliases: {
    setting: 'MAX_ALIASES',
    preset: 1000,
    least: 0,
    most: 1_000_000,
    meaning:
      'The most aliases of one operation with its fragments spread out: each is a value of its own in every object of the answer.',
    says: (limit) => `${limit} aliases, fragments spread out`,
  },
  maxRootFields: {
    setting: 'MAX_ROOT_FIELDS',
    preset: 40,
    least: 1,
    most: 10_000,
    meaning:
      'The most fields at the root of one operation, aliases included: each may be a question to a database.',
    says: (limit) => `${limit} fields at its root`,
  },
  maxCost: {
    setting: 'MAX_COST',
    preset: 20_000,
    least: 1,
    most: 100_000_000,
    meaning:
      'The most that one operation may cost, worked out before it is planned ([docs/demand.md](docs/demand.md)): an object costs 1, a value 0.01, each list taken as long as it is asked for. A feed of 100 whole stories costs about 15,000.',
    says: (limit) => `a cost of ${limit}`,
  },
  maxResponseBytes: {
    setting: 'MAX_RESPONSE_BYTES',
    preset: 64 * 1024 * 1024,
    least: 1024,
    most: 512 * 1024 * 1024,
    meaning:
      'The largest answer given to a caller. One that grows larger ends while it is written, without data.',
    says: (limit) => `${limit} bytes in its answer`,
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** How much an operation may be of everything. */
export type Limits = Readonly<Record<LimitName, number>>;

/** OPERATION_TOO_LARGE: what the operation may have at most, and what it has, where that was counted. */
export function overLimit(
  name: LimitName,
  { [name]: limit }: Pick<Limits, LimitName>,
  got?: number,
): GraphQLError {
  const places = { limit: limits[name].says(limit), got: got === undefined ? 'more' : numberOf(got) };
  return callerError('OPERATION_TOO_LARGE', places);
}

const numberOf = (got: number): string => (Number.isFinite(got) ? String(got) : 'more than can be counted');
