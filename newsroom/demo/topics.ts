/** The demo newsroom's sections and tags. */
import type { TopicContent } from '../../subgraphs/articles/content.ts';

function topic(kind: 'section' | 'tag', slug: string, name: string, description: string): TopicContent {
  return { sourceId: `demo:${kind}:${slug}`, slug, name, description };
}

export const sections: readonly TopicContent[] = [
  topic('section', 'city', 'City', 'Port Almery: its streets, its trams, its weather.'),
  topic('section', 'politics', 'Politics', 'City Hall and the people it works for.'),
  topic('section', 'world', 'World', 'News and letters from around the Strait of Orrin and beyond.'),
  topic('section', 'business', 'Business', 'Work, prices, the port and the market.'),
  topic('section', 'science', 'Science', 'Nature, weather, energy and the night sky.'),
  topic('section', 'culture', 'Culture', 'Music, books, theatre and the weekend.'),
  topic('section', 'sport', 'Sport', 'Almery Harbour, the regatta and everyone who runs.'),
  topic('section', 'opinion', 'Opinion', 'Arguments, signed.'),
];

export const tags: readonly TopicContent[] = [
  topic('tag', 'trams', 'Trams', 'Lines, stops, fares and lifts.'),
  topic('tag', 'council', 'City council', 'What the 41 councillors decide.'),
  topic('tag', 'harbour', 'Harbour', 'Old Quay, the fish hall and the basins.'),
  topic('tag', 'ferries', 'Ferries', 'Across the Almer and to the islands.'),
  topic('tag', 'storms', 'Storms', 'Warnings, floods and what comes after.'),
  topic('tag', 'climate', 'Climate', 'How the weather is changing, and we with it.'),
  topic('tag', 'wind-power', 'Wind power', 'Gannet Bank and other wind farms.'),
  topic('tag', 'housing', 'Housing', 'Rents, homes and who builds them.'),
  topic('tag', 'night-work', 'Night work', 'Those who are up when others sleep.'),
  topic('tag', 'food', 'Food', 'Bread, fish and turnips.'),
  topic('tag', 'shipping', 'Shipping', 'Freight, ports and straits.'),
  topic('tag', 'diplomacy', 'Diplomacy', 'Talks, treaties and neighbours.'),
  topic('tag', 'data', 'Data', 'Stories that count.'),
  topic('tag', 'education', 'Education', 'Schools, students and the curious.'),
  topic('tag', 'astronomy', 'Astronomy', 'What can be seen from Halden Hill.'),
  topic('tag', 'libraries', 'Libraries', 'Rooms with books.'),
  topic('tag', 'music', 'Music', 'Concerts, records and choirs.'),
  topic('tag', 'football', 'Football', 'Mostly Almery Harbour.'),
  topic('tag', 'health', 'Health', 'Hospitals, clinics and benches.'),
];
