/** `POST /hub`: the WebSub hub, where anybody subscribes to feeds: https://www.w3.org/TR/websub/#subscribing */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { RequestContext } from '../../gateway/requestContext.ts';
import { anonymousContextOf } from '../../gateway/server/createContext.ts';
import { withoutValues } from '../../subgraphs/store/databaseFailure.ts';
import { type AddressPolicy, TargetError } from './addressPolicy.ts';
import type { PushStore } from './store.ts';
import type { Intent } from './tables.ts';
import { feedOfTopic } from './topics.ts';

export interface HubOptions {
  store: PushStore;
  addressPolicy: AddressPolicy;
  publicUrl: string;
  /** Whether the feed exists; the query is charged to the account of the request. */
  feedExists: (name: string, caller: RequestContext) => Promise<boolean>;
  clock: () => Date;
  /** Called when a subscription waits for verification of intent. */
  onAsked: () => void;
  limits?: HubLimits;
}

export interface HubLimits {
  /** Most subscriptions for one callback host, and in all. */
  perHost: number;
  inAll: number;
  /**
   * Most pending verifications for one host, and in all: a callback may belong to somebody other than the subscriber.
   */
  askedPerHost: number;
  askedInAll: number;
}

const usualLimits: HubLimits = { perHost: 500, inAll: 10_000, askedPerHost: 20, askedInAll: 1000 };

const bodyBytes = 8 * 1024;
const secretBytes = 200;
const hour = 3600;
const lease = { least: hour, usual: 10 * 24 * hour, most: 30 * 24 * hour };

/** A rejected request, with the message for the caller. */
class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** Adds the route. It answers 202 to a valid request, which takes effect once the callback confirms the intent. */
export function addHub(app: FastifyInstance, options: HubOptions): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: bodyBytes },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );
    scope.setErrorHandler(answerInText);
    scope.post('/hub', async (request, reply) => {
      const { body, note } = request;
      note.operation = 'hub';
      const form = body instanceof URLSearchParams ? body : new URLSearchParams();
      await accept(form, { ...anonymousContextOf(request, reply), note: {} }, options);
      return text(reply, 202, "Accepted. Verifying the subscriber's intent.");
    });
  });
}

async function accept(form: URLSearchParams, caller: RequestContext, options: HubOptions): Promise<void> {
  const { store, addressPolicy, publicUrl, feedExists, clock, onAsked } = options;
  const now = clock();
  const mode = readMode(form);
  const { href, hostname } = addressPolicy.read(only(form, 'hub.callback'), 'hub.callback');
  const topic = only(form, 'hub.topic');
  const intent: Intent = {
    ...{ mode, topic, callback: href },
    leaseSeconds: readLease(form),
    secret: readSecret(form),
  };
  const feed = feedOfTopic(topic, publicUrl);
  if (mode === 'subscribe' && !feed) throw unknownTopic(publicUrl);
  const isStanding = (await store.subscriptionOf(intent, now)) !== undefined;
  // There is no subscription to end, so that no verification is needed.
  if (mode === 'unsubscribe' && !isStanding) return;
  await refuseMore(hostname, isStanding, options);
  if (mode === 'subscribe' && !(feed && (await feedExists(feed.name, caller)))) throw unknownTopic(publicUrl);
  await store.ask(intent, hostname, now);
  onAsked();
}

/** Enforces the limits for one host and for all. A renewal does not count as a new subscription. */
async function refuseMore(
  host: string,
  isStanding: boolean,
  { store, clock, limits = usualLimits }: HubOptions,
): Promise<void> {
  const now = clock();
  const ofHost = await store.taken(now, host);
  const ofAll = await store.taken(now);
  const isHostFull = !isStanding && ofHost.subscriptions >= limits.perHost;
  if (isHostFull || ofHost.verifications >= limits.askedPerHost)
    throw new Refusal('Expected fewer subscriptions of this host, but got: too many.', 429);
  const isFull = !isStanding && ofAll.subscriptions >= limits.inAll;
  if (isFull || ofAll.verifications >= limits.askedInAll)
    throw new Refusal('Expected fewer subscriptions in total, but got: too many.', 429);
}

const unknownTopic = (publicUrl: string) =>
  new Refusal(
    `Expected hub.topic to be a feed URL of this hub, such as ${publicUrl}/feeds/news.rss, but got: another URL.`,
  );

function readMode(form: URLSearchParams): Intent['mode'] {
  const mode = only(form, 'hub.mode');
  if (mode === 'subscribe' || mode === 'unsubscribe') return mode;
  throw new Refusal('Expected hub.mode to be subscribe or unsubscribe, but got: another value.');
}

/** The requested lease within the bounds of this hub. */
function readLease(form: URLSearchParams): number {
  const seconds = atMostOnce(form, 'hub.lease_seconds');
  if (seconds === '') return lease.usual;
  if (!/^\d{1,10}$/.test(seconds))
    throw new Refusal('Expected hub.lease_seconds to be a whole number, but got: another value.');
  return Math.min(lease.most, Math.max(lease.least, Number(seconds)));
}

function readSecret(form: URLSearchParams): string | null {
  const secret = atMostOnce(form, 'hub.secret');
  const length = Buffer.byteLength(secret);
  if (length >= secretBytes)
    throw new Refusal(`Expected hub.secret to be shorter than ${secretBytes} bytes, but got: ${length}.`);
  if (secret.includes('\0'))
    throw new Refusal('Expected hub.secret to have no character U+0000, but got: one.');
  return secret === '' ? null : secret;
}

/** The value of a parameter that must occur once. */
function only(form: URLSearchParams, name: string): string {
  const values = form.getAll(name);
  if (values.length === 1) return values[0] as string;
  throw new Refusal(`Expected ${name} to be given once, but got: ${values.length} times.`);
}

/** The value of an optional parameter; "" when it is missing. */
const atMostOnce = (form: URLSearchParams, name: string): string => (form.has(name) ? only(form, name) : '');

function answerInText(error: FastifyError, _request: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return text(reply, error.status, error.message);
  if (error instanceof TargetError) return text(reply, 400, error.message);
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return text(
      reply,
      415,
      'Expected Content-Type to be application/x-www-form-urlencoded, but got: another type.',
    );
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return text(reply, 413, `Expected the request body to be at most ${bodyBytes} bytes, but got: more.`);
  // The error of a failed statement quotes its parameters, such as the secret.
  throw withoutValues(error);
}

const text = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).type('text/plain; charset=utf-8').send(`${message}\n`);
