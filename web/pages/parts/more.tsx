/** The link to the next page of a list; the script loads it in place. */
import { afterPath } from '../site.ts';

interface MoreProps {
  path: string;
  page: { hasNextPage: boolean; endCursor: string | null };
  query?: Record<string, string>;
}

export function ShowMore({ path, page: { hasNextPage, endCursor }, query }: MoreProps) {
  if (!hasNextPage || !endCursor) return null;
  return (
    <p class="more">
      <a class="button" data-more href={afterPath(path, endCursor, query)}>
        Show More
      </a>
    </p>
  );
}
