import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explainFile } from '../../gateway/explainOperation.ts';
import { readSettings } from '../../gateway/settings.ts';
import { tinySupergraph } from '../support/tiny-graph.ts';

const settings = readSettings({ NODE_ENV: 'test' });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-explain-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function explain(text: string, operationName?: string, supergraphSdl = tinySupergraph()) {
  const file = join(folder, 'page.graphql');
  await writeFile(file, text);
  const told = await explainFile(file, { supergraphSdl, operationName, settings }).catch(
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return told.replaceAll(file, 'page.graphql');
}

describe('an operation that is explained', () => {
  it('is refused where nothing can run it', async () => {
    expect(await explain('subscription { x: __typename }')).toMatch(
      /^ExplainError: page.graphql: Expected a query or a mutation, but got: a subscription/,
    );
  });

  it('has its plan, what the variables stand for, and its calls wave by wave', async () => {
    const text = `
      query Page($id: ID!, $withName: Boolean!) {
        story(id: $id) { title byline { name @include(if: $withName) } }
        stories(first: 3) { byline { mood } }
      }`;
    const told = await explain(text);
    const [plan = '', rest = ''] = told.split('Variables of the plan\n');
    expect(plan).toMatch(/^QueryPlan \{\n {2}Sequence \{\n {4}Fetch\(service: "stories"\)/);
    const [variables = '', calls = ''] = rest.split('\n\n3 calls in 2 waves\n\n');
    const [, id, withName, three] =
      variables.match(/^ {2}\$(\w+) is \$id\n {2}\$(\w+) is \$withName\n {2}\$(\w+) is 3$/) ?? [];
    const [first, second] = calls.split('Wave 2\n\n');
    expect(first).toBe(
      `Wave 1

  Call 1: a query to stories
    asks the root
    query Page__stories__0($${id}: ID!, $${three}: Int) {
      story(id: $${id}) {
        title
        byline {
          __typename
          id
          _a0_: __typename
        }
      }
      stories(first: $${three}) {
        byline {
          __typename
          id
        }
      }
    }

`,
    );
    expect(second).toBe(`  Call 2: a query to writers, after 1, when $${withName} is true
    asks of the objects at story.byline
    query Page__writers__1($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Writer {
          name
        }
      }
    }

  Call 3: a query to writers, after 1
    asks of the objects at stories.@.byline
    query Page__writers__2($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Writer {
          mood
        }
      }
    }
`);
  });

  it('has what is asked of one subgraph in one wave as one call', async () => {
    const told = await explain('{ story(id: 1) { byline { name } } stories { byline { mood } } }');
    expect(told).toContain('2 calls in 2 waves');
    expect(told).toContain('    asks of the objects at story.byline, stories.@.byline\n');
  });

  it('has its calls one after the other when it is a mutation', async () => {
    const told = await explain(
      'mutation { one: rename(id: 1, title: "a") { byline { name } } two: rename(id: 2, title: "b") { id } }',
    );
    expect(told).toMatch(/Call 1: a mutation to stories\n/);
    expect(told).toMatch(/a query to writers, after 1/);
  });

  it('needs no call when it asks for the schema alone', async () => {
    expect(await explain('{ __typename }')).toBe('QueryPlan {}\n\n0 calls in 0 waves\n');
  });

  it('is the one that is named, where there are several', async () => {
    const several = 'query A { always } query B { writers { id } }';
    expect(await explain(several, 'B')).toContain('Call 1: a query to writers');
    expect(await explain(several)).toBe(
      'ExplainError: Expected one operation, or --operation-name in page.graphql, but got: A, B.',
    );
    expect(await explain(several, 'C')).toBe(
      'ExplainError: Expected an operation "C" in page.graphql, but got: A, B.',
    );
    expect(await explain('fragment F on Story { id }')).toBe(
      'ExplainError: Expected page.graphql to have an operation, but got: fragments alone.',
    );
  });

  it('is refused with the place of each fault', async () => {
    expect(await explain('{\n  story(id: 1) { titel }\n  storys { id }\n}')).toBe(
      [
        'ExplainError: page.graphql:2:18: Cannot query field "titel" on type "Story". Did you mean "title"?',
        'page.graphql:3:3: Cannot query field "storys" on type "Query". Did you mean "story" or "stories"?',
      ].join('\n'),
    );
    expect(await explain('{ story(')).toMatch(/^ExplainError: page\.graphql:1:9: Syntax Error: /);
  });

  it('is refused where there is no such file, or no supergraph', async () => {
    const file = join(folder, 'nowhere.graphql');
    await expect(
      explainFile(file, { supergraphSdl: tinySupergraph(), operationName: undefined, settings }),
    ).rejects.toThrow(`Expected ${file} to be a file with an operation, but got: no such file.`);
    expect(await explain('{ a }', undefined, 'type Query { a: Int }')).toMatch(
      /^SupergraphError: Expected a supergraph that this gateway can run, but got: /,
    );
  });
});
