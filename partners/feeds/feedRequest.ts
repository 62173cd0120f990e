/** Reads the path and the parameters of feed requests, and rejects invalid ones. */

import type { FastifyRequest } from 'fastify';
import { callerError } from '../../gateway/errors.ts';
import type { Settings } from '../../gateway/settings.ts';
import { partnerError } from '../errors.ts';
import type { FeedRequest } from './feed.ts';
import { readFeedAddress } from './feedAddress.ts';

const mostItems = 100;

/** Reads what follows "/feeds/", such as "section/world.rss", and the query. Throws a registered error. */
export function readFeedRequest(path: string, query: unknown): FeedRequest {
  const address = readFeedAddress(path);
  if (!address) throw partnerError('FEED_FORMAT_NOT_FOUND', { name: path });
  const { limit, after } = query as Record<string, unknown>;
  return { ...address, limit: readLimit(limit), after: readText('after', after) };
}

function readLimit(sent: unknown): number | undefined {
  const text = readText('limit', sent);
  if (text === undefined) return undefined;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostItems) return limit;
  throw badRequest(`Expected "limit" to be a whole number from 1 to ${mostItems}, but got: ${text}.`);
}

function readText(name: string, sent: unknown): string | undefined {
  if (sent === undefined || typeof sent === 'string') return sent;
  throw badRequest(`Expected "${name}" once, but got: several values.`);
}

export const badRequest = (message: string) => callerError('BAD_REQUEST', {}, message);

/** The base URL of the site: from the settings, else from the request. It has no slash at the end. */
export function baseOf(
  { protocol, host }: FastifyRequest,
  { publicUrl }: Pick<Settings, 'publicUrl' | 'port'>,
): string {
  return publicUrl ?? new URL(`${protocol}://${host}`).origin;
}
