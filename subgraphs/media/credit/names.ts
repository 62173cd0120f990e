/** Classifies a part of a credit by its form: a person, an organisation, a user name, or a role. */
import { agencyNamed, publicBodyIn } from './agencies.ts';

const particles = new Set(
  `de da do dos das di du del della dell' dello degli der den dem des van von vom zu zum zur ten ter la le les lo el al bin bint ibn y e i
  of the and & for und et en og och ve ja a the d' st aus auf am im an der und til av af tot op bij του της των де фон ван та и й и`.split(
    /\s+/,
  ),
);
const joiners = new Set([
  'and',
  '&',
  'und',
  'et',
  'y',
  'e',
  'i',
  'og',
  'och',
  'en',
  've',
  'ja',
  'та',
  'і',
  'и',
  '和',
  '및',
  '+',
]);

/** Roles and ways in which a picture was obtained, which are not names. */
const roles = new Set(
  `handout|handouts|handout photo|handout image|hand-out|hand out|stringer|str|staff|staff photo|staff photographer|staff writer|staff photojournalist|staff file photo|contributor|contributed|contributed photo|contributed photos|contributed image
  |pool|pool photo|pool photos|pool photographer|press pool|file|file photo|file photos|file picture|file image|file pic|files|archive|archives|archive photo|archive picture|archiv|archivo|arquivo|archivio|archief|архив|архів|stock photo|stock image|stock
  |courtesy|courtesy photo|courtesy photos|courtesy image|courtesy picture|submitted|submitted photo|submitted photos|supplied|supplied photo|supplied image|provided|provided photo|photo provided|photo submitted|photo supplied|released|publicity photo|publicity image|publicity
  |video screengrab|tv screengrab|posed by model|posed by models|models
  |photographer|photojournalist|photo|photos|image|images|picture|pictures|composite|screengrab|screenshot|screen grab|screen shot|own work|own photo|self|self-photographed|work by uploader|see page for author|unknown author|author unknown|unknown|unknown photographer|anonymous|n/a|none|editorial|live news
  |privat|private|privé|privatfoto|privat foto|private photo|privatarchiv|archivfoto|archivbild|symbolbild|symbolfoto|handout-foto|pressefoto|pressebild|freie redaktion|agence|fournie|photo fournie|dr|d.r.|droits réservés|tous droits réservés|photo d'archives|archives photo
  |divulgação|reprodução|reprodução/internet|acervo pessoal|arquivo pessoal|cortesía|redes sociales|archivo personal|cedida|captura de pantalla|internet|social media|per gentile concessione|dal web|web|eigen foto|eigen beeld|materiały prasowe|mat. prasowe|archiwum prywatne|archiwum
  |відкриті джерела|з відкритих джерел|фото з відкритих джерел|ілюстративне фото|особистий архів|скріншот|из открытых источников|открытые источники|личный архив|скриншот|пресс-служба|пресслужба|пресс-фото|соцсети|соцмережі
  |arkiv|arkivfoto|pressfoto|pressbild|pressefoto|handout/ritzau|arkivbild|arkisto|kuvituskuva|özel arşiv|arşiv|yedek|ארכיון|أرشيف|أرشيفية|资料图片|資料圖片|资料图|資料照|資料写真|网络图片|網路圖片|자료사진|자료 사진|무단 전재 및 재배포 금지|独家`
    .split('|')
    .map((it) => it.trim().replace(/\s+/g, ' ')),
);

export function isRole(text: string): boolean {
  return roles.has(text.trim().toLowerCase().replace(/\.$/, ''));
}

/** Removes roles: "Navy handout" becomes "Navy"; empty if nothing is left. */
export function withoutRole(text: string): string {
  const name = text
    .trim()
    .replace(/[-–](?:pool|handout|stringer|staff|str)$/i, '')
    .replace(/^HO-/, '');
  if (isRole(name)) return '';
  const words = name.split(' ');
  const maker = words.slice(0, -1).join(' ');
  if (/^photo$/i.test(words.at(-1) as string) && (publicBodyIn(maker) || isPerson(maker))) return maker;
  for (const size of [1, 2])
    if (
      words.length > size &&
      /^(?:handout|pool|stringer|file|contributor|file photo|pool photo|staff photo|staff photographer|screenshot|screengrab)$/i.test(
        words.slice(-size).join(' '),
      ) &&
      !agencyNamed(name)
    )
      return withoutRole(words.slice(0, -size).join(' '));
  const [, before = '', inside = ''] = /^([^()]+)\(([^()]+)\)$/.exec(name) ?? [];
  if (isRole(inside)) return withoutRole(before);
  return /^handout (?:by|from|of) /i.test(name) ? name.replace(/^handout \w+ /i, '') : name;
}

