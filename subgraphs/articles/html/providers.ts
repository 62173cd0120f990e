/** Embed providers: their names, and the iframe and page URLs for a URL of theirs. */

export interface EmbedFrame {
  name: string;
  /** The iframe URL as we write it. */
  source: string;
  /** The page for readers. */
  page: string;
}

type FrameOf = (address: URL) => EmbedFrame | undefined;

/** The iframe for a URL; undefined for unknown providers. */
export function frameOf(address: string): EmbedFrame | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  url.protocol = 'https:';
  const host = url.hostname.replace(/^(?:www|m)\./, '');
  return Object.hasOwn(byHost, host) ? byHost[host]?.(url) : undefined;
}

const id = /^[\w-]{6,20}$/;

function youtube(url: URL): EmbedFrame | undefined {
  const [, kind = '', rest = ''] = url.pathname.split('/');
  const params = url.searchParams;
  const playlist = listOf(params);
  const player = (path: string) => `https://www.youtube-nocookie.com/embed/${path}`;
  const frame = (source: string, page: string): EmbedFrame => ({ name: 'YouTube', source, page });
  const channel = params.get('channel') ?? '';
  if (rest === 'live_stream')
    return /^[\w-]{4,40}$/.test(channel)
      ? frame(player(`live_stream?channel=${channel}`), `https://www.youtube.com/channel/${channel}/live`)
      : undefined;
  const isPlain = url.hostname === 'youtu.be';
  const video = isPlain
    ? kind
    : kind === 'watch'
      ? (params.get('v') ?? '')
      : /^(?:embed|shorts|live|v|e)$/.test(kind)
        ? rest
        : '';
  if (id.test(video) && video !== 'videoseries') {
    const start = secondsIn(
      params.get('start') ??
        params.get('t') ??
        params.get('time_continue') ??
        new URLSearchParams(url.hash.slice(1)).get('t') ??
        '',
    );
    const end = secondsIn(params.get('end') ?? '');
    const source = new URLSearchParams({
      ...(start > 0 && { start: String(start) }),
      ...(end > start && { end: String(end) }),
      ...(playlist !== undefined && { list: playlist }),
    }).toString();
    const page = new URLSearchParams({
      v: video,
      ...(playlist !== undefined && { list: playlist }),
      ...(start > 0 && { t: `${start}s` }),
    });
    const pagePath = kind === 'shorts' ? `shorts/${video}` : `watch?${page}`;
    return frame(player(video + (source && `?${source}`)), `https://www.youtube.com/${pagePath}`);
  }
  if (playlist === undefined || !(kind === 'embed' || kind === 'playlist')) return undefined;
  return frame(player(`videoseries?list=${playlist}`), `https://www.youtube.com/playlist?list=${playlist}`);
}

function listOf(params: URLSearchParams): string | undefined {
  const list = params.get('list') ?? '';
  return /^[\w-]{2,60}$/.test(list) ? list : undefined;
}

/** "90", "90s", "1m30s", "1h2m3s" */
function secondsIn(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/.exec(text) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function vimeo(url: URL): EmbedFrame | undefined {
  const [, video, pathKey] = /^\/(?:video\/)?(\d+)(?:\/(\w+))?\/?$/.exec(url.pathname) ?? [];
  if (video === undefined) return undefined;
  // An unlisted video plays only with its key.
  const key = url.searchParams.get('h') ?? pathKey ?? '';
  const isKey = /^\w{4,40}$/.test(key);
  const start = secondsIn(new URLSearchParams(url.hash.slice(1)).get('t') ?? '');
  return {
    name: 'Vimeo',
    source: `https://player.vimeo.com/video/${video}${isKey ? `?h=${key}` : ''}${start > 0 ? `#t=${start}s` : ''}`,
    page: `https://vimeo.com/${video}${isKey ? `/${key}` : ''}`,
  };
}

/** An iframe whose URL is also the page, if the URL matches a pattern. */
const whole =
  (name: string, form: RegExp): FrameOf =>
  ({ href }) => {
    const [source] = form.exec(href) ?? [];
    return source === undefined ? undefined : { name, source, page: source };
  };

const byHost: Readonly<Record<string, FrameOf>> = {
  'youtube.com': youtube,
  'youtube-nocookie.com': youtube,
  'youtu.be': youtube,
  'vimeo.com': vimeo,
  'player.vimeo.com': vimeo,
  'slideshare.net': whole(
    'SlideShare',
    /^https:\/\/www\.slideshare\.net\/slideshow\/embed_code\/(?:key\/)?\w+/,
  ),
  'w.soundcloud.com': whole('SoundCloud', /^https:\/\/w\.soundcloud\.com\/player\/?\?[\w%.:/=&;#-]+/),
  'open.spotify.com': whole('Spotify', /^https:\/\/open\.spotify\.com\/embed(?:-podcast)?\/\w+\/\w+/),
  'embed.podcasts.apple.com': whole('Apple Podcasts', /^https:\/\/embed\.podcasts\.apple\.com\/[\w/?=&%.-]+/),
  'datawrapper.dwcdn.net': whole('Datawrapper', /^https:\/\/datawrapper\.dwcdn\.net\/\w+\/(?:\d+\/)?/),
  'flo.uri.sh': whole('Flourish', /^https:\/\/flo\.uri\.sh\/(?:visualisation|story)\/\d+\/embed/),
  'codepen.io': whole('CodePen', /^https:\/\/codepen\.io\/[\w-]+\/embed\/(?:preview\/)?\w+/),
  'embed.ted.com': whole('TED', /^https:\/\/embed\.ted\.com\/talks\/[\w/-]+/),
  'dailymotion.com': whole(
    'Dailymotion',
    /^https:\/\/www\.dailymotion\.com\/(?:embed\/video\/|player\.html\?video=)\w+/,
  ),
  'geo.dailymotion.com': whole(
    'Dailymotion',
    /^https:\/\/geo\.dailymotion\.com\/player(?:\/\w+)?\.html\?video=\w+/,
  ),
};

const namesByHost: Record<string, string> = {
  'youtube.com': 'YouTube',
  'youtu.be': 'YouTube',
  'youtube-nocookie.com': 'YouTube',
  'vimeo.com': 'Vimeo',
  'twitter.com': 'X',
  'x.com': 'X',
  'instagram.com': 'Instagram',
  'threads.net': 'Threads',
  'threads.com': 'Threads',
  'facebook.com': 'Facebook',
  'facebook.net': 'Facebook',
  'tiktok.com': 'TikTok',
  'bsky.app': 'Bluesky',
  't.me': 'Telegram',
  'telegram.org': 'Telegram',
  'reddit.com': 'Reddit',
  'redditmedia.com': 'Reddit',
  'imgur.com': 'Imgur',
  'linkedin.com': 'LinkedIn',
  'pinterest.com': 'Pinterest',
  'slideshare.net': 'SlideShare',
  'soundcloud.com': 'SoundCloud',
  'spotify.com': 'Spotify',
  'storify.com': 'Storify',
  'google.com': 'Google',
  'github.com': 'GitHub',
  'dwcdn.net': 'Datawrapper',
  'datawrapper.de': 'Datawrapper',
  'flo.uri.sh': 'Flourish',
  'flourish.studio': 'Flourish',
  'infogram.com': 'Infogram',
};

/** The provider's name for a URL, or its host. */
export function providerOf(address: string): string {
  let host = URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '';
  const fullHost = host;
  while (host.includes('.')) {
    if (Object.hasOwn(namesByHost, host)) return namesByHost[host] as string;
    host = host.slice(host.indexOf('.') + 1);
  }
  return fullHost;
}
