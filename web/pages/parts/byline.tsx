/** Bylines above an article, and author boxes below it. */
import type { ContributorRole, StoryPageQuery } from '../../../schema/documents.ts';
import { authorPath } from '../site.ts';
import { Img } from './picture.tsx';

type OneByline = NonNullable<StoryPageQuery['article']>['bylines'][number];
type Author = NonNullable<OneByline['author']>;

const did: Record<ContributorRole, string> = {
  BY: 'By',
  PHOTOS_BY: 'Photographs by',
  VIDEO_BY: 'Video by',
  EDITED_BY: 'Edited by',
  TRANSLATED_BY: 'Translated by',
  ADDITIONAL_REPORTING: 'Additional reporting by',
};

/** "By A and B", each name a link where there is a profile; a line for each kind of work. */
export function Bylines({ bylines }: { bylines: readonly OneByline[] }) {
  const roles = [...new Set(bylines.map(({ role }) => role))];
  return (
    <div class="bylines">
      {roles.map((role) => {
        const people = bylines.filter((one) => one.role === role);
        return (
          <p key={role} class={role === 'BY' ? 'by' : 'also'}>
            {did[role]}{' '}
            {people.map(({ displayName, author }, place) => (
              <span key={displayName}>
                {place > 0 && (place === people.length - 1 ? ' and ' : ', ')}
                {author ? (
                  <a rel="author" href={authorPath(author.slug)}>
                    {displayName}
                  </a>
                ) : (
                  displayName
                )}
              </span>
            ))}
          </p>
        );
      })}
    </div>
  );
}

/** A box for each writer with a profile. */
export function AuthorBoxes({ bylines }: { bylines: readonly OneByline[] }) {
  const authors = bylines.flatMap(({ role, author }) => (author && role === 'BY' ? [author] : []));
  if (authors.length === 0) return null;
  return (
    <section class="authors" aria-label="About the authors" lang="en" dir="ltr">
      {authors.map((author) => (
        <AuthorBox key={author.id} author={author} />
      ))}
    </section>
  );
}

function AuthorBox({ author: { name, slug, jobTitle, bio, avatar } }: { author: Author }) {
  return (
    <article class="author">
      {avatar && (
        <figure class="avatar">
          <Img image={avatar} alt="" sizes="6rem" />
          <figcaption>
            <span class="credit">({avatar.creditText})</span>
          </figcaption>
        </figure>
      )}
      <div>
        <h2>
          <a href={authorPath(slug)}>{name}</a>
        </h2>
        {jobTitle && <p class="label">{jobTitle}</p>}
        {bio && <p>{bio}</p>}
        <p>
          <a class="read-more" href={authorPath(slug)}>
            Read more<span class="unseen"> about {name}</span>
          </a>
        </p>
      </div>
    </article>
  );
}