/** Words that occur in the names of organisations only. */
const bodyWords = new Set(
  `office ministry agency authority department council committee commission association foundation institute institution society federation
  government parliament bros university college academy museum gallery library archive archives police sheriff sheriff's navy army coastguard
  news media press radio tv television network channel studio studios productions pictures images photos photography pics films film records
  entertainment corporation corp company inc inc. ltd ltd. llc plc gmbh ag group agence agentur agencia agenzia agência agencja agentstvo
  times tribune herald gazette chronicle courier guardian observer telegraph inquirer examiner journal bulletin sentinel dispatch advertiser
  argus economist propublica intercept npr bbc cnn oregonian ministère ministerio ministerium ministero ministério ministerstwo préfecture
  prefettura prefeitura mairie ayuntamiento gobierno gouvernement regierung rathaus stadt gemeente museo musée muzeum universität université
  universidad università universidade uniwersytet polizei policía polizia polícia politie policja policie feuerwehr verlag zeitung presse
  prensa stampa imprensa agencies bureau hospital airport harbour-authority laboratory observatory club league union embassy command
  міністерство министерство поліція полиция пресслужба пресс-служба агентство університет университет музей служба администрация
  адміністрація рада редакция редакція газета`.split(/\s+/),
);
/** Words that are also surnames or common words: an organisation's name with one has more than two words. */
const weakBodyWords = new Set(
  `house center centre bank church star sun post mail mirror record service services force guard express standard review reporter daily
  weekly magazine globe bee echo mercury citizen ledger atlantic independent register party city county trust team project fund school
  sports conference palace zoo company board lab labs works world today online interactive digital design designs art arts creative collection`.split(
    /\s+/,
  ),
);

