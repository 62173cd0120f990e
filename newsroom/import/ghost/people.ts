/** Reads the users and products of a Ghost export as authors and tiers. */
import type { AuthorContent, SocialPlatform } from '../../../subgraphs/authors/content.ts';
import type { TierContent } from '../../../subgraphs/membership/content.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { RecordError, type SourceRecord, textField } from '../records.ts';
import type { Links } from './links.ts';
import { cleanSlug } from './tables.ts';

/** The profile of a user, and the source id of the portrait. Throws a RecordError for a user without a name. */
export function readAuthor(user: SourceRecord, links: Links): { author: AuthorContent; portrait?: string } {
  const [id, name] = [textField(user, 'id'), textField(user, 'name')];
  if (!id) throw new RecordError('Expected a user to have an id, but got: none.');
  if (!name) throw new RecordError('Expected a user to have a name, but got: none.');
  const slug = textField(user, 'slug');
  const image = textField(user, 'profile_image') ?? textField(user, 'image');
  const portrait = image && links.pictureSource(image);
  const sameAs = socialPages(user);
  const optional = {
    jobTitle: textField(user, 'meta_title'),
    bio: textField(user, 'bio'),
    location: textField(user, 'location'),
    email: textField(user, 'email'),
    slug: slug && cleanSlug(slug),
    avatarId: portrait && idOf('image', portrait),
  };
  const author: AuthorContent = { sourceId: `ghost:${id}`, name, ...defined(optional) };
  return {
    author: sameAs.length > 0 ? { ...author, sameAs } : author,
    ...(portrait ? { portrait } : {}),
  };
}

/** A product as a tier. Throws a RecordError without a name, or for an invalid price. */
export function readTier(product: SourceRecord): TierContent {
  const [id, name] = [textField(product, 'id'), textField(product, 'name')];
  if (!id || !name) throw new RecordError('Expected a tier to have an id and a name, but got: none.');
  const type = textField(product, 'type') === 'free' ? 'FREE' : 'PAID';
  const description = textField(product, 'description');
  const trialDays = Number(product.trial_days) || 0;
  const currency = textField(product, 'currency')?.toUpperCase();
  const price = (field: string, interval: 'MONTH' | 'YEAR') => {
    const amountMinor = product[field];
    if (amountMinor === null || amountMinor === undefined || !currency) return [];
    if (typeof amountMinor === 'number' && Number.isInteger(amountMinor) && amountMinor >= 0)
      return [{ currency, amountMinor, interval }];
    throw new RecordError(
      `Expected "${field}" to be a whole number of cents or pence, but got: another value.`,
    );
  };
  return {
    sourceId: `ghost:${id}`,
    slug: cleanSlug(textField(product, 'slug') ?? name),
    name,
    ...(description ? { description } : {}),
    type,
    prices: type === 'FREE' ? [] : [...price('monthly_price', 'MONTH'), ...price('yearly_price', 'YEAR')],
    ...(trialDays > 0 ? { trialDays } : {}),
  };
}

/** The profile URLs of social networks; Ghost stores the last part only. */
const networks: [field: string, platform: SocialPlatform, base: string][] = [
  ['twitter', 'X', 'https://x.com/'],
  ['facebook', 'FACEBOOK', 'https://www.facebook.com/'],
  ['threads', 'THREADS', 'https://www.threads.net/@'],
  ['bluesky', 'BLUESKY', 'https://bsky.app/profile/'],
  ['tiktok', 'TIKTOK', 'https://www.tiktok.com/@'],
  ['youtube', 'YOUTUBE', 'https://www.youtube.com/'],
  ['instagram', 'INSTAGRAM', 'https://www.instagram.com/'],
  ['linkedin', 'LINKEDIN', 'https://www.linkedin.com/in/'],
];

function socialPages(user: SourceRecord): NonNullable<AuthorContent['sameAs']> {
  const website = webAddress(textField(user, 'website'));
  const mastodon = webAddress(textField(user, 'mastodon')?.replace(/^(?!https?:)/, 'https://'));
  const pages = networks.flatMap(([field, platform, base]) => {
    const value = textField(user, field);
    if (!value) return [];
    const whole = webAddress(value);
    if (whole) return [{ platform, url: whole }];
    const handle = value.replace(/^@/, '');
    return /^[\w.@/-]{1,100}$/.test(handle) ? [{ platform, url: base + handle, handle }] : [];
  });
  return [
    ...(website ? [{ platform: 'WEBSITE' as const, url: website }] : []),
    ...pages,
    ...(mastodon ? [{ platform: 'MASTODON' as const, url: mastodon }] : []),
  ];
}

function webAddress(text: string | undefined): string | undefined {
  return text && /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).href : undefined;
}

function defined<Fields extends Record<string, string | undefined>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as {
    [Name in keyof Fields]?: string;
  };
}
