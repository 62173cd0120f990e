/** Extracts customer and subscription data from Stripe events. Pure functions. */
import { z } from 'zod';
import { badInput } from '../../errors.ts';

/** Stripe's subscription statuses: https://docs.stripe.com/api/subscriptions/object */
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

/** Whether the subscription was ever active. If not, it says nothing about earlier tiers. */
export const wasInForce = (status: string) => !['incomplete', 'incomplete_expired'].includes(status);

/** Members with one of these statuses may read; during `past_due` Stripe retries the payment. */
export const isPaying = (status: string) => ['active', 'trialing', 'past_due'].includes(status);

export interface StripeReport {
  customerId: string;
  /** When the reported object was created, or the time of the event. */
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
  // Stripe's API has it in `parent` since 2025-03-31, and at the top level before.
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

/** Parses an event; throws for an invalid one. */
export function readStripeEvent(value: unknown): StripeEvent {
  return parseAs(eventShape, value, 'an event');
}

/** The data of an event; undefined for event types that are not used. Throws if the event is not in Stripe's format. */
export function reportOf(event: StripeEvent): StripeReport | undefined {
  const read = readers[event.type];
  return read?.(event.data.object, event);
}

type Read = (object: unknown, event: StripeEvent) => StripeReport | undefined;

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

function readSubscription(object: unknown, event: StripeEvent): StripeReport {
  const it = parseAs(subscriptionShape, object, 'a subscription');
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
 * A paid invoice makes its subscription active. An unpaid one changes nothing by itself: Stripe retries, and reports
 * the end by the subscription.
 */
function readInvoice(object: unknown, event: StripeEvent): StripeReport | undefined {
  const it = parseAs(invoiceShape, object, 'an invoice');
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
      ...tiersNamedBy(details?.metadata, event),
    },
  };
}

function readSession(object: unknown, event: StripeEvent): StripeReport | undefined {
  const it = parseAs(sessionShape, object, 'a checkout session');
  if (it.mode !== 'subscription' || !it.customer || !it.subscription) return undefined;
  const status: Status = it.payment_status === 'unpaid' ? 'incomplete' : 'active';
  return {
    customerId: it.customer,
    since: dateOf(event.created),
    ...contactOf(it.customer_details?.email ?? it.customer_email, it.customer_details?.name, event),
    subscription: {
      id: it.subscription,
      status: { value: status, order: orderOf(event, status) },
      ...tiersNamedBy(it.metadata, event),
    },
  };
}

function readCustomer(object: unknown, event: StripeEvent): StripeReport {
  const it = parseAs(customerShape, object, 'a customer');
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
): Pick<StripeReport, 'email' | 'name'> {
  return {
    ...(address !== undefined && { email: { address, order: orderOf(event), isChange } }),
    ...(name !== undefined && { name }),
  };
}

const tiersNamedBy = (names: string[] | undefined, event: StripeEvent) =>
  names?.length ? { tiers: { names: [names], order: `0${orderOf(event)}` } } : {};

/** The texts that may name the tier of a price, our own metadata first. */
function namesOf({
  metadata: ownNames,
  lookup_key,
  nickname,
  product,
}: z.infer<typeof priceShape>): string[] {
  const productDetails = typeof product === 'object' ? product : null;
  return [
    ...ownNames,
    ...(productDetails?.metadata ?? []),
    ...[lookup_key, nickname, productDetails?.name].flatMap((name) => name ?? []),
  ];
}

/** The lifecycle of a subscription: of two statuses in the same second, the later one in this list is newer. */
const lifetime: readonly Status[] = ['incomplete', 'trialing', 'active', 'paused', 'past_due', 'unpaid'];

/** A sort key that is greater for newer data. A final status is newer than any other, whenever it is reported. */
function orderOf({ id: eventId, created }: StripeEvent, status?: Status): string {
  const isLast = status === 'canceled' || status === 'incomplete_expired';
  const age = status === undefined ? 0 : lifetime.indexOf(status) + 1;
  return `${isLast ? 1 : 0}.${String(created).padStart(12, '0')}.${age}.${eventId}`;
}

const dateOf = (unix: number) => new Date(unix * 1000);

function parseAs<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.output<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  // Only the path, since the value may be an address.
  const path = result.error.issues[0]?.path.join('.') || 'it';
  throw badInput(`Expected ${what} in the format of Stripe, but got: one with another "${path}".`);
}
