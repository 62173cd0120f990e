/** The parts of a supergraph that are read without the planner: types, subgraphs, override labels. */
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { type FieldSetFields, readFieldSetFields } from './fieldSets.ts';

export interface SupergraphModel {
  sdl: string;
  /** The full schema, including `@inaccessible` elements. */
  fullSchema: GraphQLSchema;
  /** The API schema. */
  apiSchema: GraphQLSchema;
  /** The subgraphs, by their names in query plans. */
  subgraphs: readonly { name: string; url: string }[];
  /** Labels of progressive `@override` → names of the fields that they move. */
  overrideLabels: ReadonlyMap<string, readonly string[]>;
  /** Fields that the planner may add to an operation. */
  fieldSetFields: FieldSetFields;
}

/** Builds the model from the supergraph's SDL and its API schema's SDL. Both must be valid. */
export function buildModel(sdl: string, apiSdl: string): SupergraphModel {
  return withApi(readSupergraph(sdl, parse(sdl, { noLocation: true })), apiSdl);
}

/** Builds the model without the API schema; `document` is the parsed `sdl`. */
export function readSupergraph(sdl: string, document: DocumentNode): Omit<SupergraphModel, 'apiSchema'> {
  return {
    sdl,
    fullSchema: buildASTSchema(document, { assumeValid: true }),
    subgraphs: readSubgraphs(document),
    overrideLabels: readLabels(document),
    fieldSetFields: readFieldSetFields(document),
  };
}

/** Completes a model with the API schema, given as SDL. */
export function withApi(model: Omit<SupergraphModel, 'apiSchema'>, apiSdl: string): SupergraphModel {
  return { ...model, apiSchema: buildASTSchema(parse(apiSdl, { noLocation: true }), { assumeValid: true }) };
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
