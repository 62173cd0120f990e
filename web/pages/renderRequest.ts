/** Renders page requests: authenticates the reader, runs one operation, and handles missing parts. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Reader } from '../../gateway/auth/readerClaims.ts';
import { statusOfCode } from '../../gateway/errors.ts';
import { contextOf } from '../../gateway/server/createContext.ts';
import type { Ask, Reply } from '../../gateway/server/graphClient.ts';
import { type PageRequest, readPageRequest } from './pageRequest.ts';
import { forOne, isForOne, sendPage } from './pageResponse.ts';
import type { Page } from './parts/document.tsx';
import type { NamedSection } from './parts/masthead.tsx';
import type { Enter } from './session/authenticate.ts';
import { localPath, type Site } from './site.ts';
import { type Failure, failurePage } from './views/failure.tsx';

/** A redirect: 308 permanent, 307 temporary, 303 after an action or because of the reader. */
export interface Moved {
  location: string;
  status: 303 | 307 | 308;
}

/** Makes a page from a result; `variables` are those of the operation. */
export type View<Data, Variables> = (
  data: Data,
  around: { variables: Variables; site: Site; asked: PageRequest; reader: Reader },
) => Page | Moved;

export interface DoorOptions<Data, Variables> {
  document: TypedDocumentNode<Data, Variables>;
  variables: (asked: PageRequest) => Variables;
  /** The root field that the page cannot be rendered without. */
  requiredRootField?: keyof Data & string;
  view: View<Data, Variables>;
}

/** Makes the handler for one kind of page. */
export type Doors = <Data extends { sections: readonly NamedSection[] | null }, Variables>(
  options: DoorOptions<Data, Variables>,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export interface DoorsOptions {
  ask: Ask;
  site: Site;
  enter: Enter;
}

export function openDoors({ ask, site, enter }: DoorsOptions): Doors {
  return ({ document, variables: variablesOf, requiredRootField, view }) =>
    async (request, reply) => {
      await enter(request, reply);
      const asked = readPageRequest(request);
      const variables = variablesOf(asked);
      const answer = await answerTo(() => ask(document, variables, contextOf(request, reply)));
      const { data, errors } = answer;
      const sent = { data, isWhole: errors.length === 0 };
      const failure = failureOf(answer, requiredRootField);
      if (failure || !data) {
        const page = failurePage(failure ?? 'DOWN', { sections: data?.sections ?? null });
        return sendPage(request, reply, page, site, sent);
      }
      const made = view(data, { variables, site, asked, reader: request.reader });
      if (!('location' in made)) return sendPage(request, reply, made, site, sent);
      const { location, status } = made;
      if (status === 303 || isForOne(request)) forOne(reply);
      else reply.header('cache-control', 'no-cache');
      return reply.redirect(localPath(location, site), status);
    };
}

/** Turns a registered error that ends the request into a result with errors. */
export async function answerTo<Data>(ask: () => Promise<Reply<Data>>): Promise<Reply<Data>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { data: null, errors: [error.toJSON()] };
  }
}

/** Why the page cannot be rendered; undefined when it can. */
function failureOf<Data>(
  { data, errors }: Reply<Data>,
  requiredRootField: (keyof Data & string) | undefined,
): Failure | undefined {
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.includes('RATE_LIMITED')) return 'RATE_LIMITED';
  if (codes.some((code) => statusOfCode(code) === 400)) return 'BAD_REQUEST';
  if (!data) return 'DOWN';
  const isLost =
    requiredRootField &&
    data[requiredRootField] === null &&
    errors.some(({ path }) => path?.[0] === requiredRootField);
  return isLost ? 'DOWN' : undefined;
}
