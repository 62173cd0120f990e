/** The demo pictures: drawings and metadata. */
import type { ImageContent } from '../../subgraphs/media/content.ts';
import type { PictureFormat } from './draw.ts';
import type { Drawing } from './drawing.ts';
import { bakeryBeforeDawn } from './scenes/bakery.ts';
import { concertCrowd } from './scenes/concert.ts';
import { councilChamber } from './scenes/council.ts';
import { crossing } from './scenes/crossing.ts';
import { figuresAsShapes } from './scenes/figures.ts';
import { forestPath } from './scenes/forest.ts';
import { harbourAtDusk } from './scenes/harbour.ts';
import { readingRoom } from './scenes/library.ts';
import { lighthouseInStorm } from './scenes/lighthouse.ts';
import { marketStalls } from './scenes/market.ts';
import { observatoryAtNight } from './scenes/observatory.ts';
import { containerPort } from './scenes/port.ts';
import { stadiumAtNight } from './scenes/stadium.ts';
import { shipsInStrait } from './scenes/strait.ts';
import { tramInStreet } from './scenes/tram.ts';
import { tramMap } from './scenes/tramMap.ts';
import { turbinesAtSea } from './scenes/turbines.ts';
import { viaductAtDaybreak } from './scenes/viaduct.ts';
import { days } from './story.ts';

/** The input for a picture. Size and file follow from the drawing; times are relative to now. */
export interface DemoPicture
  extends Omit<ImageContent, 'sourceId' | 'file' | 'width' | 'height' | 'encodingFormat' | 'dateCreated'> {
  key: string;
  draw: () => Drawing;
  format: PictureFormat;
  /** Milliseconds before now, negative; missing when not known. */
  taken?: number;
  altText: string;
  caption: string;
}

const ours = {
  copyrightNotice: '© Dateline',
  copyrightHolder: 'Dateline',
  rights: { syndicatable: true, embeddable: true },
};
const staff = (creatorName: string) => ({ creatorName, agency: 'Dateline', category: 'STAFF' as const });