/** Whether a text has the form of an organisation's name: a company, an office, a newspaper, an acronym. */
export function isBody(text: string): boolean {
  const name = text.trim();
  if (name.includes(':') || name.length > 90) return false;
  if (publicBodyIn(name)) return true;
  const words = name
    .toLowerCase()
    .replace(/[(),"“”]/g, '')
    .split(/\s+/);
  if (words.length > 10) return false;
  if (words.length === 1)
    return (
      isAcronym(name) ||
      /[^.]\.(?:com|org|net|io|tv|pl|de|fr|co|news)$/i.test(name) ||
      bodyWords.has(words[0] as string)
    );
  if (!isCapitalised(name, 10)) return false;
  if (/^the /i.test(name)) return true;
  if (words.some((word) => bodyWords.has(word.replace(/['’]s$|\.$/, '')))) return true;
  if (/\.(?:com|org|net|io|tv|pl|de|fr)$/i.test(name)) return true;
  // An acronym without vowels is an organisation: "BBC Scotland".
  if (/^[^\P{Lu}AEIOUYАЕИІОУЫЭЮЯЇЄ]{3,6} \p{Lu}\p{Ll}/u.test(name)) return true;
  return words.length > 2 && (words.some((word) => weakBodyWords.has(word)) || words.includes('of'));
}

/** Organisations whose name cannot be that of a person or a place. */
export function isPlainBody(text: string): boolean {
  return isBody(text) && /\s/.test(text.trim());
}

/** "ITV", "UNDRR", "18F". */
function isAcronym(word: string): boolean {
  return /^(?=.*\p{Lu})[\p{Lu}\p{N}][\p{Lu}\p{N}&.-]{1,9}$/u.test(word);
}

/** Whether each word is capitalised like a name, for parts between two names. */
export const isWrittenAsName = (text: string): boolean => isCapitalised(text.trim(), 8);

/** Whether each word begins with a capital or is in a script without case; particles and joiners may be between. */
function isCapitalised(name: string, mostWords: number): boolean {
  const words = name.split(/\s+/);
  return (
    words.length <= mostWords &&
    words.every(
      (word, place) =>
        (place > 0 && isParticle(word)) ||
        /^[("“'‘@]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(word) ||
        /^\p{Ll}['’]\p{Lu}/u.test(word),
    )
  );
}

const isParticle = (word: string): boolean =>
  particles.has(word) || (particles.has(word.toLowerCase()) && word.length < 4);

const article =
  /^(?:the|an?|le|la|les|un|une|der|die|das|ein|eine|el|los|las|il|lo|gli|het|een|this|that|these|in|on|at|from|to|with|his|her|its|their|our) /i;
const title =
  /^(?:minister|president|mayor|councillor|councilor|secretary|senator|governor|prime|premier|chancellor|king|queen|prince|princess|pope|director|editor|chief|professor|coach|captain)\b/i;
/** The last words of place names. */
const place =
  /\s(?:street|road|avenue|square|bridge|lake|river|station|airport|beach|island|harbou?r|park|bay|hill|mountain|valley|court|garden|gardens|house)$/i;

/** Two to six words of one name, or of several joined by "and": with capitals, initials, ranks, a name in brackets. */
export function isPerson(text: string): boolean {
  const name = text.trim();
  if (name.length > 90 || article.test(name) || place.test(name)) return false;
  const words = name.replace(/\(\s*/g, '(').replace(/\s*\)/g, ')').split(/\s+/);
  if (/\s(?:of|the|for|a)\s/i.test(name)) return false;
  const isWritten =
    words.length <= 9 &&
    !(words.length > 1 && particles.has((words.at(-1) as string).toLowerCase())) &&
    isCapitalised(words.join(' '), 9) &&
    words.every(isWordOfName);
  if (!isWritten) return false;
  const people = peopleIn(words);
  return (
    people.every((one) => one.length >= 1 && one.length <= 6) &&
    (people.length > 1 ? people.some((one) => one.length > 1) : words.length > 1 || isCaselessName(name))
  );
}

/** Whether a name begins with an official title: "Minister of Health". */
export const isTitled = (text: string): boolean => title.test(text.trim());

/** The number of people that a text names. */
export const countPeople = (text: string): number => peopleIn(text.trim().split(/\s+/)).length;

function peopleIn(words: readonly string[]): string[][] {
  const people: string[][] = [[]];
  for (const word of words)
    if (joiners.has(word.toLowerCase())) people.push([]);
    else people.at(-1)?.push(word);
  return people;
}

const abbreviation =
  /^(?:sgt|cpl|capt|cmdr|prof|spc|pfc|pvt|maj|col|gen|adm|lt|dr|mr|mrs|ms|jr|sr|st|ltd|inc|bros|rev|hon|sen|rep|gov|fr|ing|dipl|ens|esq|ph\.d|al)\.$/i;

function isWordOfName(word: string): boolean {
  if (isParticle(word) || joiners.has(word.toLowerCase())) return true;
  // "Snow." ends a sentence; "J.", "J.R." and "Sgt." do not. Digits occur in ranks only: "2nd Class".
  if (
    word.endsWith('.') &&
    !/^(?:\p{Lu}[.-]?)+$|^(?:\p{Lu}\p{Ll}?\.)+$/u.test(word) &&
    !abbreviation.test(word)
  )
    return false;
  if (/\d/.test(word)) return /^\d(?:st|nd|rd|th)$/i.test(word);
  return /^[(“"'‘]?[\p{L}\p{M}.'’‘`-]+[)”"'’]?,?$/u.test(word);
}

/** A name in a script without case and spaces: two to ten characters. */
function isCaselessName(name: string): boolean {
  return /^[\p{Lo}\p{M}\p{Lm}·・]{2,10}$/u.test(name);
}

/** One word in the form of a user name. */
export function isHandle(text: string): boolean {
  return /^[@\p{L}\p{N}_][\p{L}\p{M}\p{N}._@-]{0,39}$/u.test(text.trim());
}

/** A user name that is not a word of a language: with a digit, an underscore, an at sign or a capital inside. */
export function isPlainHandle(text: string): boolean {
  return isHandle(text) && /[\d_@]|\p{Ll}\p{Lu}/u.test(text) && /\p{L}/u.test(text);
}

/** "anton grachev": accepted beside a library only. */
export function isLowerName(text: string): boolean {
  return /^(?!(?:the|an?|of|in|on|at|by|from|photos?|images?|pictures?) )[\p{L}\p{M}.'’-]{2,20}(?: [\p{L}\p{M}.'’-]{1,20}){1,2}$/iu.test(
    text.trim(),
  );
}

const month =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?$|^(?:januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)$/i;

/** Dates and numbers, which are not names. */
export function isDate(text: string): boolean {
  return text
    .trim()
    .split(/[\s,.–-]+/)
    .every(
      (word) =>
        word === '' ||
        /^\d+(?:st|nd|rd|th|s)?$/i.test(word) ||
        month.test(word) ||
        /^(?:c|circa|ca|the|of)$/i.test(word),
    );
}
