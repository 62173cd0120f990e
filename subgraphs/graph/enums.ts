/** GraphQL enums: how they are built, and the two that several subgraphs share. */
import { registerEnumType } from 'type-graphql';

/** An enum whose values equal their names, each with a description. */
export function enumOf<Name extends string>(
  name: string,
  description: string,
  names: Record<Name, string>,
): { [Key in Name]: Key } {
  const values = Object.fromEntries(Object.keys(names).map((key) => [key, key])) as { [Key in Name]: Key };
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(names).map(([key, text]) => [key, { description: text }]),
  );
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
  return values;
}

export const Visibility = enumOf('Visibility', 'Who may read the whole story.', {
  PUBLIC: 'Every reader, signed in or not.',
  MEMBERS: 'Every signed-in member.',
  PAID: 'Every member whose status is not FREE.',
  TIERS: 'Members of the required tiers.',
});

export const SourceCategory = enumOf('SourceCategory', 'Kind of source of a story, an image or a video.', {
  STAFF: 'Somebody whom the publication employs.',
  WIRES: 'A news agency, such as Reuters.',
  FREELANCE: 'Somebody who works for several publications.',
  STOCK: 'A library that licenses existing pictures.',
  HANDOUT: 'Handout of the people or organisations concerned.',
  OTHER: 'None of these, or unknown.',
});
