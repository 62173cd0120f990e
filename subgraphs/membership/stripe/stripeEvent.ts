/** What an event of Stripe tells of a customer and a subscription. Pure functions. */
import { z } from 'zod';
import { badInput } from '../../errors.ts';

/** How Stripe calls the state of a subscription: https://docs.stripe.com/api/subscriptions/object */
const statuses = [
  'active',
  'trialing',
  'past_due',
  'incomplete',
  'incomplete_expired',
  'canceled',
  'unpaid',
  'paused',
] as const;
type Status = (typeof statuses)[number];

/** Whether it came into force ever: one that did not says nothing of what somebody had before. */
export const wasInForce = (status: string) => !['incomplete', 'incomplete_expired'].includes(status);

/** Who has one of these reads on; `past_due` is the time in which Stripe tries again. */
export const isPaying = (status: string) => ['active', 'trialing', 'past_due'].includes(status);

export interface Told {
  customerId: string;
  /** When what is told began, or was told. */
  since: Date;
  email?: { address: string; order: string; isChange: boolean };
  name?: string;
  isDeleted?: boolean;
  subscription?: {
    id: string;
    status?: { value: Status; order: string };
    tiers?: { names: string[][]; order: string };
  };
}

const id = z.string().min(1).max(255);
const reference = z.union([id, z.object({ id }).transform((object) => object.id)]);
const seconds = z.number().int().min(0).max(253_402_300_799);
const text = z.string().max(500);
const optionalText = text.nullish().transform((value) => value?.trim() || undefined);
const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => (typeof value?.tier === 'string' ? [value.tier.slice(0, 200)] : []));

const eventShape = z.object({
  id,
  type: id,
  created: seconds,
  data: z.object({
    object: z.record(z.string(), z.unknown()),
    previous_attributes: z.record(z.string(), z.unknown()).nullish(),
  }),
});

export type StripeEvent = z.infer<typeof eventShape>;

const priceShape = z.object({
  metadata,
  lookup_key: optionalText,
  nickname: optionalText,
  product: z.union([id, z.object({ metadata, name: optionalText })]).nullish(),
});
const subscriptionShape = z.object({
  id,
  customer: reference,
  status: z.enum(statuses),
  start_date: seconds.nullish(),
  metadata,
  items: z.object({ data: z.array(z.object({ price: priceShape })).max(100) }),
});
const invoiceShape = z.object({
  customer: reference.nullish(),
  customer_email: optionalText,
  customer_name: optionalText,
  // Stripe's API has it in `parent` since 2025-03-31, and before that beside it.
  subscription: reference.nullish(),
  parent: z
    .object({ subscription_details: z.object({ subscription: reference, metadata }).nullish() })
    .nullish(),
});
const sessionShape = z.object({
  mode: text.nullish(),
  customer: reference.nullish(),
  subscription: reference.nullish(),
  payment_status: text.nullish(),
  customer_email: optionalText,
  customer_details: z.object({ email: optionalText, name: optionalText }).nullish(),
  metadata,
});
const customerShape = z.object({ id, email: optionalText, name: optionalText, created: seconds.nullish() });

/** An event. Throws for what is none. */
export function readStripeEvent(value: unknown): StripeEvent {
  return parsed(eventShape, value, 'an event');
}

/** What the event tells; undefined for one that says nothing to us. Throws for one that is not as Stripe has it. */
export function toldBy(event: StripeEvent): Told | undefined {
  const read = readers[event.type];
  return read?.(event.data.object, event);
}

type Read = (object: unknown, event: StripeEvent) => Told | undefined;

const readers: Readonly<Record<string, Read>> = {
  'customer.subscription.created': readSubscription,
  'customer.subscription.updated': readSubscription,
  'customer.subscription.deleted': readSubscription,
  'invoice.paid': readInvoice,
  'invoice.payment_failed': readInvoice,
  'checkout.session.completed': readSession,
  'customer.created': readCustomer,
  'customer.updated': readCustomer,
  'customer.deleted': readCustomer,
};

