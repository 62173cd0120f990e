/** The register of errors that a client can receive: code, HTTP status, wording, and whether a retry can succeed. */
import { GraphQLError } from 'graphql';

export interface RegisteredError {
  /** The HTTP status of a failed request; 200 for errors that come with data. */
  status: number;
  /** The message, with {places} to fill; null for errors that keep the message of graphql-js or of a subgraph. */
  wording: string | null;
  /** Whether the same request may succeed later. */
  isWorthRetrying: boolean;
}

export const errors = {
  GRAPHQL_PARSE_FAILED: { status: 400, wording: null, isWorthRetrying: false },
  GRAPHQL_VALIDATION_FAILED: { status: 400, wording: null, isWorthRetrying: false },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    wording: 'Expected "operationName" to name an operation of the document, but got: {got}.',
    isWorthRetrying: false,
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    wording: 'Expected the operation to have at most {limit}, but got: {got}.',
    isWorthRetrying: false,
  },
  OPERATION_TOO_HARD: {
    status: 400,
    wording: 'Expected an operation that can be planned in time, but got: one with too many possible plans.',
    isWorthRetrying: false,
  },
  OPERATION_UNANSWERABLE: {
    status: 400,
    wording: 'Expected fields that a subgraph can resolve, but got: {got}.',
    isWorthRetrying: false,
  },
  PLANNER_BUSY: {
    status: 503,
    wording: 'Query planner overloaded; retry later.',
    isWorthRetrying: true,
  },
  INTROSPECTION_DISABLED: {
    status: 400,
    wording: 'Introspection is disabled.',
    isWorthRetrying: false,
  },
  SCHEMA_NOT_PUBLIC: {
    status: 403,
    wording: 'Expected the API key of a developer, but got: none, or another.',
    isWorthRetrying: false,
  },
  SUBSCRIPTIONS_NOT_SUPPORTED: {
    status: 400,
    wording: 'Expected a query or a mutation, but got: a subscription.',
    isWorthRetrying: false,
  },
  OPERATION_TYPE_NOT_SUPPORTED: {
    status: 400,
    wording: 'Expected an operation type of the schema, but got: {type}.',
    isWorthRetrying: false,
  },
  BAD_USER_INPUT: { status: 400, wording: null, isWorthRetrying: false },
  BAD_REQUEST: { status: 400, wording: null, isWorthRetrying: false },
  PERSISTED_QUERY_NOT_FOUND: { status: 200, wording: 'PersistedQueryNotFound', isWorthRetrying: true },
  PERSISTED_QUERY_MISMATCH: {
    status: 400,
    wording: 'Expected "sha256Hash" to be the hexadecimal SHA-256 hash of the query, but got: another value.',
    isWorthRetrying: false,
  },
  OPERATION_NOT_STORED: {
    status: 404,
    wording: 'Expected the id of a stored operation, but got: {id}.',
    isWorthRetrying: false,
  },
  QUERY_NOT_IN_SAFELIST: {
    status: 403,
    wording: 'Expected a stored operation, but got: one that is not stored.',
    isWorthRetrying: false,
  },
  UNAUTHENTICATED: {
    status: 401,
    wording: 'Expected a valid {expected}, but got: {got}.',
    isWorthRetrying: false,
  },
  CONFLICT: { status: 409, wording: null, isWorthRetrying: false },
  STORAGE_FULL: { status: 507, wording: null, isWorthRetrying: true },
  RATE_LIMITED: {
    status: 429,
    wording:
      'Expected operations with a total cost of at most {limit} in {window} seconds, but got: more. Retry after {retryAfter} seconds.',
    isWorthRetrying: true,
  },
  WEBHOOK_NOT_SET_UP: { status: 503, wording: null, isWorthRetrying: true },
  NOT_FOUND: {
    status: 404,
    wording: 'Expected an existing path, but got: {path}. GraphQL is served at /graphql.',
    isWorthRetrying: false,
  },
  NOT_ACCEPTABLE: {
    status: 406,
    wording:
      'Expected Accept to include application/graphql-response+json or application/json, but got: {accept}.',
    isWorthRetrying: false,
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    wording: 'Expected the method to be {allowed}, but got: {method}.',
    isWorthRetrying: false,
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    wording: 'Expected the request body to be at most {limit} bytes, but got: more.',
    isWorthRetrying: false,
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    wording: 'Expected the URL and the headers to be at most {limit} bytes together, but got: more.',
    isWorthRetrying: false,
  },
  REQUEST_TOO_SLOW: {
    status: 408,
    wording: 'Expected the whole request within {seconds} seconds, but got: an incomplete one.',
    isWorthRetrying: true,
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    wording: 'Expected Content-Type to be application/json, but got: {type}.',
    isWorthRetrying: false,
  },
  UNSUPPORTED_CONTENT_ENCODING: {
    status: 415,
    wording: 'Expected Content-Encoding to list at most {most} of {known}, but got: {encoding}.',
    isWorthRetrying: false,
  },
  TOKENS_UNCHECKED: {
    status: 503,
    wording: 'Access token could not be verified; retry later.',
    isWorthRetrying: true,
  },
  UNAUTHORIZED_FIELD_OR_TYPE: {
    status: 200,
    wording: 'Unauthorized field or type.',
    isWorthRetrying: false,
  },
  SUBGRAPH_FAILED: {
    status: 200,
    wording: 'Subgraph request failed (reference {id}).',
    isWorthRetrying: true,
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    wording: 'Internal server error (reference {id}).',
    isWorthRetrying: true,
  },
  SHUTTING_DOWN: {
    status: 503,
    wording: 'Gateway shutting down; retry later.',
    isWorthRetrying: true,
  },
} as const satisfies Record<string, RegisteredError>;

