/** Licences within a credit: their names and URLs. */

export interface LicenceSplit {
  /** The text without the licence and its URL. */
  text: string;
  /** The URL of the licence; undefined if it has none. */
  licence?: string;
  /** Whether the licence requires the creator's name. */
  asksForName: boolean;
  /** Whether a licence was found. */
  isLicensed: boolean;
  /** The host of a URL in the text. */
  host?: string;
}

const creativeCommons =
  /\b(?:CC|Creative Commons)[ -]?(BY(?:[ -](?:NC|ND|SA))*|0|Zero|Attribution(?:[ -](?:Non-?Commercial|No-?Deriv(?:ative)?s|Share-?Alike))*|licen[sc]e)\b(?:[ -]?(\d\.\d))?(?:[ ,-]+(?:International|Unported|Generic|Deed|licen[sc]e))*/i;
const publicDomain =
  /\b(?:public domain(?: mark)?(?: \d\.\d)?|domaine public|dominio público|domínio público|pubblico dominio|gemeinfrei)(?![\p{L}\p{N}])|суспільне надбання|общественное достояние/iu;
const others =
  /\b(?:GFDL(?: \d\.\d)?|GNU Free Documentation Licen[sc]e|OGL(?: ?v?\.? ?(\d)(?:\.\d)?)?|Open Government Licen[sc]e(?: v?(\d)(?:\.\d)?)?|(?:Pixabay|Unsplash|Pexels) licen[sc]e|FAL|Copyrighted free use|Creative Commons)(?![\p{L}\p{N}])/iu;
const address = /<?\bhttps?:\/\/([^\s<>()[\]/]{1,100})[^\s<>()[\]]*>?/i;
const introduction =
  /(?:,? ?\b(?:is |are )?(?:licen[sc]ed|used|shared|published) under(?: an?| the)?|,? ?\b(?:used )?under(?: an?| the)?)\s*$/i;

/** Removes licences and URLs from a text. */
export function withoutLicence(text: string): LicenceSplit {
  let remaining = text;
  let licence: string | undefined;
  let asksForName = false;
  let isLicensed = false;
  let host: string | undefined;
  for (let round = 0; round < 6; round += 1) {
    const matches = [creativeCommons, publicDomain, others, address].map((form) => form.exec(remaining));
    const [cc, pd, other, url] = matches;
    // URLs are removed first, since they may contain licence names.
    const first = url ?? cc ?? pd ?? other;
    if (!first) break;
    if (url) host ??= url[1]?.toLowerCase().replace(/^www\./, '');
    else if (cc) {
      licence ??= creativeCommonsAddress(cc[1] as string, cc[2]);
      asksForName ||= !/^(?:0|zero|licen)/i.test(cc[1] as string);
    } else if (pd) licence ??= 'https://creativecommons.org/publicdomain/mark/1.0/';
    else if (other) {
      licence ??= otherAddress(other[0], other[1] ?? other[2]);
      asksForName ||= !/^Creative/i.test(other[0]);
    }
    isLicensed ||= first !== url;
    const before = remaining.slice(0, first.index).replace(introduction, '');
    remaining = `${before}${first === url ? '' : ' , '}${remaining.slice(first.index + first[0].length)}`;
  }
  return {
    text: isLicensed || host !== undefined ? tidy(remaining) : text,
    ...(licence ? { licence } : {}),
    ...(host ? { host } : {}),
    asksForName,
    isLicensed,
  };
}

/** Removes the brackets and commas that a licence leaves. */
function tidy(text: string): string {
  let line = text;
  for (let before = ''; before !== line; ) {
    before = line;
    line = line.replace(/[([<][\s,]*[)\]>]/g, ' , ');
  }
  return line
    .replace(/,\s*(?=[)\]])/g, '')
    .replace(/(?:\s*,)+/g, ',')
    .replace(/,\s*([/|;·-])/g, ' $1')
    .replace(/([/|;·])\s*,/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,/|;·-]+|[\s,/|;·:-]+$/g, '');
}

function creativeCommonsAddress(name: string, version = '4.0'): string | undefined {
  if (/^licen/i.test(name)) return undefined;
  if (/^(?:0|zero)$/i.test(name)) return 'https://creativecommons.org/publicdomain/zero/1.0/';
  const terms = ['by'];
  if (/NC|Non/i.test(name)) terms.push('nc');
  if (/ND|No-?Deriv/i.test(name)) terms.push('nd');
  if (/SA|Share/i.test(name)) terms.push('sa');
  return `https://creativecommons.org/licenses/${terms.join('-')}/${version}/`;
}

function otherAddress(name: string, version = '3'): string | undefined {
  if (/^(?:OGL|Open)/i.test(name))
    return `https://www.nationalarchives.gov.uk/doc/open-government-licence/version/${version}/`;
  return /^(?:GFDL|GNU)/i.test(name) ? 'https://www.gnu.org/licenses/fdl-1.3.html' : undefined;
}
