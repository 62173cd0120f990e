/** The card of an article in an embed, made by the server and drawn in the browser: text only, no HTML. */

export interface Card {
  /** The URL of the article. */
  url: string;
  headline: string;
  /** The kicker, or else the name of the section. */
  kicker: string;
  /** The sentence or two below it. */
  standfirst: string | null;
  byline: string | null;
  /** The credit that must be shown with the article. */
  source: string;
  /** BCP 47. */
  lang: string;
  dir: 'ltr' | 'rtl';
  /** In ISO 8601, and formatted in the article's language. */
  date: Moment | null;
  readingTime: Moment;
  /** "For members", in the article's language, when the article is not free. */
  gate: string | null;
  /** Only a picture with the right to embed it. */
  picture: CardPicture | null;
}

export interface Moment {
  iso: string;
  text: string;
}

export interface CardPicture {
  /** The small rendition; `srcset` has a large one too. */
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
  /** The page on the site with the same content. */
  url: string;
  cards: Card[];
}
