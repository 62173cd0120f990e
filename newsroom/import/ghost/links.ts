/** Resolves addresses of an export: its own stories, its old site, and other sites. */

const placeholder = '__GHOST_URL__';
const longest = 2000;

export type Links = ReturnType<typeof openLinks>;

/**
 * `siteUrl` is the address of the old site, if the export has it. `slugOf` maps a slug of the source to one of the
 * newsroom; undefined when it is no story of the export.
 */
export function openLinks({
  siteUrl,
  slugOf,
}: {
  siteUrl: string | undefined;
  slugOf: (sourceSlug: string) => string | undefined;
}) {
  const site = siteUrl?.replace(/(?<!\/)\/+$/, '');

  /** The path on the old site; undefined for other sites. */
  function ownPath(address: string): string | undefined {
    if (address.startsWith(placeholder)) return rooted(address.slice(placeholder.length));
    if (site && isBelow(address, site))
      return rooted(address.replace(/^[a-z]+:/i, '').slice(afterScheme(site).length));
    return address.startsWith('/') && !address.startsWith('//') ? address : undefined;
  }

  function storySlug(href: string): string | undefined {
    const path = ownPath(href.trim());
    const [, before = '', slug = ''] = /^((?:\/[^/?#]+)*)\/([^/?#]+)\/?(?:[?#].*)?$/s.exec(path ?? '') ?? [];
    return notStories.test(before) ? undefined : slugOf(slug);
  }

  /** An absolute http or https URL; undefined when the address cannot be one. */
  function absolute(address: string): string | undefined {
    const text = address.trim();
    const path = ownPath(text);
    const url = path === undefined ? text.replace(/^\/\//, 'https://') : site && site + path;
    if (!url || url.length > longest || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
    return new URL(url).href;
  }

  return {
    storySlug,
    absolute,

    /** The new target of a link in a story; undefined when the link cannot be kept. */
    link(href: string): string | undefined {
      const text = href.trim();
      if (text.length > longest) return undefined;
      const slug = storySlug(text);
      if (slug !== undefined) return `/articles/${slug}${/#[\w:.-]+$/.exec(text)?.[0] ?? ''}`;
      if (/^(?:mailto|tel):[^\s<>"]+$/i.test(text)) return text;
      return absolute(text);
    },

    /**
     * The source id of a picture: the same for every size and spelling of its address. Undefined without an address, as
     * for a data URL.
     */
    pictureSource(src: string): string | undefined {
      const text = src.trim();
      const path = ownPath(text);
      const address =
        path === undefined
          ? absolute(text)
          : placeholder + path.replace(/^(\/content\/images\/)size\/\w+\/(?:format\/\w+\/)?/, '$1');
      return address === undefined || address.length > longest ? undefined : `ghost:${address}`;
    },

    /** The old address of a picture; undefined when the export does not name its site. */
    pictureUrl(source: string): string | undefined {
      return absolute(source.slice('ghost:'.length));
    },
  };
}

const notStories = /^\/(?:tag|author|page|ghost|content|assets|members|rss|email)(?:\/|$)/;

function isBelow(address: string, site: string): boolean {
  const path = afterScheme(address);
  const root = afterScheme(site);
  return (
    /^(https?:)?\/\//i.test(address) &&
    (path === root || /^[/?#]/.test(path.slice(root.length))) &&
    path.startsWith(root)
  );
}

function afterScheme(address: string): string {
  return address.replace(/^[a-z]+:/i, '');
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
