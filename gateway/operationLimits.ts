/** Limits of operations: setting, default, range, and the wording of the error for operations that exceed them. */
import type { GraphQLError } from 'graphql';
import { callerError } from './errors.ts';

export interface Limit {
  setting: string;
  preset: number;
  least: number;
  most: number;
  /** For the settings table in the docs. */
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
    meaning: 'Maximum lexical tokens of one operation; an article page has about 300.',
    says: (limit) => `${limit} tokens`,
  },
  maxNesting: {
    setting: 'MAX_NESTING',
    preset: 50,
    least: 10,
    most: 500,
    meaning:
      'Maximum nesting of brackets in the text of an operation or its variables; an introspection query has about 15.',
    says: (limit) => `${limit} levels of nested brackets`,
  },
  maxDirectives: {
    setting: 'MAX_DIRECTIVES',
    preset: 5,
    least: 1,
    most: 1000,
    meaning: 'Maximum directives on one field or other element of an operation.',
    says: (limit) => `${limit} directives on one element`,
  },
  maxSelections: {
    setting: 'MAX_SELECTIONS',
    preset: 10_000,
    least: 100,
    most: 10_000_000,
    meaning: 'Maximum fields of one operation, fragments expanded.',
    says: (limit) => `${limit} fields, fragments expanded`,
  },
  maxDepth: {
    setting: 'MAX_DEPTH',
    preset: 100,
    least: 1,
    most: 10_000,
    meaning: 'Maximum depth of one operation in nested fields, fragments expanded; an article page has 8.',
    says: (limit) => `${limit} levels of nested fields, fragments expanded`,
  },
  maxAliases: {
    setting: 'MAX_ALIASES',
    preset: 1000,
    least: 0,
    most: 1_000_000,
    meaning: 'Maximum aliases of one operation, fragments expanded.',
    says: (limit) => `${limit} aliases, fragments expanded`,
  },
  maxRootFields: {
    setting: 'MAX_ROOT_FIELDS',
    preset: 40,
    least: 1,
    most: 10_000,
    meaning: 'Maximum root fields of one operation, aliases included.',
    says: (limit) => `${limit} root fields`,
  },
  maxCost: {
    setting: 'MAX_COST',
    preset: 20_000,
    least: 1,
    most: 100_000_000,
    meaning:
      'Maximum estimated cost of one operation, in points ([docs/demand.md](docs/demand.md)); a feed of 100 whole stories costs about 15,000.',
    says: (limit) => `a cost of ${limit}`,
  },
  maxResponseBytes: {
    setting: 'MAX_RESPONSE_BYTES',
    preset: 64 * 1024 * 1024,
    least: 1024,
    most: 512 * 1024 * 1024,
    meaning: 'Maximum size of a response, in bytes; a larger one is replaced by an error without data.',
    says: (limit) => `${limit} bytes in its response`,
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** The values of all limits. */
export type Limits = Readonly<Record<LimitName, number>>;

/** The OPERATION_TOO_LARGE error of a limit, with the operation's actual number if known. */
export function overLimit(
  name: LimitName,
  { [name]: limit }: Pick<Limits, LimitName>,
  got?: number,
): GraphQLError {
  const places = { limit: limits[name].says(limit), got: got === undefined ? 'more' : numberOf(got) };
  return callerError('OPERATION_TOO_LARGE', places);
}

const numberOf = (got: number): string => (Number.isFinite(got) ? String(got) : 'more than can be counted');
