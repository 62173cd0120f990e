/** Responsive pictures with reserved space and their credit. */

export interface ShownPicture {
  creditText: string;
  width: number;
  height: number;
  srcset: string;
}

interface PictureProps {
  image: ShownPicture;
  alt: string | null;
  /** The `sizes` attribute. */
  sizes: string;
  caption?: string | null;
  showsCredit?: boolean;
  /** The main picture of the page, with high fetch priority. */
  isLead?: boolean;
  class?: string;
}

/** A figure with "Caption. (Credit)" below. */
export function Picture({ caption, showsCredit = true, class: name, ...rest }: PictureProps) {
  return (
    <figure class={name}>
      <Img {...rest} />
      {(caption || showsCredit) && (
        <figcaption>
          {caption && `${sentence(caption)} `}
          {showsCredit && <span class="credit">({rest.image.creditText})</span>}
        </figcaption>
      )}
    </figure>
  );
}

/** The picture without a caption. */
export function Img({
  image: { srcset, width, height },
  alt,
  sizes,
  isLead = false,
}: Pick<PictureProps, 'image' | 'alt' | 'sizes' | 'isLead'>) {
  const urgency = isLead ? ({ fetchpriority: 'high' } as const) : ({ loading: 'lazy' } as const);
  return (
    <img
      {...{ srcset, sizes, width, height }}
      src={candidate(srcset, 640)}
      alt={alt ?? ''}
      decoding="async"
      {...urgency}
    />
  );
}

/** The address in a srcset of the first picture at least so wide, else of the widest. */
export function candidate(srcset: string, least: number): string {
  const found = srcset.split(', ').map((one) => one.split(' '));
  const [url = ''] =
    found.find(([, width = '']) => Number.parseInt(width, 10) >= least) ?? found.at(-1) ?? [];
  return url;
}

const sentence = (text: string) => (/[.!?…”"»]$/.test(text) ? text : `${text}.`);
