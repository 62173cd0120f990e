/** A video: its poster is a link, which the script replaces by the player. */
import type { StoryPageQuery } from '../../../schema/documents.ts';
import { candidate, Img } from './picture.tsx';

export type ShownVideo = NonNullable<StoryPageQuery['videos']>['nodes'][number];

interface VideoProps {
  video: ShownVideo;
  caption?: string | null;
  sizes: string;
  isLead?: boolean;
}

export function Video({ video, caption, sizes, isLead = false }: VideoProps) {
  const { poster, headline, creditText, duration } = video;
  return (
    <figure class="video">
      <a class="facade" data-player href={video.embedUrl ?? video.contentUrl}>
        {poster && <Img image={poster} alt={poster.altText} sizes={sizes} isLead={isLead} />}
        <span class="play">
          <span class="unseen">Play video: {headline}</span>
          {duration && <span class="duration">{clock(duration)}</span>}
        </span>
      </a>
      <template>
        <Player video={video} />
      </template>
      <figcaption>
        {caption && `${caption} `}
        <span class="credit">({creditText})</span>
      </figcaption>
    </figure>
  );
}

/** The player: the file with its captions, or the provider's page in a frame. */
function Player({ video }: { video: ShownVideo }) {
  const { embedUrl, contentUrl, poster, captions, headline } = video;
  if (embedUrl) {
    return (
      <iframe
        src={embedUrl}
        title={headline}
        width="1280"
        height="720"
        allow="autoplay; fullscreen"
        sandbox="allow-scripts allow-same-origin allow-popups allow-presentation"
        referrerpolicy="strict-origin-when-cross-origin"
        allowFullScreen
      />
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: it has the captions that there are.
    <video
      src={contentUrl}
      poster={poster ? candidate(poster.srcset, 960) : undefined}
      aria-label={headline}
      width={poster?.width}
      height={poster?.height}
      controls
      playsInline
    >
      {captions.map(({ language, url }) => (
        <track key={url} kind="captions" srclang={language} label={language} src={url} />
      ))}
    </video>
  );
}

/** "PT1H2M3S" as "1:02:03"; an invalid duration unchanged. */
function clock(duration: string): string {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(duration);
  if (!found) return duration;
  const [, hours, minutes = '0', seconds = '0'] = found;
  const parts = hours === undefined ? [minutes] : [hours, minutes.padStart(2, '0')];
  return [...parts, seconds.padStart(2, '0')].join(':');
}
