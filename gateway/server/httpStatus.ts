/**
 * The HTTP status of an answer at /graphql. Three tables are in use: that of GraphQL over HTTP as its edition of September 2026 has it
 * (https://http-spec.graphql.org/September2026/), that of the drafts before it, and that of Apollo Server.
 */
import { type ErrorCode, errors } from '../errors.ts';
import { graphqlResponse, json } from './accept.ts';

export const statusTables = ['draft', '2026', 'apollo'] as const;
export type StatusTable = (typeof statusTables)[number];

/** The media types of answers, the first for requests that do not care. */
export const mediaTypesOf = (table: StatusTable): readonly [string, string] =>
  table === '2026' ? [graphqlResponse, json] : [json, graphqlResponse];

/** What is wrong with the operation of a well-formed request. */
const ofOperation: ReadonlySet<unknown> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

interface Failed {
  table: StatusTable;
  mediaType: string;
  /** By the register. */
  status: number;
  /** Undefined where the request is refused whatever it asks for. */
  code: unknown;
}

/** The status of an answer that has errors and no data. */
export function statusOfFailure({ table, mediaType, status, code }: Failed): number {
  if (table === 'apollo') return status;
  // A client that asks for application/json cannot know who answers with another status than 200.
  if (table === 'draft') return mediaType === json && status === 400 && ofOperation.has(code) ? 200 : status;
  if (code === 'PERSISTED_QUERY_NOT_FOUND') return errors.OPERATION_NOT_STORED.status;
  return status === 400 && code !== undefined && code !== 'GRAPHQL_PARSE_FAILED' ? 422 : status;
}

/** The status of an answer that has data and errors. */
export const statusOfPart = (table: StatusTable, mediaType: string): number =>
  table === '2026' && mediaType === graphqlResponse ? 294 : 200;

/** The media type of a failure: in the edition of 2026 only a whole answer is application/json, for clients that know no other. */
export const mediaTypeOfFailure = (table: StatusTable, mediaType: string): string =>
  table === '2026' ? graphqlResponse : mediaType;
