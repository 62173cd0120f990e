/** The tabs that the explorers open with on a first visit. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { RequestContext } from '../../requestContext.ts';
import type { Settings } from '../../settings.ts';
import { anonymousContextOf } from '../createContext.ts';
import type { Ask } from '../graphClient.ts';

/** An operation that runs as it is. */
export interface ExplorerTab {
  query: string;
  variables?: Readonly<Record<string, unknown>>;
}

/** Returns the tabs of a program. Called for each page view, so that variables can name something that exists. */
export type ExplorerTabs = (ask: Ask, context: RequestContext) => Promise<readonly ExplorerTab[]>;

export interface TabsOptions {
  settings: Settings;
  /** Defaults to one tab that suits any graph. */
  explorerTabs?: ExplorerTabs | undefined;
  ask: Ask;
  log: Logger;
}

/** Returns a function from a page view to its tabs, at least one. */
export function openTabs({ settings, explorerTabs, ask, log }: TabsOptions) {
  const preset: readonly [ExplorerTab] = [{ query: settings.allowsIntrospection ? fieldsOfQuery : anyQuery }];
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<readonly [ExplorerTab, ...ExplorerTab[]]> => {
    try {
      const [first, ...rest] = (await explorerTabs?.(ask, anonymousContextOf(request, reply))) ?? preset;
      return first ? [first, ...rest] : preset;
    } catch (err) {
      // The explorer works without them, for example while the quota of the visitor is used up.
      log.debug({ err }, 'explorer tabs not available');
      return preset;
    }
  };
}

const anyQuery = `# Write an operation here, and run it.
query Any {
  __typename
}
`;

const fieldsOfQuery = `# The fields that queries can begin with. The documentation pane has the whole schema.
query FieldsOfQuery {
  __schema {
    queryType {
      fields {
        name
        description
        args {
          name
          description
        }
      }
    }
  }
}
`;
