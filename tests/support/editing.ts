/** What editors send to the graph, for tests: the operations, and a story with nothing in it but what it must have. */
import type { TestDoors } from './doors.ts';
import type { Answer } from './newsroom.ts';
import { editor, type TestReader } from './readers.ts';

export const storyFields = `id slug headline revision pubStatus datePublished publishAt embargoedUntil bodyHtml`;

/** Why a mutation was refused. */
export const refusals = 'userErrors { field code message }';

const result = `article { ${storyFields} } ${refusals}`;

export const mutations = {
  put: `mutation ($input: ArticleInput!) { putArticle(input: $input) { ${result} } }`,
  publish: `mutation ($id: ID!, $at: DateTime, $expectedRevision: String) {
    publishArticle(id: $id, at: $at, expectedRevision: $expectedRevision) { ${result} } }`,
  withdraw: `mutation ($id: ID!, $reason: String!, $expectedRevision: String) {
    withdrawArticle(id: $id, reason: $reason, expectedRevision: $expectedRevision) { ${result} } }`,
  correct: `mutation ($id: ID!, $type: CorrectionType!, $text: String!, $expectedRevision: String) {
    correctArticle(id: $id, correctionType: $type, text: $text, expectedRevision: $expectedRevision) { ${result} } }`,
  relate: `mutation ($id: ID!, $ids: [ID!]!, $expectedRevision: String) {
    setRelatedArticles(id: $id, relatedIds: $ids, expectedRevision: $expectedRevision) { ${result} } }`,
};

export const input = (sourceId: string, rest: object = {}) => ({
  sourceId,
  headline: `Story ${sourceId}`,
  sectionSlug: 'city',
  bodyHtml: `<p>The text of ${sourceId}.</p>`,
  ...rest,
});

/** Asks as an editor, or as whoever else; answers the story of the payload, or throws why it was refused. */
export function openSignInService(doors: Pick<TestDoors, 'ask'>) {
  const run = (name: keyof typeof mutations, variables: object, reader: TestReader = editor) =>
    doors.ask(mutations[name], variables, reader);
  return {
    run,
    put: async (sourceId: string, rest: object = {}, reader?: TestReader) =>
      resultOf(await run('put', { input: input(sourceId, rest) }, reader)),
    publish: async (id: string, rest: object = {}, reader?: TestReader) =>
      resultOf(await run('publish', { id, ...rest }, reader)),
    withdraw: async (id: string, reason = 'It was not so.', reader?: TestReader) =>
      resultOf(await run('withdraw', { id, reason }, reader)),
    correct: async (id: string, text: string, reader?: TestReader) =>
      resultOf(await run('correct', { id, type: 'CORRECTION', text }, reader)),
    relate: async (id: string, ids: readonly string[], reader?: TestReader) =>
      resultOf(await run('relate', { id, ids }, reader)),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape.
function resultOf({ data, errors = [] }: Answer): any {
  const [payload] = Object.values(data ?? {}) as { article: unknown; userErrors: { message: string }[] }[];
  const refused = [...errors, ...(payload?.userErrors ?? [])];
  if (refused.length > 0) throw new Error(refused.map(({ message }) => message).join('\n'));
  return payload?.article;
}
