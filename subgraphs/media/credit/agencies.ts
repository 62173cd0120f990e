/** Names of agencies, picture libraries and sites, which identify a text as a credit. */
import type { SourceCategory } from '../content.ts';

export interface Agency {
  /** The name to show to readers. */
  name: string;
  category: SourceCategory;
  /** Whether it distributes the pictures of others; it is then the provider, not the agency. */
  isProvider: boolean;
  /** Whether it is a brand within a library, shown beside the name of the contributor. */
  isCollection: boolean;
  /** Whether anybody can contribute, under any name. */
  isOpen: boolean;
}

/** Each line has the name to show, then other spellings, including misspellings found in exports. */
const libraries = `Getty Images|Getty|Getty Images Europe|Getty Images North America|Getty Images AsiaPac|ゲッティイメージズ|ゲッティ
Getty Images Plus|Getty Plus
Thinkstock|Thinksotck|Thinksock|Thinkstock Photos|Thinkstock Images
Shutterstock|Shutterstock.com|Shutterstock Editorial
Adobe Stock|stock.adobe.com|AdobeStock
Fotolia|Fotolia.com
Alamy|Alamy Stock Photo|Alamy Stock Photos|Alamy Live News|Alamy.com|Alamy Stock Vector
Dreamstime|Dreamstime.com
Depositphotos|Depositphotos.com
123RF|123rf.com
Bigstock|Bigstockphoto
Freepik|freepik.com
Canva|Canva.com
Corbis|Corbis Images
IMAGO|IMAGO Images|imago-images
Everett Collection
Bridgeman Images|Bridgeman
Science Photo Library
Mary Evans Picture Library|Mary Evans
Profimedia
Panthermedia
PIXTA|ピクスタ
PhotoAC|写真AC`;
const open = `Unsplash|unsplash.com
Pexels|pexels.com
Pixabay|pixabay.com`;
const others = `Wikimedia Commons|Wikimedia|Wikicommons|commons.wikimedia.org|Вікісховище|Викисклад|ウィキメディア・コモンズ|维基共享资源
Flickr|flickr.com
Wikipedia|wikipedia.org|Вікіпедія|Википедия`;
const distributors = `picture alliance|picture-alliance`;
const collections = `iStock|iStockphoto|iStockphoto.com|iStock Photo|iStock.com
iStock Editorial
Hemera|Hemera Technologies
PhotoObjects.net
Zoonar
Digital Vision|DigitalVision
Photodisc
Stockbyte
Wavebreak Media
Purestock
Ingram Publishing
E+`;
const wires = `AP|AP Photo|AP Photos|AP Images|Associated Press|The Associated Press|美联社|美聯社
AFP|AFP Photo|Agence France-Presse|法新社|فرانس برس|أ ف ب|أ.ف.ب|АФП|AFP時事
Reuters|Reuters Photo|路透社|路透|ロイター|رويترز|רויטרס|Рейтер|Рейтерс|로이터
Bloomberg|Bloomberg News
PA|PA Wire|PA Media|PA Images|Press Association|Press Association Images
dpa|dpa picture alliance|dpa-Zentralbild|dpa/picture-alliance
EPA|EPA-EFE|epa/efe|European Pressphoto Agency
EFE|Agencia EFE
ANSA
ANP
AGI
APA
APA-Images
Belga|Belga Photo|Belga Image
Ritzau|Ritzau Scanpix
Scanpix
NTB|NTB Scanpix
TT|TT Nyhetsbyrån
Keystone|Keystone-SDA
Lehtikuva
PAP|Polska Agencja Prasowa
CTK|ČTK
MTI|MTI Fotó
Lusa|Agência Lusa
Agência Brasil
Folhapress
Estadão Conteúdo
Europa Press
LaPresse
Télam
Xinhua|Xinhua News Agency|新华社|新華社
China News Service|CNS|中新社
VCG|Visual China Group|视觉中国
CNA|中央社
Kyodo|Kyodo News|共同通信|共同通信社|共同社|共同
Jiji Press|時事|時事通信|時事通信社
Yonhap|Yonhap News|연합뉴스
Newsis|뉴시스
TASS|ТАСС|ИТАР-ТАСС
RIA Novosti|РИА Новости
Sputnik|Спутник
Interfax|Интерфакс
Kommersant|Коммерсантъ
Ukrinform|Укрінформ
UNIAN|УНІАН|УНИАН
Global Images Ukraine
UPI
AAP|AAP Image|AAP Images
The Canadian Press|Canadian Press|CP
Anadolu|Anadolu Agency|Anadolu Images|Anadolu Ajansı|الأناضول
DHA
İHA
PTI|Press Trust of India
ANI
IANS
NurPhoto
SOPA Images
LightRocket
ZUMA Press|ZUMA Wire|ZUMA|ZUMAPRESS.com|ZUMA Press Wire|ZUMA Press, Inc.
Sipa|Sipa USA|SIPA Press
Abaca|Abaca Press|Abacapress|Abacapress.com
MaxPPP
Hans Lucas
Magnum Photos|Magnum
Aflo|アフロ
Redux|Redux Pictures
Polaris|Polaris Images
Panos Pictures
VII Photo
laif
Ostkreuz
Gamma-Rapho
Hulton Archive
Universal Images Group|Universal History Archive
MediaNews Group
Icon Sportswire
Future Publishing
ullstein bild
Mirrorpix
Popperfoto
Bettmann
Tribune News Service|TNS
WireImage|WireImage.com
FilmMagic
Invision
Imagn Images|Imagn
USA TODAY Sports|USA TODAY Sports Images|USA TODAY NETWORK
Action Images
Rex Features
REX
REX Shutterstock|Rex/Shutterstock
Barcroft|Barcroft Media|Barcroft Images
Splash News|Splash
BACKGRID
Allstar|Allstar Picture Library
CNP|Consolidated News Photos
Cal Sport Media
CSM
The New York Times|New York Times|NYT
The Washington Post|Washington Post
CBS Photo Archive
Contrasto
Agerpres
Al Jazeera`;
const sites = `YouTube|YouTube.com
Instagram
Facebook
Twitter
TikTok
Telegram
Vimeo`;

