import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { openScales } from '../../../gateway/demand/enforceCost.ts';
import { readSettings } from '../../../gateway/settings.ts';
import { buildModel } from '../../../gateway/supergraph/supergraphModel.ts';

const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
const { fullSchema: schema } = buildModel(sdl, sdl);
const stored: { name: string; body: string }[] = JSON.parse(
  readFileSync('schema/operations.json', 'utf8'),
).operations;

const pageSizes = new Set(['first', 'last']);

describe('the stored operations', () => {
  const settings = readSettings({});
  const { weigh } = openScales(() => schema, settings);
  const costOf = (body: string, isLargest: boolean) => {
    const document = parse(body);
    const operation = document.definitions.find(
      (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
    );
    if (!operation) throw new Error('Expected an operation.');
    const sizes = (operation.variableDefinitions ?? []).flatMap(({ variable }) =>
      pageSizes.has(variable.name.value) ? [[variable.name.value, 100]] : [],
    );
    return weigh({ schema, document, operation, variables: isLargest ? Object.fromEntries(sizes) : {} });
  };

  it.each(stored.map(({ name, body }) => [name, body]))(
    '%s keeps all limits at its largest page',
    (_, body) => {
      expect(costOf(body as string, true)).toBeLessThan(settings.maxCost);
    },
  );

  it('cost what the documents say: 100,000 are some hundreds of pages', () => {
    const page = stored.find(({ name }) => name === 'StoryPage')?.body as string;
    expect(Math.round(100_000 / costOf(page, false))).toBeGreaterThan(200);
    expect(Math.round(costOf(page, false) / 100)).toBe(5);
    const feed = stored.find(({ name }) => name === 'SyndicationFeed')?.body as string;
    expect(Math.round(costOf(feed, true) / 1000)).toBe(15);
  });

  it('hold the weights of what is dear', () => {
    const cost = (text: string) => costOf(text, false);
    expect(cost('{ article(slug: "a") { bodyHtml } }')).toBe(6);
    expect(cost('{ search(query: "x", first: 1) { totalCount } }')).toBe(60);
    expect(cost('{ article(slug: "a") { related(first: 2) { nodes { id } } } }')).toBe(23.02);
    const many = Array.from({ length: 900 }, (_, at) => `a${at}: bodyHtml`).join(' ');
    expect(() => cost(`{ articles(first: 100) { nodes { ${many} } } }`)).toThrow(
      'Expected the operation to have at most a cost of 20000, but got: 450101.',
    );
  });
});
