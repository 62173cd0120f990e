/**
 * The HTTP status of responses at /graphql, by one of three tables: that of GraphQL over HTTP in its edition of September 2026
 * (https://http-spec.graphql.org/September2026/), that of the drafts before it, and that of Apollo Server.
 */
import { type ErrorCode, errors } from '../errors.ts';
import { graphqlResponse, json } from './accept.ts';

export const statusTables = ['draft', '2026', 'apollo'] as const;
export type StatusTable = (typeof statusTables)[number];

/** The media types of responses; the first is for requests without a preference. */
export const mediaTypesOf = (table: StatusTable): readonly [string, string] =>
  table === '2026' ? [graphqlResponse, json] : [json, graphqlResponse];

/** Errors in the operation of a well-formed request. */
const operationErrors: ReadonlySet<unknown> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

interface FailedResponse {
  table: StatusTable;
  mediaType: string;
  /** The registered status of the error. */
  status: number;
  /** Undefined for requests that are refused whatever their operation. */
  code: unknown;
}

/** The status of a response with errors and without data. */
export function statusOfFailure({ table, mediaType, status, code }: FailedResponse): number {
  if (table === 'apollo') return status;
  // A client of application/json cannot tell a GraphQL response from that of an intermediary if the status is not 200.
  if (table === 'draft')
    return mediaType === json && status === 400 && operationErrors.has(code) ? 200 : status;
  if (code === 'PERSISTED_QUERY_NOT_FOUND') return errors.OPERATION_NOT_STORED.status;
  return status === 400 && code !== undefined && code !== 'GRAPHQL_PARSE_FAILED' ? 422 : status;
}

/** The status of a response with both data and errors. */
export const statusOfPart = (table: StatusTable, mediaType: string): number =>
  table === '2026' && mediaType === graphqlResponse ? 294 : 200;

/** The media type of a response without data: in the edition of 2026 application/json is for responses with data only. */
export const mediaTypeOfFailure = (table: StatusTable, mediaType: string): string =>
  table === '2026' ? graphqlResponse : mediaType;