const agencies: ReadonlyMap<string, Agency> = new Map([
  ...entriesOf(libraries, 'STOCK', { isProvider: true }),
  ...entriesOf(open, 'STOCK', { isProvider: true, isOpen: true }),
  ...entriesOf(others, 'OTHER', { isProvider: true, isOpen: true }),
  ...entriesOf(distributors, 'WIRES', { isProvider: true }),
  ...entriesOf(collections, 'STOCK', { isCollection: true }),
  ...entriesOf(wires, 'WIRES'),
  ...entriesOf(sites, 'OTHER', { isOpen: true }),
]);

/** Ambiguous names, which count as an agency only beside another name. */
const ambiguous = new Set(
  `pa ap epa aap e+ imago keystone efe anp belga tt apa cp cns cna aa dha iha ani agi abaca laif redux rex splash polaris pap mti uni csm cnp
  tns bloomberg sputnik canva contrasto invision allstar bettmann lusa 共同 時事 bridgeman corbis imagn scanpix csm interfax kommersant
  futurepublishing aljazeera thenewyorktimes newyorktimes nyt thewashingtonpost washingtonpost youtube instagram facebook twitter tiktok
  telegram vimeo wikipedia wikimedia magnum aflo`.split(/\s+/),
);

/** The agency or library with this name. */
export function agencyNamed(text: string): Agency | undefined {
  // La Presse is a newspaper in Montréal; LaPresse is an agency in Turin.
  if (text.length > 60 || /^la presse$/i.test(text.trim())) return undefined;
  const agency = agencies.get(key(text));
  // A name in a script other than Latin is shown as written.
  return agency && !/\p{Script=Latin}/u.test(text) ? { ...agency, name: text.trim() } : agency;
}

/** Whether an agency's name is unambiguous, even without another name beside it. */
export function isUnmistakable(text: string): boolean {
  return agencyNamed(text) !== undefined && !ambiguous.has(key(text));
}

const acronyms = 'NASA|NOAA|USGS|USDA|NIST|CDC|FEMA|ESA|CERN|NIH|FDA|GSA|NARA|FTC|JPL|UNICEF';
const service =
  'Department|Air Force|Army|Navy|Marine Corps|Coast Guard|Geological Survey|Census Bureau|Customs';
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
  return bodies.exec(text.trim().slice(0, 120))?.[0];
}

function entriesOf(
  list: string,
  category: SourceCategory,
  { isProvider = false, isCollection = false, isOpen = false } = {},
): [string, Agency][] {
  return list.split('\n').flatMap((entry) => {
    const spellings = entry.split('|');
    const agency: Agency = { name: spellings[0] as string, category, isProvider, isCollection, isOpen };
    return spellings.map((spelling): [string, Agency] => [key(spelling), agency]);
  });
}

function key(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}+]/gu, '');
}
