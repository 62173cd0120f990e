import { readdirSync, readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { describe, expect, it } from '@jest/globals';
import { composeServices as composeElsewhere } from '@theguild/federation-composition';
import {
  type DefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isNullableType,
  Kind,
  parse,
  print,
  validate,
  visit,
} from 'graphql';
import { composeSchema, readRover } from '../../schema/compose.ts';
import { subgraphNames } from '../../subgraphs/settings.ts';
import { scopes } from '../../subgraphs/trust/scopes.ts';

const sdl = (name: string) => readFileSync(`schema/${name}.graphql`, 'utf8');

describe('schema/', () => {
  it('holds what the classes say', async () => {
    for (const { file, text } of (await composeSchema('.')).files)
      expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('names the four subgraphs in rover.yaml, as the Rover CLI reads it', async () => {
    expect(await readRover('.')).toEqual([
      { name: 'articles', url: 'http://localhost:4001/graphql', file: './schema/articles.graphql' },
      { name: 'authors', url: 'http://localhost:4002/graphql', file: './schema/authors.graphql' },
      { name: 'media', url: 'http://localhost:4003/graphql', file: './schema/media.graphql' },
      { name: 'membership', url: 'http://localhost:4004/graphql', file: './schema/membership.graphql' },
    ]);
  });

  it('composes with another implementation of Federation to the same types', async () => {
    const services = (await readRover('.')).map(({ name, url }) => ({
      name,
      url,
      typeDefs: parse(sdl(name)),
    }));
    const ours = composeServices(services);
    // It knows Federation to 2.9 only; nothing that we use is newer.
    const older = services.map((service) => ({
      ...service,
      typeDefs: parse(sdl(service.name).replace('/v2.12', '/v2.9')),
    }));
    const theirs = composeElsewhere(older);
    expect(ours.errors).toBeUndefined();
    expect(theirs.errors).toBeUndefined();
    expect(shapeOf(theirs.supergraphSdl ?? '')).toEqual(shapeOf(ours.supergraphSdl ?? ''));
  });

  it('shows clients nothing that is not enforced yet', () => {
    const supergraph = sdl('supergraph');
    for (const directive of ['policy', 'cacheTag']) {
      expect(supergraph).not.toContain(`@${directive}`);
    }
  });

  it('asks readers for scopes that npm run token knows', () => {
    const asked = sdl('supergraph').matchAll(/@requiresScopes\(scopes: (\[.*?\]\])\)/g);
    for (const [, ways = ''] of asked)
      for (const scope of (JSON.parse(ways) as string[][]).flat())
        expect(Object.keys(scopes)).toContain(scope);
  });

  it.each(subgraphNames)('describes in %s more than the words of a name', (name) => {
    const empty: string[] = [];
    const path: string[] = [];
    visit(parse(sdl(name)), {
      enter(node) {
        if (!('description' in node) || !('name' in node) || !node.name) return;
        path.push(node.name.value);
        const known = new Set(path.flatMap(wordsOf));
        const added = wordsOf(node.description?.value ?? '').filter((word) => !known.has(word));
        if (node.description && added.length === 0)
          empty.push(`${path.join('.')}: ${node.description.value}`);
      },
      leave(node) {
        if ('description' in node && 'name' in node && node.name) path.pop();
      },
    });
    expect(empty).toEqual([]);
  });

  it('names a Boolean by is, has or can, except where published operations have another name', () => {
    const published = ['breaking', 'ordered', 'syndicatable', 'embeddable'];
    const others: string[] = [];
    visit(parse(sdl('supergraph')), {
      FieldDefinition({ name, type }) {
        const isBoolean = print(type).replace('!', '') === 'Boolean';
        if (isBoolean && !/^(is|has|can)[A-Z]/.test(name.value)) others.push(name.value);
      },
    });
    expect([...new Set(others)].sort()).toEqual(published.sort());
  });

  it('answers each mutation by a payload of its own name, with userErrors, which is null only with an error', () => {
    const fields = Object.values(apiSchema().getMutationType()?.getFields() ?? {});
    expect(fields.length).toBeGreaterThan(10);
    for (const { name, type } of fields) {
      expect(String(type)).toBe(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`);
      const members = Object.entries((type as GraphQLObjectType).getFields());
      expect(members.map(([field, { type: kind }]) => [field, String(kind)]).at(-1)).toEqual([
        'userErrors',
        '[UserError!]!',
      ]);
      for (const [field, { type: kind }] of members)
        if (field !== 'userErrors') expect([field, isNullableType(kind)]).toEqual([field, true]);
    }
  });

  it('keeps every stored operation valid', () => {
    const api = apiSchema();
    for (const file of readdirSync('schema/operations')) {
      const errors = validate(api, parse(readFileSync(`schema/operations/${file}`, 'utf8')));
      expect([file, errors.map(({ message }) => message)]).toEqual([file, []]);
    }
  });
});

const fillers = new Set('a an and as by for from in is it its of on or that the their to with'.split(' '));

/** The words of a name or a text in the singular, without articles and prepositions. */
const wordsOf = (text: string): string[] =>
  (
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  )
    .filter((word) => !fillers.has(word))
    .map((word) => word.replace(/ies$/, 'y').replace(/s$/, ''));

const apiSchema = (): GraphQLSchema =>
  Supergraph.build(sdl('supergraph'), { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES })
    .apiSchema()
    .toGraphQLJSSchema();

/** The types of a supergraph and their fields, without the planner's own and without directives. */
function shapeOf(text: string): Record<string, string[]> {
  const definitions = parse(text).definitions.filter(
    (node) =>
      'name' in node &&
      node.name &&
      !/^(join|link|core)__/.test(node.name.value) &&
      node.kind !== Kind.DIRECTIVE_DEFINITION,
  );
  return Object.fromEntries(
    definitions
      .map((node): [string, string[]] => [nameOf(node), membersOf(node)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const nameOf = (node: DefinitionNode) => ('name' in node && node.name ? node.name.value : '');

function membersOf(node: DefinitionNode): string[] {
  if ('fields' in node) {
    return (node.fields ?? []).map((field) => `${field.name.value}: ${print(field.type)}`).sort();
  }
  return 'values' in node ? (node.values ?? []).map(({ name }) => name.value).sort() : [];
}
