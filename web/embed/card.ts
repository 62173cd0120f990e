/** What an embed shows of a story, as the server writes it and the browser draws it: all text, never HTML. */

export interface Card {
  /** Where the story can be read. */
  url: string;
  headline: string;
  /** The word or two above the headline; the name of its section where it has none. */
  kicker: string;
  /** The sentence or two below it. */
  standfirst: string | null;
  byline: string | null;
  /** Whom to name wherever the story is shown. */
  source: string;
  /** BCP 47. */
  lang: string;
  dir: 'ltr' | 'rtl';
  /** By ISO 8601, and in the words of the story's language. */
  date: Moment | null;
  readingTime: Moment;
  /** "For members", in the story's language, where not everybody may read the whole of it. */
  gate: string | null;
  /** Only one that may stand on another site. */
  picture: CardPicture | null;
}

export interface Moment {
  iso: string;
  text: string;
}

export interface CardPicture {
  /** The small one; `srcset` names a large one too. */
  src: string;
  srcset: string;
  width: number;
  height: number;
  alt: string;
  /** Never empty. */
  credit: string;
}

export interface CardList {
  title: string;
  /** Where our own site has the same. */
  url: string;
  cards: Card[];
}
