/** What a federation case is: tiny subgraphs over one set of data, and what is asked of them. */
import type { GraphQLScalarType } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from '../../../gateway/wire/subgraphCall.ts';
import type { TestReader } from './enforce.ts';

// biome-ignore lint/suspicious/noExplicitAny: the cases say what their parents and arguments are.
export type Resolver = (parent: any, args: any) => unknown;

/** Resolvers by type and field, or a scalar. A field without one reads the property of its name. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>> | GraphQLScalarType>>;

export type Row = Readonly<Record<string, unknown>>;

export interface Subgraph {
  /** Federation's directives need no @link: those that are used are imported. */
  sdl: string;
  /** Where this subgraph resolves a field otherwise than the others. */
  resolvers?: Resolvers;
}

/** How a subgraph fails: no answer, an answer without data, an answer without data or errors, or one that was changed. */
export type Fault =
  | 'unreachable'
  | 'no data'
  | 'silent'
  | ((answer: SubgraphResponse, request: SubgraphRequest) => SubgraphResponse);

export interface CaseOperation {
  /** Ends a sentence: "it answers …". */
  name: string;
  query: string;
  variables?: Readonly<Record<string, unknown>>;
  operationName?: string;
  /** Who asks; nobody in particular unless given. */
  reader?: TestReader;
  /** The data in full, where the monolith's word for it is not enough. */
  answer?: unknown;
  /** Paths of errors, such as `products.0.name`; none unless given. */
  errors?: readonly string[];
  down?: Readonly<Record<string, Fault>>;
  /** `Type.field`s that fail when `down` is; worked out from who owns what unless given. */
  failing?: readonly string[];
  /** Where a subgraph's failure is none that a monolith has: what our gateway answers, and why. */
  unlike?: { data?: unknown; errors: readonly string[]; because: string };
  /** Why the stock gateway is wrong here. The test then asserts that it still is. */
  stockIsWrong?: string;
  /** Why the stock gateway is not asked: it takes the whole process with it. */
  stockEndsBadly?: string;
  /** How many calls our gateway makes to each subgraph that it calls. */
  calls?: Readonly<Record<string, number>>;
  /** How many representations our gateway sends to each subgraph that is sent any. */
  representations?: Readonly<Record<string, number>>;
}

export interface FederationCase {
  name: string;
  subgraphs: Readonly<Record<string, string | Subgraph>>;
  /** Resolvers of all subgraphs and of the monolith: each takes those of the fields that it has. */
  resolvers?: Resolvers;
  /** Where the monolith resolves a field otherwise. */
  monolith?: Resolvers;
  /** Rows that a reference finds by the subgraph's own keys, or a function that finds one. */
  entities?: Readonly<Record<string, readonly Row[] | ((reference: Row) => Row | null)>>;
  /** Why the stock gateway cannot load this supergraph. The test then asserts that it does not. */
  stockRefuses?: string;
  operations: readonly CaseOperation[];
}