function readSubscription(object: unknown, event: StripeEvent): Told {
  const it = parsed(subscriptionShape, object, 'a subscription');
  const isEnded = event.type === 'customer.subscription.deleted';
  const status = isEnded ? 'canceled' : it.status;
  const names = it.items.data.map(({ price }) => [...it.metadata, ...namesOf(price)]);
  return {
    customerId: it.customer,
    since: dateOf(it.start_date ?? event.created),
    subscription: {
      id: it.id,
      status: { value: status, order: orderOf(event, status) },
      tiers: { names, order: `1${orderOf(event)}` },
    },
  };
}

/**
 * A paid invoice says that its subscription is in force. One that was not paid changes nothing by itself: Stripe tries again, and
 * tells by the subscription when it gives up.
 */
function readInvoice(object: unknown, event: StripeEvent): Told | undefined {
  const it = parsed(invoiceShape, object, 'an invoice');
  const details = it.parent?.subscription_details;
  const subscriptionId = details?.subscription ?? it.subscription;
  if (!subscriptionId || !it.customer) return undefined;
  const isPaid = event.type === 'invoice.paid';
  return {
    customerId: it.customer,
    since: dateOf(event.created),
    ...contactOf(it.customer_email, it.customer_name, event),
    subscription: {
      id: subscriptionId,
      ...(isPaid && { status: { value: 'active' as const, order: orderOf(event, 'active') } }),
      ...namedBy(details?.metadata, event),
    },
  };
}

function readSession(object: unknown, event: StripeEvent): Told | undefined {
  const it = parsed(sessionShape, object, 'a checkout session');
  if (it.mode !== 'subscription' || !it.customer || !it.subscription) return undefined;
  const status: Status = it.payment_status === 'unpaid' ? 'incomplete' : 'active';
  return {
    customerId: it.customer,
    since: dateOf(event.created),
    ...contactOf(it.customer_details?.email ?? it.customer_email, it.customer_details?.name, event),
    subscription: {
      id: it.subscription,
      status: { value: status, order: orderOf(event, status) },
      ...namedBy(it.metadata, event),
    },
  };
}

function readCustomer(object: unknown, event: StripeEvent): Told {
  const it = parsed(customerShape, object, 'a customer');
  const isChange =
    event.type === 'customer.updated' && typeof event.data.previous_attributes?.email === 'string';
  return {
    customerId: it.id,
    since: dateOf(it.created ?? event.created),
    ...(event.type === 'customer.deleted'
      ? { isDeleted: true }
      : contactOf(it.email, it.name, event, isChange)),
  };
}

function contactOf(
  address: string | undefined,
  name: string | undefined,
  event: StripeEvent,
  isChange = false,
): Pick<Told, 'email' | 'name'> {
  return {
    ...(address !== undefined && { email: { address, order: orderOf(event), isChange } }),
    ...(name !== undefined && { name }),
  };
}

const namedBy = (names: string[] | undefined, event: StripeEvent) =>
  names?.length ? { tiers: { names: [names], order: `0${orderOf(event)}` } } : {};

/** What may name the tier of a price, what was written for us first. */
function namesOf({ metadata: own, lookup_key, nickname, product }: z.infer<typeof priceShape>): string[] {
  const theirs = typeof product === 'object' ? product : null;
  return [
    ...own,
    ...(theirs?.metadata ?? []),
    ...[lookup_key, nickname, theirs?.name].flatMap((name) => name ?? []),
  ];
}

/** How far a subscription has come: of states of one second the later one in its life is the newer one. */
const lifetime: readonly Status[] = ['incomplete', 'trialing', 'active', 'paused', 'past_due', 'unpaid'];

/** A text that is greater for what is newer: what has ended for good is newer than all else, whenever it was told. */
function orderOf({ id: eventId, created }: StripeEvent, status?: Status): string {
  const isLast = status === 'canceled' || status === 'incomplete_expired';
  const age = status === undefined ? 0 : lifetime.indexOf(status) + 1;
  return `${isLast ? 1 : 0}.${String(created).padStart(12, '0')}.${age}.${eventId}`;
}

const dateOf = (unix: number) => new Date(unix * 1000);

function parsed<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.output<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  // The path alone: the value may be somebody's address.
  const path = result.error.issues[0]?.path.join('.') || 'it';
  throw badInput(`Expected ${what} as Stripe has it, but got: one whose "${path}" is not.`);
}