export type ErrorCode = keyof typeof errors;

/** Maximum length of messages to callers, since messages of graphql-js repeat parts of the request. */
const maxMessageLength = 500;

const register = new Map<string, RegisteredError>(Object.entries(errors));

type Places = Readonly<Record<string, string | number>>;

/**
 * Registers the errors of another endpoint, and returns a function that creates them. Throws if a code is registered already.
 */
export function registerErrors<Code extends string>(
  own: Readonly<Record<Code, RegisteredError>>,
): (code: Code, places?: Places) => GraphQLError {
  for (const [code, error] of Object.entries<RegisteredError>(own)) {
    if (register.has(code)) throw new Error(`Expected a new error code, but got: ${code}.`);
    register.set(code, error);
  }
  return (code, places) => errorOf(code, places, '');
}

/** The HTTP status of a registered code; undefined for any other value. */
export function statusOfCode(code: unknown): number | undefined {
  return typeof code === 'string' ? register.get(code)?.status : undefined;
}

/** The registered wording of `code` with its places filled, or `otherwise` if the register has none. */
export function wordingOf(code: string, places: Places = {}, otherwise = ''): string {
  const wording = register.get(code)?.wording ?? otherwise;
  return shortenMessage(
    wording.replace(/\{(\w+)\}/g, (place, name) => String(places[name] ?? (name === 'got' ? 'more' : place))),
  );
}

/** A registered error that fails the whole request with its status. */
export function callerError(code: ErrorCode, places: Places = {}, otherwise = ''): GraphQLError {
  return errorOf(code, places, otherwise);
}

function errorOf(code: string, places: Places | undefined, otherwise: string): GraphQLError {
  return new GraphQLError(wordingOf(code, places, otherwise), {
    extensions: { code, http: { status: statusOfCode(code) } },
  });
}

export function shortenMessage(message: string): string {
  return message.length > maxMessageLength ? `${message.slice(0, maxMessageLength)}…` : message;
}

/**
 * The registered code of an error; undefined for internal errors. Errors of Apollo Server and graphql-js without a registered code
 * are recognized by other properties, such as their message.
 */
export function codeOf({ message, extensions }: GraphQLError): string | undefined {
  if (extensions.validationErrorCode === 'INTROSPECTION_DISABLED') return 'INTROSPECTION_DISABLED';
  if (extensions.validationErrorCode === 'MAX_RECURSIVE_SELECTIONS_EXCEEDED') return 'OPERATION_TOO_LARGE';
  if (message === 'provided sha does not match query') return 'PERSISTED_QUERY_MISMATCH';
  if (message === 'Unsupported persisted query version') return 'BAD_REQUEST';
  // graphql-js limits the number of field comparisons in validation, and this message is the only sign of it.
  if (message === 'Validation aborted.') return 'OPERATION_TOO_LARGE';
  // graphql-js 16 has "more that", later versions "more than".
  if (/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(message)) return 'OPERATION_TOO_LARGE';
  const { code } = extensions;
  return typeof code === 'string' && register.has(code) && code !== 'INTERNAL_SERVER_ERROR'
    ? code
    : undefined;
}

/** The system error code of an error, such as ENOENT, if it has one. */
export function systemCodeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}
