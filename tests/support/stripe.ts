/** Stripe for tests: its events, and requests that it signs. */
import Stripe from 'stripe';

export const stripeSecret = 'whsec_0123456789abcdef0123456789abcdef';

type Fields = Record<string, unknown>;

let made = 0;

/** An event at a time in seconds. */
export const event = (type: string, created: number, object: Fields, previous?: Fields) => {
  made += 1;
  return {
    id: `evt_${made}`,
    object: 'event',
    api_version: '2025-03-31.basil',
    type,
    created,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object, ...(previous && { previous_attributes: previous }) },
  };
};

export type TestEvent = ReturnType<typeof event>;

export const subscription = (fields: Fields = {}, tier: string | null = 'gold') => ({
  id: 'sub_1',
  object: 'subscription',
  customer: 'cus_1',
  status: 'active',
  start_date: 1_700_000_000,
  metadata: {},
  items: {
    object: 'list',
    data: [
      {
        id: 'si_1',
        object: 'subscription_item',
        price: {
          id: 'price_1',
          object: 'price',
          lookup_key: null,
          nickname: null,
          metadata: tier === null ? {} : { tier },
          product: 'prod_1',
        },
      },
    ],
  },
  ...fields,
});

export const session = (fields: Fields = {}) => ({
  id: 'cs_1',
  object: 'checkout.session',
  mode: 'subscription',
  customer: 'cus_1',
  subscription: 'sub_1',
  payment_status: 'paid',
  customer_email: null,
  customer_details: { email: 'payer@home.example', name: 'Pay Er' },
  metadata: {},
  ...fields,
});

export const invoice = (fields: Fields = {}) => ({
  id: 'in_1',
  object: 'invoice',
  customer: 'cus_1',
  customer_email: 'payer@home.example',
  billing_reason: 'subscription_cycle',
  parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_1', metadata: {} } },
  ...fields,
});

export const customer = (fields: Fields = {}) => ({
  id: 'cus_1',
  object: 'customer',
  email: 'payer@home.example',
  name: 'Pay Er',
  created: 1_700_000_000,
  ...fields,
});

/** The headers of a request that Stripe signs. */
export const stripeHeaders = (
  payload: string,
  { secret = stripeSecret, timestamp = Date.now() / 1000 } = {},
) => ({
  'content-type': 'application/json; charset=utf-8',
  'stripe-signature': Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(timestamp),
  }),
});
