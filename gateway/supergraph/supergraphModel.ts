/** What a supergraph says, read without the planner: its types, its subgraphs, its labels. */
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { type AskedFields, readAskedFields } from './fieldSets.ts';

export interface SupergraphModel {
  sdl: string;
  /** Everything, what is @inaccessible too. */
  fullSchema: GraphQLSchema;
  /** What clients see. */
  apiSchema: GraphQLSchema;
  /** By the names that the subgraphs have in the query plan. */
  subgraphs: readonly { name: string; url: string }[];
  /** Labels of progressive `@override`, each with the names of the fields that it moves. */
  overrideLabels: ReadonlyMap<string, readonly string[]>;
  /** Fields that the planner may ask for of its own accord. */
  askedFields: AskedFields;
}

/** The model of the supergraph `sdl`, of which `apiSdl` is what clients see. Both are taken to be valid. */
export function buildModel(sdl: string, apiSdl: string): SupergraphModel {
  return withApi(readSupergraph(sdl, parse(sdl, { noLocation: true })), apiSdl);
}

/** All of the model that the supergraph itself says; `document` is what `sdl` says. */
export function readSupergraph(sdl: string, document: DocumentNode): Omit<SupergraphModel, 'apiSchema'> {
  return {
    sdl,
    fullSchema: buildASTSchema(document, { assumeValid: true }),
    subgraphs: readSubgraphs(document),
    overrideLabels: readLabels(document),
    askedFields: readAskedFields(document),
  };
}

/** The whole model, `apiSdl` being what clients see. */
export function withApi(read: Omit<SupergraphModel, 'apiSchema'>, apiSdl: string): SupergraphModel {
  return { ...read, apiSchema: buildASTSchema(parse(apiSdl, { noLocation: true }), { assumeValid: true }) };
}

function readSubgraphs(document: DocumentNode): SupergraphModel['subgraphs'] {
  for (const node of document.definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue;
    return (node.values ?? []).flatMap(({ directives = [] }) => {
      const given = directives.find(({ name }) => name.value === 'join__graph')?.arguments ?? [];
      const text = (name: string) => {
        const value = given.find((one) => one.name.value === name)?.value;
        return value ? String(valueFromASTUntyped(value)) : '';
      };
      return [{ name: text('name'), url: text('url') }];
    });
  }
  return [];
}

function readLabels(document: DocumentNode): Map<string, readonly string[]> {
  const labels = new Map<string, readonly string[]>();
  visit(document, {
    FieldDefinition: ({ name, directives = [] }) => {
      for (const { name: directive, arguments: given = [] } of directives) {
        if (directive.value !== 'join__field') continue;
        const label = given.find((one) => one.name.value === 'overrideLabel')?.value;
        if (label?.kind === Kind.STRING)
          labels.set(label.value, [...(labels.get(label.value) ?? []), name.value]);
      }
      return false;
    },
  });
  return labels;
}
