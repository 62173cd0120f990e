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

export const Visibility = enumOf('Visibility', 'Who may read the whole of a story.', {
  PUBLIC: 'Everybody.',
  MEMBERS: 'Whoever is signed in.',
  PAID: 'Every member who is not a free one.',
  TIERS: 'Members of the tiers named.',
});

export const SourceCategory = enumOf('SourceCategory', 'Where a story or a picture comes from.', {
  STAFF: 'Our own people.',
  WIRES: 'A news agency.',
  FREELANCE: 'Somebody who works for us by the piece.',
  STOCK: 'A picture library.',
  HANDOUT: 'Given out by those whom it shows or concerns.',
  OTHER: 'Anything else, or nobody said.',
});
