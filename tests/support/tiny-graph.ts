/** Two subgraphs, small enough to hold in the head: stories, and the writers who sign them. */
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, GraphQLError, GraphQLScalarType, type GraphQLSchema, parse } from 'graphql';
import type { SubgraphCall, SubgraphRequest, SubgraphResponse } from '../../gateway/wire/subgraphCall.ts';

const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

const storyTypes = parse(`
  ${link('"@key"')}
  type Query { story(id: ID!): Story stories(first: Int = 2, since: Day): [Story!]! always: String! search(text: String!): [Story!]! }
  scalar Day
  type Mutation { rename(id: ID!, title: String!): Story }
  type Story @key(fields: "id") { id: ID! title: String! byline: Writer broken: String next: Story }
  type Writer @key(fields: "id", resolvable: false) { id: ID! }
`);

const writerTypes = parse(`
  ${link('"@key"')}
  type Query { writers: [Writer!]! }
  type Writer @key(fields: "id") { id: ID! name: String mood: String }
`);

const stories = ['1', '2', '3'].map((id) => ({ id, title: `Story ${id}`, byline: { id: `w${id}` } }));

/** Takes days such as 2020-02-29, and refuses anything else as scalars do. */
const Day = new GraphQLScalarType({
  name: 'Day',
  parseValue: (value) => {
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return value;
    throw new GraphQLError(`Expected a day such as 2020-02-29, but got: ${String(value)}.`);
  },
});

const storyResolvers = {
  Day,
  Query: {
    story: (_: unknown, { id }: { id: string }) => stories.find((story) => story.id === id) ?? null,
    stories: (_: unknown, { first }: { first: number }) => {
      if (first > 100) {
        throw new GraphQLError(`Expected "first" to be at most 100, but got: ${first}.`, {
          extensions: { code: 'BAD_USER_INPUT', table: 'stories', http: { status: 418 } },
        });
      }
      return stories.slice(0, first);
    },
    always: () => null,
    search: () => stories,
  },
  Mutation: { rename: (_: unknown, { id, title }: { id: string; title: string }) => ({ id, title }) },
  Story: {
    __resolveReference: ({ id }: { id: string }) => stories.find((story) => story.id === id) ?? null,
    broken: () => {
      throw new Error('connect ECONNREFUSED db.internal:5432 at SELECT secret FROM stories');
    },
    next: () => stories[0],
  },
};

const writerResolvers = {
  Query: { writers: () => [{ id: 'w1' }, { id: 'w2' }] },
  Writer: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    name: ({ id }: { id: string }) => `Writer ${id}`,
    mood: ({ id }: { id: string }) => {
      if (id === 'w2') throw new Error('password=hunter2');
      return 'calm';
    },
  },
};

// The schemas are made once: composing and building them takes most of the time of a test.
const schemas: Readonly<Record<string, GraphQLSchema>> = {
  stories: buildSubgraphSchema({ typeDefs: storyTypes, resolvers: storyResolvers }),
  writers: buildSubgraphSchema({ typeDefs: writerTypes, resolvers: writerResolvers }),
};

/** The supergraph of the two, `urls` being their routing URLs. */
export function tinySupergraph(urls: { stories?: string; writers?: string } = {}): string {
  return compose([
    { name: 'stories', typeDefs: storyTypes, url: urls.stories ?? 'http://stories.test/graphql' },
    { name: 'writers', typeDefs: writerTypes, url: urls.writers ?? 'http://writers.test/graphql' },
  ]);
}

export function compose(services: Parameters<typeof composeServices>[0]): string {
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'));
  return supergraphSdl;
}

/** Calls that stay in the process, and the list of what was called. */
export function tinyCalls(): {
  calls: Record<string, SubgraphCall>;
  sent: (SubgraphRequest & { name: string })[];
} {
  const sent: (SubgraphRequest & { name: string })[] = [];
  const calls = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]): [string, SubgraphCall] => [
      name,
      async (request) => {
        // A request is made lazily: a spread would lose what it has not made yet.
        const { query, document, variables, operationName, kind, headers, signal } = request;
        sent.push({ query, document, variables, operationName, kind, headers, signal, name });
        return runOn(schema, request);
      },
    ]),
  );
  return { calls, sent };
}

/** Answers as the subgraph `name` would over any wire. */
export async function runTiny(name: string, request: Pick<SubgraphRequest, 'query' | 'variables'>) {
  const schema = schemas[name];
  if (!schema) throw new Error(`Expected a tiny subgraph, but got: ${name}.`);
  return runOn(schema, request);
}

async function runOn(
  schema: GraphQLSchema,
  { query, document, variables }: Pick<SubgraphRequest, 'query' | 'document' | 'variables'>,
): Promise<SubgraphResponse> {
  return execute({ schema, document: document ?? parse(query), variableValues: variables ?? null });
}
