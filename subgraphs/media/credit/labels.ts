/** Labels that introduce a credit: "Photo:", "Foto de", "Фото:", "写真：". */

export type LabelKind =
  /** "Photo:", "Credit:": a name follows. */
  | 'label'
  /** "photo by": the creator follows. */
  | 'by'
  /** "Courtesy of": the donor follows. */
  | 'courtesy'
  /** "©". */
  | 'copyright'
  /** "Foto de", "Photo", "By", "File:": needs further evidence. */
  | 'weak';

export interface Label {
  kind: LabelKind;
  /** The text after the label. */
  rest: string;
  /** A name before the label: "U.S. Air Force" in "U.S. Air Force photo by". */
  prefix?: string;
  /** "By" alone. */
  isByline?: boolean;
  /** "Provided by" without a picture word, which also occurs in sentences. */
  isProvided?: boolean;
  /** Whether the label refers to a picture instead of a film, a map or a source. */
  isOfPicture?: boolean;
  /** Whether the label says that staff made the picture. */
  isStaff?: boolean;
  /** Whether the label says that the picture was handed out. */
  isHandout?: boolean;
}

/** Words for pictures and their makers, in the languages of the press. */
const nouns = `photos? photographs? photography charts? art renderings? animations? photographers? pictures? pics? images? illustrations? illustrators? graphics? graphic artworks? artist
  infographics? screenshots? screengrabs? stills? videos? footage cartoons? collages? composite drawings? maps?
  photographies? clichés? dessins? infographies? visuels? illustrateur photographe
  fotos? fotografien? fotograf(?:in|en)? bild(?:er)? aufnahmen? grafik(?:en)? zeichnung(?:en)? archiv(?:fotos?|bild) symbol(?:foto|bild) titel(?:foto|bild) luftbild presse(?:foto|bild) handyfoto
  fotografías? imágenes imagen fotógraf[oa]s? ilustración(?:es)? gráficos? infografía vídeos?
  imagens imagem fotografias? fotógraf[oa] ilustraç(?:ão|ões) arte
  immagin[ei] fotografi[ae] fotografo illustrazion[ei]
  foto['’]s beeld(?:en)? afbeelding(?:en)? fotografe illustratie
  fot zdjęci[ea] ilustracj[ae] grafika fotografia
  fotó fotók kép képek fotografii imaginea snímek
  fotoğraf(?:lar)? görsel fotoğrafı
  фото світлин[аи] зображення ілюстраці[яї] фотографія фотографії знімок скріншот колаж фотограф
  фотографи[яи] изображени[ея] иллюстраци[яи] снимок снимки снимка скриншот коллаж
  φωτογραφία φωτογραφίες φωτό? εικόνα
  bilder arkivbild arkivfoto billede billeder bilde illustrasjon illustration fotografi pressfoto pressbild
  kuva kuvat valokuva valokuvaaja kuvaaja mynd ljósmynd pilt attēls nuotr nuotrauka
  تصوير صورة الصورة الصور صور عدسة عکس عکاس تصویر
  צילום צילומים תמונה תמונות צלם צלמת איור
  फोटो तस्वीर छवि ছবি புகைப்படம் படம் ภาพ ภาพถ่าย ภาพโดย ภาพจาก ảnh gambar`;

/** Words for "credit" or "source", alone or after a picture word. */
const credits = `credits? credit line sources? copyright courtesy attribution
  crédits? crédito créditos crediti credito creditos
  quelle bildquelle fotoquelle bildnachweis fotonachweis bildrechte fotocredit bildcredit bildautor nachweis urheber rechte
  fuente fonte autor autora autore autorka auteur bron fotobron źródło zdroj forrás sursa sursă kaynak
  джерело источник автор авторка източник авторство πηγή källa kilde lähde heimild
  المصدر مصدر منبع קרדיט באדיבות מקור साभार स्रोत সূত্র เครดิต เครดิตภาพ nguồn sumber`;

const byWords = `by par von door przez от від per bởi oleh автор taken shot made captured created`;
/** Words that mean both "by" and "of". */
const ofWords = `de di da do van av af z`;

