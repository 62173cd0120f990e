/** The wide graph's two thousand fields as a program: one call, then forty-nine side by side. */
import { graphNamed } from '../graphs/named.ts';
import { type Asked, type Json, openAsk, serveByHand } from './hand.ts';

const addresses: Record<string, string> = JSON.parse(process.argv[2] ?? '{}');
const fieldNames = graphNamed('wide').operation.match(/f\d+_\d+/g) ?? [];
const [first, ...others] = Object.entries(addresses).map(([name, address]) => ({
  ask: openAsk(address),
  fields: fieldNames.filter((field) => field.startsWith(`f${name.slice('part'.length)}_`)).join(' '),
}));

async function answer(asked: Asked): Promise<Json> {
  if (!first) throw new Error('Expected the addresses of the subgraphs, but got: none.');
  const { item } = await first.ask(`{ item(id: "1") { id ${first.fields} } }`, {}, asked);
  const { id, ...own } = item;
  const found = await Promise.all(
    others.map(({ ask, fields }) =>
      ask(
        `query($items: [_Any!]!) { _entities(representations: $items) { ... on Item { ${fields} } } }`,
        { items: [{ __typename: 'Item', id }] },
        asked,
      ),
    ),
  );
  return { item: Object.assign(own, ...found.map(({ _entities }) => _entities[0])) };
}

serveByHand(answer);
