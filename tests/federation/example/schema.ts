/** A small graph that is not ours: the films of a cinema, and its screenings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

export interface ExampleSubgraph {
  name: string;
  /** Where the supergraph says that it listens. */
  port: number;
  sdl: string;
  schema: GraphQLSchema;
}

const films = [
  { id: 'f1', title: 'The Tide Clock', year: 1962, minutes: 95 },
  { id: 'f2', title: 'Salt and Rope', year: 1987, minutes: 122 },
  { id: 'f3', title: 'A Lamp in the Yard', year: 2019, minutes: 84 },
];

const screenings = [
  { hall: 'Blue', begins: '18:00', film: { id: 'f1' } },
  { hall: 'Blue', begins: '20:15', film: { id: 'f2' } },
  { hall: 'Red', begins: '19:30', film: { id: 'f1' } },
];

interface FilmKey {
  id: string;
  minutes?: number;
}

const ofFilm = ({ id }: FilmKey) => screenings.filter(({ film }) => film.id === id);

const resolvers = {
  films: {
    Query: {
      films: () => films,
      film: (_: unknown, { id }: FilmKey) => films.find((film) => film.id === id) ?? null,
    },
    Film: { __resolveReference: ({ id }: FilmKey) => films.find((film) => film.id === id) ?? null },
  },
  screenings: {
    Query: {
      screenings: (_: unknown, { hall }: { hall?: string }) =>
        screenings.filter((one) => hall === undefined || one.hall === hall),
    },
    Film: {
      __resolveReference: (film: FilmKey) => film,
      screenings: ofFilm,
      slots: (film: FilmKey) =>
        ofFilm(film).map(({ begins }) => `${begins}-${later(begins, film.minutes ?? 0)}`),
    },
  },
};

function later(begins: string, minutes: number): string {
  const [hour = 0, minute = 0] = begins.split(':').map(Number);
  const ends = hour * 60 + minute + minutes;
  return `${Math.floor(ends / 60) % 24}:${String(ends % 60).padStart(2, '0')}`;
}

/** The two subgraphs, read from the files in `folder`. */
export function exampleSubgraphs(folder: string): ExampleSubgraph[] {
  return (['films', 'screenings'] as const).map((name, at) => {
    const sdl = readFileSync(join(folder, `${name}.graphql`), 'utf8');
    const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers[name] });
    return { name, port: 4011 + at, sdl, schema };
  });
}
