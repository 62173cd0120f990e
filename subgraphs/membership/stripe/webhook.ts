/** `POST /webhooks/stripe`: receives new, renewed, lapsed and cancelled subscriptions. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { addWebhook, notSetUp, notSigned, objectIn } from '../../serve/webhookDoor.ts';
import type { Sql } from '../../store/database.ts';
import { applyEvent, type StripeOutcome } from './apply.ts';
import { readStripeEvent } from './stripeEvent.ts';

interface StripeWebhookOptions {
  db: Sql;
  /** The signing secrets, any of which is accepted; without one, no event is accepted. */
  secrets: readonly string[];
  clock: () => Date;
  log: Logger;
}

/** Stripe's own events are far smaller. */
const bodyLimit = 1024 * 1024;
const toleranceSeconds = 300;

/** Adds the route. Stripe's library is loaded only if a secret is configured. */
export async function addStripeWebhook(
  app: FastifyInstance,
  { db, secrets, clock, log }: StripeWebhookOptions,
): Promise<void> {
  const stripe = secrets.length > 0 ? (await import('stripe')).default : undefined;

  function verify(body: Buffer, header: string): void {
    const isSigned = secrets.some((secret) => {
      try {
        return stripe?.webhooks.signature?.verifyHeader(
          ...([body, header, secret, toleranceSeconds, undefined, clock().getTime()] as const),
        );
      } catch {
        return false;
      }
    });
    if (!isSigned) throw notSigned('an invalid one, or one older than 5 minutes');
  }

  addWebhook(
    app,
    {
      path: '/webhooks/stripe',
      bodyLimit,
      admit(headers) {
        if (secrets.length === 0) throw notSetUp('STRIPE_WEBHOOK_SECRET');
        if (headers['stripe-signature'] === undefined) throw notSigned('none');
      },
      async take(body, headers): Promise<{ outcome: StripeOutcome }> {
        verify(body, String(headers['stripe-signature']));
        const event = readStripeEvent(objectIn(body));
        const outcome = await applyEvent(db, event, { clock, log });
        log.info({ event: event.id, type: event.type, outcome }, 'Stripe webhook processed');
        return { outcome };
      },
    },
    log,
  );
}