const alternatives = (words: string) => words.trim().split(/\s+/).join('|');
const edge = '(?![\\p{L}\\p{M}\\p{N}])';
const noun = `(?:${alternatives(nouns)})`;
const credit = `(?:${alternatives(credits)})`;
const qualifier =
  '(?:official|file|archive|stock|handout|cover|header|staff|courtesy|contributed|submitted|supplied|undated|aerial|drone|lead|featured?|banner|hero|thumbnail|mandatory|original|screen|press|promotional|publicity|top|main|inset|composite|pool|media|words and|text and|story and|video and|photos and|report and)';
const sign = '(?:\\s*(?::|=|©|\\(c\\)|\\.\\.\\.|…)\\s*(?:©|\\(c\\)|by\\b|par\\b)?|\\s*©)';
const joint = '(?:\\s+(?:and|&|et|und|y|e)\\s+[\\p{L}]{3,20})?';

const forms: [form: RegExp, kind: LabelKind][] = [
  // "Photo credit: X", "Crédit photo : X", "Image: X", "Photo (c) X".
  [
    new RegExp(
      `^(?:${qualifier}\\s+)*${noun}${joint}(?:\\s*[/-]?\\s*(?:${credit}|${noun}|caption))?(?:\\s+(?:by|de|der|von|photo|foto|za|za foto|to))?${sign}`,
      'iu',
    ),
    'label',
  ],
  [
    new RegExp(
      `^(?:${qualifier}\\s+)*(?:${credit})(?:\\s+(?:${noun}|line|zdjęcia|фото|photo))?${sign}`,
      'iu',
    ),
    'label',
  ],
  // "IMAGE SOURCE, X".
  [
    /^(?:image (?:source|credit|copyright),|image copyright|(?:photo|image) credit should read)\s*/iu,
    'label',
  ],
  // "Photo courtesy of X", "Image provided by X".
  [
    new RegExp(
      `^(?:(?:${qualifier}\\s+)*${noun}\\s+)?(?:(?:is |are )?(?:kindly )?(?:provided )?(?:by )?courtesy(?:\\s+of${edge}|:)?|provided by|supplied by|submitted by|contributed by|handout(?:\\s+(?:by|from)|:)|cortesía(?: de|:)?|cortesia(?: de|:)?|avec l['’]aimable autorisation d[eu]|mit freundlicher genehmigung (?:von|des|der)|per gentile concessione di|надано|предоставлено|באדיבות)\\s+`,
      'iu',
    ),
    'courtesy',
  ],
  // "Photo by X", "Foto: von X", "Photographs taken by X".
  [
    new RegExp(
      `^(?:${qualifier}\\s+)*${noun}${joint}(?:\\s+(?:${credit}|editing|design|taken|shot|made|captured|created|réalisée?|tomada|tirada|scattata|zrobione))?(?:\\s+|\\s*[-/]\\s*)(?:${alternatives(byWords)})${edge}:?\\s*`,
      'iu',
    ),
    'by',
  ],
  // "© 2024 X", "Copyright X".
  [
    /^(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s+)?(?:by\s+)?/iu,
    'copyright',
  ],
  [/^copyright(?::\s*|\s+(?:\d{4},?\s+|by\s+))(?:by\s+)?/iu, 'copyright'],
  // "攝：X" and similar labels, which follow a caption without a space.
  [
    /^(?:图片来源|圖片來源|图片提供|圖片提供|供图|供圖|图源|圖源|图片|圖片|图|圖|照片|摄影|攝影|摄|攝|来源|來源|写真提供|画像提供|写真|撮影者|撮影|画像|提供|出典|イラスト|사진제공|사진출처|사진|출처|이미지|촬영|제공|자료)\s*[:=/]\s*/u,
    'label',
  ],
  [/^(?:写真提供|画像提供|사진|제공|사진제공)(?:は|・|／|\/|\s)\s*/u, 'weak'],
  // "Foto de X", "Photo X", "Fot. X": X is the subject or the creator.
  [new RegExp(`^(?:${qualifier}\\s+)*${noun}\\s+(?:${alternatives(ofWords)})${edge}\\s*`, 'iu'), 'weak'],
  [new RegExp(`^(?:${qualifier}\\s+)*(?:${noun})(?:\\.|\\s*[-–—/])?\\s+`, 'iu'), 'weak'],
  [new RegExp(`^(?:(?:${noun})\\s+)?(?:${credit})\\s+`, 'iu'), 'weak'],
  [/^(?:by|file|files|archive|inset)(?::\s*|\s+[-–—]\s+|\s+)/iu, 'weak'],
];

