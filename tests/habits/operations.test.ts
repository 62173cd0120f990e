/** The stored operations fit the normalised caches of clients. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, isScalarType, isSpecifiedScalarType, parse } from 'graphql';
import { keys, typePolicies } from '../../schema/cachePolicies.ts';
import { composeSchema } from '../../schema/compose.ts';
import { type ObjectSelection, selectionsOf } from '../support/selections.ts';

let schema: GraphQLSchema;
let selections: ObjectSelection[];
beforeAll(async () => {
  schema = (await composeSchema('.')).clientSchema;
  selections = readdirSync('schema/operations').flatMap((file) =>
    selectionsOf(parse(readFileSync(`schema/operations/${file}`, 'utf8')), schema),
  );
});

/** What a selection lacks that normalised caches need. */
const withoutKey = (all: readonly ObjectSelection[]) =>
  all
    .filter(({ type }) => type.getFields().id)
    .filter(({ fields }) => !fields.some(({ name, alias }) => name.value === 'id' && !alias))
    .map(({ path, type }) => `${path}: ${type.name}`);

type Policies = Record<string, { merge?: unknown; keyFields?: unknown; fields?: Record<string, unknown> }>;

/** Objects without an id that two responses may have in common, and that no policy merges. */
const unmergeable = (all: readonly ObjectSelection[], policies: Policies) => {
  const isCovered = ({ type, field }: ObjectSelection) => {
    const policy = policies[type.name];
    const ofField = field && policies[field.parent]?.fields?.[field.name];
    if (ofField !== undefined) return true;
    return !field?.isList && (policy?.merge !== undefined || policy?.keyFields !== undefined);
  };
  // What lies in an object without an id is merged with it.
  const covered = new Set(all.filter(isCovered).map(({ path }) => path));
  const isWithin = (path: string): boolean => {
    const parent = path.slice(0, path.lastIndexOf('.'));
    return parent.includes('.') && (covered.has(parent) || isWithin(parent));
  };
  return all
    .filter(({ type, field }) => field && !type.getFields().id)
    .filter((one) => !isCovered(one) && !isWithin(one.path))
    .map(({ path, type }) => `${path}: ${type.name}`);
};

describe('the stored operations', () => {
  it('select the id of each object that has one', () => {
    expect(withoutKey(selections)).toEqual([]);
  });

  it('would fail that check without an id, with an alias for it, and in one branch of a union', () => {
    const document = parse(`
      query Wrong($url: URL!) {
        section(slug: "world") { name }
        tag(slug: "ferry") { key: id }
        page(url: $url) { ... on Gone { reason } }
        article(slug: "one") { ...Story }
      }
      fragment Story on Article { id section { ... on Section { id } } tags { slug } }
    `);
    expect(withoutKey(selectionsOf(document, schema))).toEqual([
      'Wrong.section: Section',
      'Wrong.tag: Tag',
      'Wrong.page: Article',
      'Wrong.article.tags: Tag',
    ]);
  });

  it('select objects without an id only where the policies merge them', () => {
    expect(unmergeable(selections, typePolicies)).toEqual([]);
    const { ImageUse: _, ...fewer } = typePolicies as Policies;
    expect(unmergeable(selections, fewer)).toContain('ArticlePage.article.leadMedia: ImageUse');
  });

  it('select objects without an id only where the keys for urql say so', () => {
    const keyless = selections.filter(({ field, type }) => field && !type.getFields().id);
    expect(keyless.filter(({ type }) => !keys[type.name]).map(({ path }) => path)).toEqual([]);
  });
});

describe('docs/clients.md', () => {
  it('names every custom scalar for code generators', () => {
    const [, scalars = ''] = /scalars: (\{.*\}) \}/.exec(readFileSync('docs/clients.md', 'utf8')) ?? [];
    const custom = Object.values(schema.getTypeMap()).filter(
      (type) => isScalarType(type) && !isSpecifiedScalarType(type),
    );
    const expected = custom.map(({ name }) => `${name}: 'string'`).sort();
    expect(scalars.replace(/^\{ | \}$/g, '').split(', ')).toEqual(expected);
  });
});
