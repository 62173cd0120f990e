/** The HTML that editors send: links to our site become root-relative, and only pictures of Media are kept. */
import { isId } from '../../store/contentId.ts';
import type { HtmlContext } from './walk.ts';

/** The base URLs of our site and of our pictures, without a trailing slash. */
export interface EditedPlaces {
  publicUrl: string;
  mediaUrl: string;
}

const longestAddress = 2_000;

export function editedContext({ publicUrl, mediaUrl }: EditedPlaces): HtmlContext {
  const pathOf = (href: string): string | undefined => {
    if (/^\/(?![/\\])/.test(href)) return href;
    return href.startsWith(`${publicUrl}/`) ? href.slice(publicUrl.length) : undefined;
  };
  const storySlug = (href: string): string | undefined => {
    const [, slug] = /^\/articles\/([^/?#]+)\/?(?:[?#].*)?$/.exec(pathOf(href.trim()) ?? '') ?? [];
    try {
      return slug === undefined ? undefined : decodeURIComponent(slug);
    } catch {
      return undefined;
    }
  };
  return {
    storySlug,
    link(href) {
      const text = href.trim();
      if (text.length > longestAddress) return undefined;
      if (/^(?:mailto|tel):[^\s<>"]+$/i.test(text)) return text;
      const path = pathOf(text);
      if (path !== undefined) return URL.canParse(path, publicUrl) ? path : undefined;
      const address = text.startsWith('//') ? `https:${text}` : text;
      const url = /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address) : undefined;
      // User info before "@" can imitate a host.
      return url && url.username === '' && url.password === '' ? url.href : undefined;
    },
    picture({ src, caption }) {
      const [, imageId = ''] = /^\/images\/([^/]+)\//.exec(belowOf(mediaUrl, src.trim()) ?? '') ?? [];
      return isId(imageId) ? { imageId: imageId.toLowerCase(), ...(caption ? { caption } : {}) } : undefined;
    },
    isOwnId: isId,
    tierId: (id) => (isId(id) ? id.toLowerCase() : undefined),
  };
}

const belowOf = (base: string, address: string) =>
  address.startsWith(`${base}/`) ? address.slice(base.length) : undefined;
