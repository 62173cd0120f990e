/** Renders the blocks of an article. HTML of the graph is sanitized when it is stored. */
import type { StoryPageQuery } from '../../../schema/documents.ts';
import { localPath, type Site } from '../site.ts';
import { Paywall } from './paywall.tsx';
import { Picture } from './picture.tsx';
import { Teaser } from './teaser.tsx';
import { Video } from './video.tsx';

type Story = NonNullable<StoryPageQuery['article']>;
type Block = Story['body'][number];

interface BodyProps {
  story: Pick<Story, 'slug' | 'body' | 'access'>;
  site: Site;
}

/** The blocks that the reader may see, up to the paywall. */
export function Body({ story, site }: BodyProps) {
  const { body } = story;
  const end = body.findIndex(({ __typename }) => __typename === 'PaywallBlock');
  const open = end === -1 ? body : body.slice(0, end);
  return (
    <div class="body">
      {open.map((block) => (
        <OneBlock key={block.id} block={block} site={site} />
      ))}
      {end !== -1 && <Paywall story={story} site={site} />}
    </div>
  );
}

const sizes = '(min-width: 48rem) 42rem, 100vw';

const html = (text: string) => ({ dangerouslySetInnerHTML: { __html: text } });

function OneBlock({ block, site }: { block: Block; site: Site }) {
  switch (block.__typename) {
    case 'ParagraphBlock':
      return <p {...html(block.html)} />;
    case 'HeadingBlock':
      return <Heading {...block} />;
    case 'ListBlock': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, place) => (
            <li key={place} {...html(item)} />
          ))}
        </List>
      );
    }
    case 'QuoteBlock':
      return (
        <blockquote class={block.isPullQuote ? 'pull' : undefined}>
          <p {...html(block.html)} />
          {block.citation && <cite>{block.citation}</cite>}
        </blockquote>
      );
    case 'ImageBlock': {
      const { image, altText, caption, isCreditDisplayed } = block.image;
      if (!image) return null;
      return (
        <Picture
          {...{ image, alt: altText, caption, sizes }}
          showsCredit={isCreditDisplayed}
          class="inline"
        />
      );
    }
    case 'VideoBlock':
      return (
        block.video.video && <Video video={block.video.video} caption={block.video.caption} sizes={sizes} />
      );
    case 'EmbedBlock':
      return <Embed {...block} />;
    case 'RelatedStoryBlock':
      return <LinkCard block={block} site={site} />;
    case 'CalloutBlock':
      return <aside class="callout" {...html(block.html)} />;
    case 'TableBlock':
      return <Table {...block} />;
    case 'CodeBlock':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        <pre tabIndex={0}>
          <code>{block.code}</code>
        </pre>
      );
    case 'DividerBlock':
      return <hr />;
    default:
      return null;
  }
}

function Heading({ level, html: inner, anchor }: Extract<Block, { __typename: 'HeadingBlock' }>) {
  const Level = `h${Math.min(6, Math.max(2, level))}` as 'h2';
  return <Level id={anchor} {...html(inner)} />;
}

/** An embed of another site, or a link to it: the graph returns a link for unsafe embeds. */
function Embed({ url, providerName, embed }: Extract<Block, { __typename: 'EmbedBlock' }>) {
  const link = <a href={url}>See it on {providerName}</a>;
  if (embed.startsWith('<a ')) return <p class="embed">{link}</p>;
  return (
    <figure>
      <div {...html(embed)} />
      <figcaption>{link}</figcaption>
    </figure>
  );
}

/** A link card to another article. */
function LinkCard({
  block,
  site,
}: {
  block: Extract<Block, { __typename: 'RelatedStoryBlock' }>;
  site: Site;
}) {
  const { article, url, linkText } = block;
  return (
    <aside class="card" aria-label="Read also">
      {article ? <Teaser story={article} form="row" /> : <a href={localPath(url, site)}>{linkText}</a>}
    </aside>
  );
}

function Table({ header, rows }: Extract<Block, { __typename: 'TableBlock' }>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section class="scroll" aria-label="Table" tabIndex={0}>
      <table>
        {header && (
          <thead>
            <tr>
              {header.map((cell, place) => (
                <th key={place} scope="col" {...html(cell)} />
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={column} {...html(cell)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
