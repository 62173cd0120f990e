/** The agencies, picture libraries and public bodies whose names show that a text is a credit. */
import type { SourceCategory } from '../content.ts';

export interface Agency {
  /** As readers should see it. */
  name: string;
  category: SourceCategory;
  /** Whether it passes on the pictures of others: then it is the provider, not the agency. */
  isProvider: boolean;
}

/** The name to show, then other spellings, the wrong ones that exports hold among them. */
const libraries = [
  'Getty Images|Getty',
  'Getty Images Plus|Getty Plus',
  'Thinkstock|Thinksotck|Thinksock|Thinkstock Photos|Thinkstock Images',
  'Shutterstock|Shutterstock.com',
  'Adobe Stock|stock.adobe.com',
  'Fotolia',
  'Alamy|Alamy Stock Photo|Alamy Live News',
  'Dreamstime|Dreamstime.com',
  'Depositphotos',
  '123RF|123rf.com',
  'Bigstock|Bigstockphoto',
  'Unsplash|unsplash.com',
  'Pexels|pexels.com',
  'Pixabay|pixabay.com',
  'Freepik|freepik.com',
  'Corbis|Corbis Images',
  'IMAGO|IMAGO Images',
];
const collections = [
  'iStock|iStockphoto|iStockphoto.com|iStock Photo|iStock.com',
  'iStock Editorial',
  'Hemera|Hemera Technologies',
  'PhotoObjects.net',
  'Zoonar',
  'Digital Vision|DigitalVision',
  'Photodisc',
  'Stockbyte',
  'Wavebreak Media',
  'Purestock',
  'Ingram Publishing',
  'E+',
];
const wires = [
  'AP|AP Photo|AP Photos|Associated Press|The Associated Press',
  'AFP|AFP Photo|Agence France-Presse',
  'Reuters|Reuters Photo',
  'Bloomberg|Bloomberg News',
  'PA|PA Wire|PA Media|PA Images|Press Association',
  'dpa|dpa picture alliance',
  'picture alliance',
  'EPA|EPA-EFE',
  'EFE',
  'ANSA',
  'ANP',
  'Belga',
  'Ritzau|Ritzau Scanpix',
  'Keystone',
  'Lehtikuva',
  'Xinhua',
  'Kyodo|Kyodo News',
  'Yonhap',
  'TASS',
  'UPI',
  'AAP',
  'The Canadian Press|Canadian Press',
  'Anadolu|Anadolu Agency|Anadolu Images',
  'NurPhoto',
  'SOPA Images',
  'LightRocket',
  'ZUMA Press|ZUMA Wire|ZUMA',
  'Sipa|Sipa USA|SIPA Press',
  'Magnum Photos',
  'Redux|Redux Pictures',
  'The New York Times',
  'The Washington Post',
];
const commons = ['Flickr|flickr.com', 'Wikimedia Commons|Wikimedia|Wikipedia'];

const agencies = new Map<string, Agency>([
  ...named(libraries, 'STOCK', true),
  ...named(collections, 'STOCK', false),
  ...named(wires, 'WIRES', false),
  ...named(commons, 'OTHER', true),
]);

/** Letters that are a place or a word to anybody else stand for an agency only beside a name. */
const ambiguous = new Set(['pa', 'ap', 'epa', 'aap', 'e+', 'imago', 'keystone', 'efe', 'anp', 'belga']);

/** The agency or library of that name. */
export function agencyNamed(text: string): Agency | undefined {
  return agencies.get(key(text));
}

/** Whether a name alone, with nothing beside it, is an agency and nothing else. */
export function standsAlone(text: string): boolean {
  return agencyNamed(text) !== undefined && !ambiguous.has(key(text));
}

const acronyms = 'NASA|NOAA|USGS|USDA|NIST|CDC|FEMA|ESA|CERN|NIH|FDA|GSA|NARA|FTC|JPL|UNICEF';
const service = 'Department|Air Force|Army|Navy|Marine Corps|Coast Guard|Geological Survey|Census Bureau';
const institution =
  'Archives|Park Service|Institutes? of|Science Foundation|Weather Service|Museum of|Oceanic|Aeronautics';
const bodies = new RegExp(
  `^(?:(?:${acronyms})(?![\\p{L}\\p{N}’'])|(?:U\\.?S\\.?|United States) (?:${service})\\b|National (?:${institution})\\b|` +
    'Library of Congress\\b|Smithsonian\\b|(?:The )?White House\\b|Department of [A-Z]|' +
    'Centers for Disease Control|European Space Agency|Crown copyright)',
  'u',
);

/** The public body that a text starts with, such as "NASA" in "NASA Wallops Flight Facility". */
export function publicBodyIn(text: string): string | undefined {
  return bodies.exec(text.trim())?.[0];
}

function named(entries: readonly string[], category: SourceCategory, isProvider: boolean) {
  return entries.flatMap((entry) => {
    const spellings = entry.split('|');
    const agency: Agency = { name: spellings[0] as string, category, isProvider };
    return spellings.map((spelling) => [key(spelling), agency] as const);
  });
}

function key(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}+]/gu, '');
}
