/** The demo newsroom's stories about work and money. */
import {
  callout,
  card,
  type DemoStory,
  days,
  h,
  hours,
  image,
  list,
  p,
  paywall,
  pull,
  table,
} from '../story.ts';

export const business: readonly DemoStory[] = [
  {
    slug: 'night-bakers-of-lantern-street',
    kicker: 'Night work',
    headline: 'The night bakers of Lantern Street',
    standfirst:
      'At two in the morning the only lit window between the library and the harbour belongs to Amadou Sall, who has not seen a film to the end since he was 24',
    genre: 'FEATURE',
    sectionSlug: 'business',
    tagSlugs: ['night-work', 'food'],
    by: ['pilar-montes-rey'],
    others: [{ role: 'PHOTOS_BY', slug: 'mara-quist' }],
    published: days(-3) + hours(-1),
    lead: {
      kind: 'image',
      key: 'bakery',
      caption: 'Amadou Sall with the first batch of the night, a little after three.',
    },
    relatedSlugs: ['port-almery-night-trams-approved', 'saltmarket-rents-frozen'],
    body: [
      p(
        'The dough has been waiting since the afternoon. When Amadou Sall lifts the cloth at two in the morning, it sighs, and so does he. “It is always earlier than I am,” he says.',
      ),
      p(
        'Sall, 51, makes 900 loaves a night in a room the size of a tram. He learned the trade from his uncle, took over the shop from a widow who wanted it to stay a bakery, and has employed, over the years, eleven people who said they did not mind the hours. Three of them did not.',
      ),
      pull(
        'You cannot hurry bread, and you cannot ask it to wait. It is like a child, but it pays.',
        'Amadou Sall, baker',
      ),
      p(
        'There were 26 bakeries with their own oven in the old town when he began. There are seven. The others sell bread that comes frozen, in lorries, from a factory 300 kilometres away; it is cheaper by a third and, Sall admits, not bad.',
      ),
      h('What a loaf costs'),
      p(
        'His loaf is sold at 5.20 crowns. Flour is 0.70 of that, power 0.85, rent 0.60. Wages are more than half. “People think that they pay for flour,” he says. “They pay for somebody to be awake.”',
      ),
      image('market', 'Half of his bread is sold before nine, on the Saltmarket.'),
      p(
        'Getting there is the hard part. His two helpers live across the river, and after midnight nothing has crossed the river but taxis. One sleeps on flour sacks on Fridays. That is about to change.',
      ),
      card('port-almery-night-trams-approved', 'The council’s vote for an all-night tram'),
      p(
        'At five the street begins to smell, and the first customers come: a nurse, two dockers, a man who has not been to bed. Sall sells them yesterday’s buns at half price and today’s at no discount whatever.',
      ),
      p(
        'At eleven he goes home. On his table lies a film that his daughter gave him for his birthday. He has seen the first forty minutes four times. He thinks that the captain did it.',
      ),
    ],
  },
  {
    slug: 'container-terminal-night-shift',
    kicker: 'Analysis',
    headline: 'The terminal that works while the port sleeps',
    standfirst:
      'Port Almery moves more containers by night than by day. The reason is not where the owners say it is',
    genre: 'ANALYSIS',
    sectionSlug: 'business',
    tagSlugs: ['shipping', 'harbour', 'night-work'],
    by: ['pilar-montes-rey'],
    published: days(-5) + hours(-7),
    visibility: 'TIERS',
    requiredTiers: ['patron'],
    lead: { kind: 'image', key: 'port', caption: 'Two cranes work on one ship; at night there are three.' },
    relatedSlugs: ['strait-of-orrin-talks', 'night-bakers-of-lantern-street'],
    body: [
      p(
        'Between ten in the evening and six in the morning the container terminal of Port Almery lifts 58% of its boxes. Ten years ago it was 31%. No other port on this coast works so much by night.',
      ),
      p(
        'Its owners, the Almer Terminal Company, say that ships arrive when they arrive. That is true and explains nothing: ships have always arrived when they arrive.',
      ),
      p(
        'The harbour office’s log, which we were allowed to read for three years back, tells another story. It is one of a fee.',
      ),
      paywall,
      h('A fee with a clock'),
      p(
        'Since a reform seven years ago lorries that enter the terminal pay by the hour of the day: 44 crowns at noon, 12 at midnight. The fee was meant to keep lorries off the roads when children walk to school. It worked, and moved the whole chain behind it.',
      ),
      table(
        ['Hour', 'Fee, crowns', 'Lorries an hour'],
        ['6 to 10', '38', '41'],
        ['10 to 18', '44', '36'],
        ['18 to 22', '26', '88'],
        ['22 to 6', '12', '119'],
      ),
      p(
        'Hauliers came at night, so the cranes worked at night, so the shipping lines, which pay for a berth by the hour, learned to come in the evening. Nobody decided it.',
      ),
      h('Who pays'),
      p(
        'Dockers do. The supplement for night work has not risen since the reform, and sick leave among crane drivers has gone up from 9 to 16 days a year. The union wants the difference between the fees to be halved.',
      ),
      p(
        'The company’s profit per box, meanwhile, has doubled. It says that this is due to new cranes. The cranes were bought four years after the profits began to rise.',
      ),
      callout(
        'We read 1,096 nights of the log, which lists each lift of each crane. The harbour office checked our figures and found one mistake, a ship that we had counted twice.',
      ),
      p(
        'The council, which owns the land, could change the fee with a simple majority. In seven years nobody has proposed it. Two members of the harbour committee told us that they had not known that the fee existed.',
      ),
    ],
  },
  {
    slug: 'saltmarket-rents-frozen',
    kicker: 'Saltmarket',
    headline: 'Stallholders win a freeze of market rents',
    standfirst: 'The city drops a rise of 22% after traders sold nothing but turnips for a day',
    dateline: 'SALTMARKET',
    sectionSlug: 'business',
    tagSlugs: ['food', 'council'],
    by: ['pilar-montes-rey'],
    published: days(-8) + hours(-5),
    modified: days(-7),
    lead: {
      kind: 'image',
      key: 'market',
      caption: 'The Saltmarket on a Saturday. A stall costs 61 crowns a day.',
    },
    corrections: [
      {
        correctionType: 'CLARIFICATION',
        text: 'This story has been changed to make clear that the freeze applies to existing stalls only. New stalls pay the higher rent.',
        at: days(-7),
      },
    ],
    body: [
      p(
        'The rent of a stall on the Saltmarket will stay at 61 crowns a day for two years, the city said on %day%. It had wanted 74.',
      ),
      p(
        'The retreat came six days after the most peculiar protest that the market has seen. On a busy Saturday, all 112 stalls, from the fishmongers to the woman who repairs umbrellas, sold turnips and nothing else.',
      ),
      p(
        '“We asked ourselves what would be left if only those could stay who can pay,” said Gisela Tarn, who has sold cheese there since 1998 and speaks for the traders. “We thought: turnips.”',
      ),
      list(
        'Existing stalls pay 61 crowns for two more years',
        'New stalls pay 74 crowns',
        'The city pays for the new drains, which were the reason for the rise',
      ),
      p(
        'Some 3,000 turnips were bought by the end of that day, most of them by people who said that they did not like turnips. The traders gave the takings, 4,870 crowns, to the soup kitchen on Mill Street, together with the remaining turnips.',
      ),
      p(
        'The city’s head of markets, Lars Odell, said that the protest had not changed his mind but that the arithmetic had. A study found that a rise would have closed one stall in six, and that empty stalls pay nothing.',
      ),
      p(
        'Not everybody is content. Samira Bel, who hopes to open a stall for pickles in spring, will pay the higher rent. “I was in the queue with my turnip,” she said. “I bought two.”',
      ),
    ],
  },
];
