/** Breaking changes of the schema of clients since its baseline, and whether CHANGELOG.md has the reason of each. */
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, isInterfaceType, isObjectType, parse } from 'graphql';

/** The schema that clients build on: that of the last release. It is written when a version is released, and at no other time. */
export const baselineFile = 'schema/baseline.graphql';

export interface SchemaChange {
  /** `Type.field(argument:)`, a schema coordinate: https://spec.graphql.org/draft/#sec-Schema-Coordinates. */
  coordinate: string;
  message: string;
  /** Otherwise it may break careless clients, such as a new value of an enum. */
  isBreaking: boolean;
}

/** What breaks, or may break, clients that were written for the baseline. */
export async function changesSince(baseline: string, now: GraphQLSchema): Promise<SchemaChange[]> {
  const before = buildASTSchema(parse(baseline));
  const changes = await diff(before, now);
  return changes
    .filter(({ criticality }) => criticality.level !== CriticalityLevel.NonBreaking)
    .map((change) => ({
      coordinate: coordinateOf(change, [before, now]),
      message: change.message,
      isBreaking: change.criticality.level === CriticalityLevel.Breaking,
    }));
}

/** The breaking changes whose coordinate the first section of the changelog does not have in backquotes. */
export function undocumentedChanges(changes: readonly SchemaChange[], changelog: string): SchemaChange[] {
  const named = new Set(
    [...firstSectionOf(changelog).matchAll(/`([^`\n]+)`/g)].map(([, coordinate]) => coordinate),
  );
  return changes.filter(({ isBreaking, coordinate }) => isBreaking && !named.has(coordinate));
}

/** Whether the changelog has a section for the version, which is then released. */
export const isReleased = (version: string, changelog: string): boolean =>
  changelog.split('\n').some((line) => line === `## ${version}` || line.startsWith(`## ${version} `));

const firstSectionOf = (changelog: string): string => changelog.split(/^## /m)[1] ?? '';

/** The inspector separates all names by dots: an argument is the third of a field. */
function coordinateOf({ path = '' }: Change, schemas: readonly GraphQLSchema[]): string {
  const [type = '', member = '', argument] = path.split('.');
  if (type.startsWith('@')) return member === '' ? type : `${type}(${member}:)`;
  if (argument === undefined) return path;
  const isField = schemas.some((schema) => {
    const named = schema.getType(type);
    return (isObjectType(named) || isInterfaceType(named)) && member in named.getFields();
  });
  return isField ? `${type}.${member}(${argument}:)` : path;
}
