/** Ghost for tests: what its webhooks send, in the shape of its own serialisers, and how it signs. */
import { createHmac } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { TestDoors } from './doors.ts';

type Fields = Record<string, unknown>;

export const ghostSecret = 'a secret of thirty-two characters';
const site = 'https://paper.example';

/** The signature of Ghost since 5.87.1. */
export const signed = (body: string, { secret = ghostSecret, at = Date.now() } = {}) =>
  `sha256=${createHmac('sha256', secret).update(`${body}${at}`).digest('hex')}, t=${at}`;

/** Sends a body as Ghost does. */
export function send(
  { app }: Pick<TestDoors, 'app'>,
  payload: object | string,
  { at, secret, headers }: { at?: number; secret?: string; headers?: Record<string, string> } = {},
): Promise<LightMyRequestResponse> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signature = signed(body, {
    ...(at !== undefined && { at }),
    ...(secret !== undefined && { secret }),
  });
  return app.inject({
    method: 'POST',
    url: '/webhooks/ghost',
    headers: {
      'content-type': 'application/json',
      'content-version': 'v5.130',
      'user-agent': 'Ghost/5.130.0 (https://github.com/TryGhost/Ghost)',
      'x-ghost-signature': signature,
      ...headers,
    },
    payload: body,
  });
}

export const tag = (fields: Fields = {}) => ({
  id: '66f1a0000000000000000101',
  name: 'Harbour',
  slug: 'harbour',
  description: 'All about the water.',
  feature_image: null,
  visibility: 'public',
  created_at: '2024-01-01T08:00:00.000Z',
  updated_at: '2024-01-01T08:00:00.000Z',
  url: `${site}/tag/harbour/`,
  ...fields,
});

export const author = (fields: Fields = {}) => ({
  id: '66f1a0000000000000000201',
  name: 'Ada Quist',
  slug: 'ada-quist',
  email: 'ada@paper.example',
  profile_image: `${site}/content/images/2024/01/ada.jpg`,
  cover_image: null,
  bio: 'Writes about the water.',
  website: null,
  location: 'Port',
  facebook: null,
  twitter: '@adaquist',
  accessibility: null,
  status: 'active',
  meta_title: null,
  created_at: '2024-01-01T08:00:00.000Z',
  updated_at: '2024-01-01T08:00:00.000Z',
  url: `${site}/author/ada-quist/`,
  ...fields,
});

export const tier = (fields: Fields = {}) => ({
  id: '66f1a0000000000000000301',
  name: 'Gold',
  slug: 'gold',
  active: true,
  welcome_page_url: null,
  visibility: 'public',
  trial_days: 0,
  description: null,
  type: 'paid',
  currency: 'usd',
  monthly_price: 500,
  yearly_price: 5000,
  created_at: '2024-01-01T08:00:00.000Z',
  updated_at: '2024-01-01T08:00:00.000Z',
  ...fields,
});

/** A published post as `current` has it; what is given replaces what stands here. */
export const post = (fields: Fields = {}) => ({
  id: '66f1a0000000000000000001',
  uuid: '5f3f1b0e-0000-4000-8000-000000000001',
  title: 'The harbour opens',
  slug: 'the-harbour-opens',
  html: `<p>Boats came in at dawn.</p><!--members-only--><p>The price was high.</p>`,
  plaintext: 'Boats came in at dawn. The price was high.',
  comment_id: '66f1a0000000000000000001',
  feature_image: `${site}/content/images/2024/05/harbour.jpg`,
  featured: false,
  status: 'published',
  visibility: 'public',
  email_only: false,
  created_at: '2024-05-30T12:00:00.000Z',
  updated_at: '2024-06-01T12:00:00.000Z',
  published_at: '2024-05-31T12:00:00.000Z',
  custom_excerpt: 'After three years.',
  canonical_url: null,
  tags: [tag()],
  authors: [author()],
  tiers: [tier({ id: '66f1a0000000000000000302', name: 'Free', slug: 'free', type: 'free' }), tier()],
  count: { clicks: 0, positive_feedback: 0, negative_feedback: 0 },
  primary_author: author(),
  primary_tag: tag(),
  url: `${site}/the-harbour-opens/`,
  excerpt: 'After three years.',
  og_image: null,
  meta_title: null,
  email_subject: null,
  frontmatter: null,
  feature_image_alt: 'The harbour at dawn',
  feature_image_caption: 'Boats in the harbour. (Ada Quist/Reuters)',
  ...fields,
});

export const member = (fields: Fields = {}) => ({
  id: '66f1a0000000000000000401',
  uuid: '5f3f1b0e-0000-4000-8000-000000000401',
  email: 'reader@home.example',
  name: 'Rea Der',
  note: null,
  geolocation: null,
  subscribed: true,
  created_at: '2024-05-30T12:00:00.000Z',
  updated_at: '2024-05-30T12:00:00.000Z',
  labels: [],
  subscriptions: [],
  avatar_image: null,
  comped: false,
  email_count: 0,
  email_opened_count: 0,
  email_open_rate: null,
  status: 'free',
  last_seen_at: null,
  tiers: [],
  newsletters: [{ id: '66f1a0000000000000000501', name: 'Morning', description: null, status: 'active' }],
  ...fields,
});

export const changed = (
  kind: 'post' | 'page' | 'tag' | 'member',
  current: object,
  previous: object = {},
) => ({
  [kind]: { current, previous },
});

/** What Ghost sends of what was deleted: nothing of how it is, all of how it was. */
export const deleted = (kind: 'post' | 'page' | 'tag' | 'member', previous: object) =>
  changed(kind, {}, previous);
