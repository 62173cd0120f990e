/** Payloads of mutations: what a caller can mend is data, in `userErrors`; everything else stays a GraphQL error. */
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { CallerError, type CallerErrorCode, fieldIn } from '../errors.ts';
import { DatabaseFailure } from '../store/databaseFailure.ts';
import { ContentError } from '../store/putContent.ts';
import { enumOf } from './enums.ts';

export const UserErrorCode = enumOf<CallerErrorCode>(
  'UserErrorCode',
  'Why a mutation was refused. The codes are those of errors, which docs/errors.md lists.',
  {
    BAD_USER_INPUT: 'A value is not accepted: it is missing, too long, or does not fit the others.',
    UNKNOWN_REFERENCE: 'An id or slug names nothing.',
    CONFLICT: 'The stored revision is another one than `expectedRevision`: read again, and change that.',
    FORBIDDEN:
      'This part of the input needs a scope that the access token lacks; without it the rest is accepted.',
    INVALID_TOKEN: 'The token of a link or session is unknown, used or expired.',
    RATE_LIMITED: 'Tried too often: try again after `retryAfterSeconds`.',
  },
);

@ObjectType({ description: 'Why a mutation was refused, and what to change; nothing was stored.' })
@Directive('@shareable')
export class UserError {
  @Field(() => [String], {
    nullable: true,
    description:
      'Path to the argument or input field, such as ["input", "sectionSlug"]; null if no single one is at fault.',
  })
  field!: string[] | null;

  @Field(() => UserErrorCode, { description: 'What programs decide by.' })
  code!: CallerErrorCode;

  @Field(() => String, { description: 'What was expected and what was sent, for people.' })
  message!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'For RATE_LIMITED: after how many seconds to try again; otherwise null.',
  })
  retryAfterSeconds!: number | null;
}

/** Declares `userErrors`, the last field of every payload. */
export function userErrorsField(): PropertyDecorator {
  const options = { description: 'Why nothing was stored; empty if the mutation succeeded.' };
  return (target, name) => {
    Field(() => [UserError], options)(target, name);
    // A mutation is refused for one reason at a time: its cost is that of one entry.
    Directive('@listSize(assumedSize: 1)')(target, name);
  };
}

/** The result of a mutation: its fields, or why it was refused. */
export type Payload<Fields extends object = object> = Partial<Fields> & { userErrors: UserError[] };

/** Runs a mutation. Errors that the caller can mend become `userErrors`, with the path of the argument `within`. */
export async function payloadOf<Fields extends object>(
  run: () => Promise<Fields>,
  within?: string,
): Promise<Payload<Fields>> {
  try {
    return { ...(await run()), userErrors: [] };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { code, field, message, retryAfterSeconds = null } = refusal;
    const path = field === undefined ? [] : [...(within === undefined ? [] : [within]), ...field.split('.')];
    const userError = { code, field: path.length > 0 ? path : null, message, retryAfterSeconds };
    return { userErrors: [userError] } as unknown as Payload<Fields>;
  }
}

/**
 * Marks what a mutation loads after its change. If that fails, the change is stored all the same: the payload stays, and
 * the error is at the field.
 */
export function loadedAfter<Value>(loaded: Promise<Value>): Promise<Value> {
  // A client that does not select the field does not wait for it.
  loaded.catch(() => undefined);
  return loaded;
}

function refusalOf(error: unknown): CallerError | undefined {
  if (error instanceof CallerError) return error;
  if (error instanceof ContentError) {
    const { field = fieldIn(error.message), isUnknownReference, message } = error;
    return new CallerError(isUnknownReference ? 'UNKNOWN_REFERENCE' : 'BAD_USER_INPUT', message, { field });
  }
  // 54000, program_limit_exceeded: too many different words for a tsvector.
  if (error instanceof DatabaseFailure && error.code === '54000')
    return new CallerError(
      'BAD_USER_INPUT',
      'Expected a text that can be indexed for search, but got: one with too many different words.',
      { field: 'bodyHtml' },
    );
  return undefined;
}