/** Removes the year of a copyright: "2018 X", "X 2018". */
const withoutYear = (rest: string): string =>
  rest.replace(/^\d{4},?\s+(?=\p{L})/u, '').replace(/(?<=\p{L}) (?:19|20)\d{2}\.?$/u, '');

/** The label at the start of a text. */
export function labelAt(text: string): Label | undefined {
  for (const [form, kind] of forms) {
    const match = form.exec(text);
    if (!match || match[0].length >= text.length) continue;
    return {
      kind,
      rest: withoutYear(text.slice(match[0].length)),
      isProvided: /^(?:provided|supplied|submitted|contributed)\b/i.test(text),
      isOfPicture:
        /^(?:(?:staff|file|official|courtesy|handout) )?(?:photo|foto|image|imag|bild|credit|crédit|copyright|mandatory|фото|світлин|снимок|kuva|zdjęci|fot|picture|görsel|תמונה|צילום|صورة|تصوير|©|\(c\)|\p{Lo})/iu.test(
          text,
        ),
      isByline: /^by\b/i.test(text),
      isStaff: /^staff\b/i.test(text),
      isHandout: /^(?:handout|courtesy|contributed|submitted|supplied)\b/i.test(text) || kind === 'courtesy',
    };
  }
  return undefined;
}

const inner =
  /\s+(?:official\s+|staff\s+|file\s+|handout\s+|pool\s+)?(?:photos?|photographs?|images?|pictures?|illustrations?|graphics?|videos?|фото)\s+(?:courtesy of|by|par|von)\s+/iu;

/** A label after a name: "U.S. Air Force photo by X". */
export function labelWithin(text: string): Label | undefined {
  const match = inner.exec(text.slice(0, 120));
  if (!match || match.index === 0) return undefined;
  return { kind: 'by', prefix: text.slice(0, match.index), rest: text.slice(match.index + match[0].length) };
}

/** The first words of labels, for a quick check. */
const starts = new RegExp(
  `^(?:${noun}|${credit}|${qualifier}|${alternatives('by file files provided supplied handout mandatory image cortesía cortesia avec mit per')}|©|\\(c\\)|[图圖摄攝照写撮提出来來供사제출이촬자画イ])`,
  'iu',
);
const labelStarts = new Map<string, boolean>();
const mostLabelStarts = 2000;

export function mayBeLabel(text: string): boolean {
  const word = /^[\p{L}\p{M}'’]{1,24}/u.exec(text.slice(0, 24))?.[0] ?? text.slice(0, 3);
  let isStart = labelStarts.get(word);
  if (isStart === undefined) {
    if (labelStarts.size >= mostLabelStarts) labelStarts.clear();
    isStart = starts.test(text.slice(0, 40));
    labelStarts.set(word, isStart);
  }
  return isStart;
}

const position =
  /^(?:from )?(?:(?:top|bottom|upper|lower|far|middle|center|centre)[ -]?)?(?:left|right|top|bottom|above|below|middle|center|centre|main|inset|links|rechts|oben|unten|à gauche|à droite|izquierda|derecha|зліва|справа|ліворуч|праворуч|слева|clockwise from [a-z -]{3,20})(?: to right)?\s*:\s*/iu;

/** Removes a position such as "Left:" from the start; undefined if there is none. */
export function afterPosition(text: string): string | undefined {
  const match = position.exec(text.slice(0, 60));
  return match ? text.slice(match[0].length) : undefined;
}
