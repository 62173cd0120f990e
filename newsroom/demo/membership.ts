/** The demo membership: tiers, benefits, a campaign and 640 made-up members. */
import type {
  CampaignContent,
  CommunityContent,
  MemberContent,
  MemberStatus,
  NewsletterContent,
  TierContent,
} from '../../subgraphs/membership/content.ts';
import { pick, randomFrom } from './drawing.ts';
import { days } from './story.ts';

export const tiers: readonly TierContent[] = [
  {
    sourceId: 'demo:tier:reader',
    slug: 'reader',
    name: 'Reader',
    description: 'Everything that we do not have to charge for, and the morning letter.',
    type: 'FREE',
    prices: [],
    benefits: ['Stories for members', 'The morning letter'],
  },
  {
    sourceId: 'demo:tier:supporter',
    slug: 'supporter',
    name: 'Supporter',
    description: 'Pays for a reporter to sit through the whole meeting.',
    type: 'PAID',
    prices: [
      { currency: 'USD', amountMinor: 500, interval: 'MONTH' },
      { currency: 'USD', amountMinor: 5000, interval: 'YEAR' },
    ],
    benefits: ['All stories', 'Both newsletters', 'Your questions put to the council'],
  },
  {
    sourceId: 'demo:tier:patron',
    slug: 'patron',
    name: 'Patron',
    description: 'Pays for the reporter to go back and ask again.',
    type: 'PAID',
    prices: [
      { currency: 'USD', amountMinor: 2500, interval: 'MONTH' },
      { currency: 'USD', amountMinor: 25000, interval: 'YEAR' },
    ],
    trialDays: 14,
    benefits: [
      'Everything that supporters get',
      'Analyses for patrons',
      'An evening in the newsroom each season',
    ],
  },
];

export const newsletters: readonly NewsletterContent[] = [
  {
    sourceId: 'demo:newsletter:first-ferry',
    slug: 'first-ferry',
    name: 'First Ferry',
    description: 'The city in five minutes, before the first boat. Every working day at six.',
  },
  {
    sourceId: 'demo:newsletter:slow-news',
    slug: 'slow-news',
    name: 'Slow News',
    description: 'One long story, and how we reported it. On Saturdays.',
  },
];

export const community: CommunityContent = {
  thankYouMessage:
    'Thank you. Every story here was paid for by neighbours who wanted to know, and who let everyone else read along.',
};

/** The campaign around `now`, with a goal but no made-up totals. */
export function campaignAt(now: Date): CampaignContent {
  return {
    sourceId: 'demo:campaign:local-reporting',
    slug: 'independent-local-reporting',
    name: '30,000 people for independent local reporting',
    goal: 30_000,
    startsAt: new Date(now.getTime() + days(-40)),
    endsAt: new Date(now.getTime() + days(50)),
    callToAction: 'Become a member from $5 a month',
    url: '/membership',
  };
}

const given = [
  'Ada',
  'Bram',
  'Chidi',
  'Dorte',
  'Emil',
  'Farah',
  'Goran',
  'Hana',
  'Iker',
  'Jun',
  'Kaja',
  'Leo',
  'Mina',
  'Nils',
  'Orla',
  'Priya',
  'Rui',
  'Signe',
  'Tariq',
  'Una',
] as const;
const family = [
  'Aalto',
  'Berg',
  'Castell',
  'Dahl',
  'Eze',
  'Fonn',
  'Grimaldi',
  'Holm',
  'Ito',
  'Jansen',
  'Khoury',
  'Lund',
  'Moreau',
  'Nwosu',
  'Osei',
  'Petrie',
] as const;

/** One member of each kind with an address that is easy to remember, for signing in. */
export function guestsAt(now: Date): MemberContent[] {
  const guest = (
    name: string,
    status: MemberStatus,
    tier: string,
    newsletterSlugs: string[],
  ): MemberContent => ({
    sourceId: `demo:member:${tier}`,
    email: `${tier}@example.org`,
    name,
    status,
    tierSlugs: [tier],
    newsletterSlugs,
    memberSince: new Date(now.getTime() + days(-400)),
  });
  return [
    guest('Robin Reader', 'FREE', 'reader', ['first-ferry']),
    guest('Sam Supporter', 'PAID', 'supporter', ['first-ferry']),
    guest('Pat Patron', 'PAID', 'patron', ['first-ferry', 'slow-news']),
  ];
}

/** Made-up members at example.org who joined over the three years before `now`; some have left. */
export function membersAt(now: Date, count = 640): MemberContent[] {
  const random = randomFrom(25_000);
  return Array.from({ length: count }, (_, index) => {
    const name = `${pick(given, random())} ${pick(family, random())}`;
    const chance = random();
    const status: MemberStatus =
      chance < 0.7 ? 'FREE' : chance < 0.95 ? 'PAID' : chance < 0.98 ? 'COMPED' : 'GIFT';
    const joined = -random() * 1095;
    const hasLeft = random() < 0.03;
    return {
      sourceId: `demo:member:${index + 1}`,
      email: `${name.toLowerCase().replace(' ', '.')}.${index + 1}@example.org`,
      name,
      status,
      tierSlugs: [status === 'FREE' ? 'reader' : random() < 0.8 ? 'supporter' : 'patron'],
      newsletterSlugs: newsletters.filter(() => random() < 0.6).map(({ slug }) => slug),
      memberSince: new Date(now.getTime() + days(joined)),
      ...(hasLeft ? { deletedAt: new Date(now.getTime() + days(joined / 3)) } : {}),
    };
  });
}