export const pictures: readonly DemoPicture[] = [
  {
    key: 'tram',
    draw: tramInStreet,
    format: 'jpeg',
    altText:
      'A red tram with lit windows comes towards us through a wet street at dusk; two people wait under an umbrella.',
    caption: 'A line 2 tram in Lantern Street, Port Almery.',
    credit: staff('Mara Quist'),
    locationShown: 'Lantern Street, Port Almery',
    focalPoint: { x: 0.41, y: 0.55 },
    taken: days(-2),
    ...ours,
  },
  {
    key: 'map',
    draw: tramMap,
    format: 'webp',
    altText:
      'Map of a city by the sea with three coloured tram lines and a yellow line that crosses them all.',
    caption: 'The night line joins the three daytime lines.',
    credit: { creatorName: 'Kenji Aldous', agency: 'Dateline Graphics', category: 'STAFF' },
    locationShown: 'Port Almery',
    taken: days(-1),
    ...ours,
  },
  {
    key: 'harbour',
    draw: harbourAtDusk,
    format: 'jpeg',
    altText: 'Three fishing boats lie in a calm harbour at sunset, in front of a town with lit windows.',
    caption: 'Old Quay at dusk.',
    credit: staff('Mara Quist'),
    locationShown: 'Old Quay, Port Almery',
    focalPoint: { x: 0.25, y: 0.66 },
    taken: days(-4),
    ...ours,
  },
  {
    key: 'lighthouse',
    draw: lighthouseInStorm,
    format: 'jpeg',
    altText:
      'A red and white lighthouse on a rock, its lamp lit, with high waves breaking below it in heavy rain.',
    caption: 'The lighthouse at Tern Point in a storm.',
    credit: {
      creatorName: 'Elin Brask',
      agency: 'Coastpix',
      provider: 'Pressgate',
      category: 'FREELANCE',
      original: '(Elin Brask/Coastpix via Pressgate)',
    },
    copyrightNotice: '© Elin Brask/Coastpix',
    copyrightHolder: 'Elin Brask',
    usageTerms: 'For one use with the story that it was bought for.',
    rights: {
      syndicatable: false,
      embeddable: true,
      acquireLicencePage: 'https://pressgate.example.com/coastpix/tern-point',
    },
    locationShown: 'Tern Point',
    focalPoint: { x: 0.6, y: 0.4 },
    taken: days(-1100),
  },
  {
    key: 'council',
    draw: councilChamber,
    format: 'webp',
    altText:
      'A council chamber with curved wooden benches full of people, three of them at a raised desk below a coat of arms.',
    caption: 'Port Almery’s council in session.',
    credit: staff('Mara Quist'),
    locationShown: 'City Hall, Port Almery',
    focalPoint: { x: 0.5, y: 0.35 },
    taken: days(-30),
    ...ours,
  },
  {
    key: 'turbines',
    draw: turbinesAtSea,
    format: 'jpeg',
    altText:
      'White wind turbines stand in a blue sea in morning light; a red service boat passes the nearest one.',
    caption: 'Turbines on Gannet Bank.',
    credit: { creatorName: 'Olav Renn', agency: 'Gannet Bank Energy', category: 'HANDOUT' },
    copyrightNotice: '© Gannet Bank Energy',
    usageTerms: 'Handout. Free for news about the wind farm.',
    rights: { syndicatable: true, embeddable: true, licence: 'https://gannetbank.example.com/press/terms' },
    locationShown: 'Gannet Bank',
    focalPoint: { x: 0.7, y: 0.45 },
    taken: days(-41),
  },
  {
    key: 'bakery',
    draw: bakeryBeforeDawn,
    format: 'jpeg',
    altText:
      'A baker in a white cap holds a tray of loaves under warm lamps, with shelves of bread behind him.',
    caption: 'Amadou Sall in his bakery in Lantern Street.',
    credit: staff('Mara Quist'),
    locationShown: 'Lantern Street, Port Almery',
    focalPoint: { x: 0.71, y: 0.52 },
    taken: days(-5),
    ...ours,
  },
  {
    key: 'stadium',
    draw: stadiumAtNight,
    format: 'jpeg',
    altText: 'Footballers in red run at the goal of a team in white, under floodlights in a full stadium.',
    caption: 'Almery Harbour against Vant United at Kestrel Park.',
    credit: {
      creatorName: 'Bo Ferreira',
      agency: 'Touchline',
      provider: 'Pressgate',
      category: 'WIRES',
      original: 'Photo by Bo Ferreira/Touchline via Pressgate',
    },
    copyrightNotice: '© Bo Ferreira/Touchline',
    rights: { syndicatable: false, embeddable: true },
    locationShown: 'Kestrel Park, Port Almery',
    focalPoint: { x: 0.4, y: 0.75 },
    taken: days(-1),
  },
  {
    key: 'market',
    draw: marketStalls,
    format: 'jpeg',
    altText:
      'Market stalls with striped awnings and crates of fruit in a square of tall coloured houses, with shoppers between them.',
    caption: 'The Saltmarket on a Saturday.',
    credit: staff('Mara Quist'),
    locationShown: 'Saltmarket, Port Almery',
    taken: days(-9),
    ...ours,
  },
  {
    key: 'observatory',
    draw: observatoryAtNight,
    format: 'jpeg',
    altText: 'An observatory dome, open and lit from inside, on a hill below a sky full of stars.',
    caption: 'The observatory on Halden Hill.',
    credit: { creatorName: 'Imre Vass', agency: 'Halden Hill Observatory', category: 'HANDOUT' },
    copyrightNotice: '© Halden Hill Observatory',
    rights: { syndicatable: true, embeddable: true },
    locationShown: 'Halden Hill',
    focalPoint: { x: 0.33, y: 0.55 },
    taken: days(-6),
  },
  {
    key: 'forest',
    draw: forestPath,
    format: 'webp',
    altText:
      'A walker in a red coat and a dog on a path between tall oaks, with morning light between the trunks.',
    caption: 'The path through Hollin Wood.',
    credit: staff('Mara Quist'),
    locationShown: 'Hollin Wood',
    focalPoint: { x: 0.52, y: 0.68 },
    taken: days(-20),
    ...ours,
  },
  {
    key: 'chart',
    draw: figuresAsShapes,
    format: 'png',
    altText: 'An abstract chart: two coloured hills, a rising white line and a row of bars, without figures.',
    caption: 'Illustration.',
    credit: { creatorName: 'Kenji Aldous', agency: 'Dateline Graphics', category: 'STAFF' },
    taken: days(-40),
    ...ours,
  },
  {
    key: 'concert',
    draw: concertCrowd,
    format: 'jpeg',
    altText:
      'A singer with a raised arm between two guitarists on a stage in coloured light, seen over the heads of a crowd.',
    caption: 'Ida Morrow at the Harbour Sounds festival.',
    credit: { creatorName: 'Noor Castell', category: 'FREELANCE', original: 'Noor Castell for Dateline' },
    copyrightNotice: '© Noor Castell',
    copyrightHolder: 'Noor Castell',
    rights: { syndicatable: false, embeddable: true },
    locationShown: 'Fish hall, Port Almery',
    focalPoint: { x: 0.49, y: 0.5 },
    taken: days(-1),
  },
  {
    key: 'ferry',
    draw: shipsInStrait,
    format: 'jpeg',
    altText:
      'A white ferry with a red funnel on a blue sea, a freighter behind it and a green cliff to the right.',
    caption: 'Ships in the Strait of Orrin.',
    credit: {
      creatorName: 'Jun Sato',
      agency: 'Northwire',
      provider: 'Pressgate',
      category: 'WIRES',
      original: '(Jun Sato/Northwire via Pressgate)',
    },
    copyrightNotice: '© Northwire. All rights reserved.',
    rights: { syndicatable: false, embeddable: false },
    locationShown: 'Strait of Orrin',
    focalPoint: { x: 0.55, y: 0.65 },
    taken: days(-1),
  },
  {
    key: 'port',
    draw: containerPort,
    format: 'jpeg',
    altText:
      'Two red cranes unload a container ship at a quay; a lorry passes in front of stacked containers.',
    caption: 'The container terminal of Port Almery.',
    credit: { agency: 'Harborstock', category: 'STOCK' },
    copyrightNotice: '© Harborstock',
    rights: { syndicatable: false, embeddable: true, licence: 'https://harborstock.example.com/licence' },
    locationShown: 'Port Almery',
    taken: days(-400),
  },
  {
    key: 'library',
    draw: readingRoom,
    format: 'jpeg',
    altText:
      'A reading room with tall bookcases, green lamps and four readers in front of a large arched window.',
    caption: 'The reading room of the city library.',
    locationShown: 'Lantern Street, Port Almery',
    focalPoint: { x: 0.5, y: 0.7 },
  },
  {
    key: 'viaduct',
    draw: viaductAtDaybreak,
    format: 'jpeg',
    altText:
      'A green train with a red engine crosses a high stone viaduct in front of misty mountains at sunrise.',
    caption: 'The morning train on the Sorrel line.',
    credit: { creatorName: 'Yusra Haddad', agency: 'Dateline', category: 'STAFF' },
    locationShown: 'Upper Sorrel, Velmora',
    focalPoint: { x: 0.7, y: 0.6 },
    taken: days(-12),
    ...ours,
  },
  {
    key: 'crossing',
    draw: () => crossing(0.3, 1.5),
    format: 'jpeg',
    altText: 'An old ferry sails towards a lighthouse at dusk; a person on the quay waves.',
    caption: 'The last crossing of the Marigold.',
    credit: staff('Mara Quist'),
    locationShown: 'Old Quay, Port Almery',
    focalPoint: { x: 0.45, y: 0.68 },
    taken: days(-1),
    ...ours,
  },
];
