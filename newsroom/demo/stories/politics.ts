/** The demo newsroom's stories about the council, schools and homes. */
import {
  callout,
  card,
  type DemoStory,
  days,
  h,
  hours,
  image,
  list,
  minutes,
  p,
  paywall,
  pull,
  quote,
  steps,
  table,
} from '../story.ts';

export const politics: readonly DemoStory[] = [
  {
    slug: 'council-budget-explained',
    kicker: 'Explainer',
    headline: 'The city’s budget in six steps',
    standfirst:
      'Port Almery spends 2.2 billion crowns a year. Where it comes from, where it goes, and which 4% anybody really decides about',
    genre: 'EXPLAINER',
    sectionSlug: 'politics',
    tagSlugs: ['council', 'data', 'housing'],
    by: ['tomas-verrin'],
    published: days(-1) + hours(-2),
    lead: {
      kind: 'image',
      key: 'council',
      caption: 'The council in session, seen from the public gallery, which is heated and free.',
    },
    relatedSlugs: ['port-almery-night-trams-approved', 'old-barracks-homes', 'mayor-halloran-interview'],
    body: [
      p(
        'The budget of Port Almery has 614 pages and no pictures. Every autumn 41 councillors vote on it after a debate in which most of it is not mentioned. This is what it says.',
      ),
      h('Where the money comes from'),
      p(
        'Of every 100 crowns, 46 come from the tax on income, 21 from the state, 18 from fees and fares and 9 from the harbour, which the city owns. The last six are borrowed.',
      ),
      h('Where it goes'),
      table(
        ['What', 'Million crowns', 'Share'],
        ['Schools and nurseries', '792', '36%'],
        ['Care of the old and the ill', '506', '23%'],
        ['Streets, trams and ferries', '308', '14%'],
        ['Debt', '198', '9%'],
        ['Culture and sport', '110', '5%'],
        ['Everything else', '286', '13%'],
      ),
      p(
        'Most of this is fixed by law or by contracts. A child who is six goes to school, whatever the council thinks of it. By our reckoning, 88 million crowns, or 4% of the whole, are open to decision in any one year.',
      ),
      card('port-almery-night-trams-approved', 'How 3.1 million of them became a night tram'),
      h('How it is made'),
      steps(
        'In March every department writes down what it needs.',
        'In May the treasurer adds it up, and is ill for a week.',
        'In June the mayor crosses things out.',
        'In September the draft is published; for 30 days anybody may object.',
        'In October the committees change about 0.3% of it.',
        'In November the council votes, late, and goes to the pub.',
      ),
      p(
        'The 30 days matter more than it seems. Last year 212 people objected, and 17 were heard. One of them, a retired teacher, found that the city was paying rent for a school that had burnt down.',
      ),
      callout(
        'The next draft can be read in the city library and at every ticket office. Questions to the treasurer must be answered within ten working days.',
      ),
      p(
        'What will dominate the coming debate is known already: the <a href="/articles/old-barracks-homes">homes at the Old Barracks</a>, which the city wants to build itself and for which it would have to borrow more than in the last three years together.',
      ),
    ],
  },
  {
    slug: 'mayor-halloran-interview',
    kicker: 'The interview',
    headline: '“I would rather be boring and on time”',
    alternativeHeadline: 'Sunniva Halloran on trams, debts and losing her temper',
    standfirst:
      'Halfway through her term the mayor talks about the vote she lost, the bridge she will not build and why she answers letters by hand',
    genre: 'INTERVIEW',
    sectionSlug: 'politics',
    tagSlugs: ['council', 'housing'],
    by: ['tomas-verrin'],
    others: [{ role: 'PHOTOS_BY', slug: 'mara-quist' }],
    published: days(-4) + hours(-6),
    visibility: 'MEMBERS',
    lead: {
      kind: 'image',
      key: 'council',
      caption: 'Under the town’s arms, a gull over waves: the mayor’s chair is the one in the middle.',
    },
    relatedSlugs: ['council-budget-explained', 'port-almery-night-trams-approved'],
    body: [
      p(
        'Sunniva Halloran’s office has a view of the harbour and a clock that is four minutes fast. She set it herself, on her first day, after arriving late at her own inauguration.',
      ),
      p(
        'She was a harbour pilot for sixteen years before she stood for the council, and talks like one: in short sentences, looking past you to see what is coming.',
      ),
      paywall,
      p('<strong>You are halfway through your term. What has gone wrong?</strong>'),
      p(
        'The swimming hall. We said 18 months, and it will be 40. I was told that the ground was rock. It is not rock. I should have asked to see the rock.',
      ),
      p('<strong>You lost a vote on the bridge in spring.</strong>'),
      p(
        'I did, and I was wrong, which I found out by losing. The bridge would have cost 900 million and saved people six minutes. You can buy a lot of ferries for 900 million. I will not bring it back.',
      ),
      pull('I lose my temper about twice a year, and always about paper.', 'Sunniva Halloran'),
      p('<strong>The opposition says that you govern by announcement.</strong>'),
      p(
        'I would rather be boring and on time. Look at what we announced last year: drains. Nobody came to the press conference about the drains. You came, but you left early.',
      ),
      p('<strong>Rents have risen by a fifth in four years.</strong>'),
      p(
        'Yes. That is the failure that I think about at night. We can build 640 homes at the Old Barracks and we need 4,000. Anyone who says that the market will do the rest has not looked at the last four years.',
      ),
      p('<strong>You answer letters by hand. Why?</strong>'),
      p(
        'Because people then write shorter letters. No: because I notice things. If nine people write to me about the same bench, there is something about that bench.',
      ),
      p('<strong>Will you stand again?</strong>'),
      p('Ask me when the swimming hall is open.'),
      p('<em>The conversation was edited for length. It took place before the vote on the night trams.</em>'),
    ],
  },
  {
    slug: 'old-barracks-homes',
    kicker: 'Housing',
    headline: 'City to build 640 homes at the Old Barracks itself',
    standfirst: 'No developer wanted the site on the council’s terms. Now the council will be the developer',
    dateline: 'PORT ALMERY',
    sectionSlug: 'politics',
    tagSlugs: ['housing', 'council'],
    by: ['tomas-verrin'],
    published: days(-6) + hours(-4),
    lead: {
      kind: 'image',
      key: 'forest',
      caption: 'The edge of Hollin Wood behind the barracks will not be built on, the plans promise.',
    },
    body: [
      p(
        'Port Almery will build homes with its own money for the first time in 34 years. A committee on %day% approved plans for 640 flats at the Old Barracks, two thirds of them at rents that are tied to income.',
      ),
      p(
        'The site, eleven hectares between the hospital and Hollin Wood, has stood empty since the army left. The city offered it to developers three times, on condition that half of the homes stay affordable for 40 years. The third time nobody answered at all.',
      ),
      quote(
        'We were told that it could not be done. So we asked what it would cost to do it, and that, it turned out, was a number.',
        'Councillor Ilse Tamm, head of the housing committee',
      ),
      p(
        'The number is 1.1 billion crowns over seven years, most of it borrowed. Rents would pay back the loans in 31 years, the treasurer’s office says, if interest stays below 4%. At 5% it would be 44 years.',
      ),
      list(
        '<strong>420</strong> flats at rents tied to income',
        '<strong>160</strong> flats at market rents',
        '<strong>60</strong> flats for people who need care',
        'a nursery, a tram stop and no car park',
      ),
      p(
        'Critics point at the swimming hall, which is two years late. “The city cannot pour a pool,” said Bertil Roake of the opposition, “and now it wants to pour a suburb.” He proposed to sell half of the site and was outvoted by nine to four.',
      ),
      p(
        'Neighbours were more divided than expected. Of 88 people who spoke at two hearings, 51 were in favour, many of them parents whose grown-up children still live at home. Others feared for the wood. The plans now keep a strip of 60 metres between the last house and the first tree.',
      ),
      p(
        'Work could begin in spring, if the full council agrees in November. <a href="/articles/council-budget-explained">How that vote works</a> is a story of its own.',
      ),
    ],
  },
  {
    slug: 'free-school-meals-report',
    kicker: 'Schools',
    headline: 'Every pupil should eat free, council’s own report finds',
    standfirst:
      'The report, to be published today, puts the price at 41 million crowns and says that the present system costs families their pride',
    dateline: 'PORT ALMERY',
    sectionSlug: 'politics',
    tagSlugs: ['education', 'council', 'food'],
    by: ['tomas-verrin'],
    published: minutes(30),
    embargoed: true,
    urgency: 3,
    lead: {
      kind: 'image',
      key: 'bakery',
      caption: 'Bread for the school kitchens comes from the city’s own bakers.',
    },
    relatedSlugs: ['council-budget-explained'],
    body: [
      p(
        'All 17,000 schoolchildren in Port Almery should get a free hot lunch, a report commissioned by the council recommends. At present one in four does, after their parents have shown a payslip.',
      ),
      p(
        'The report, which reporters were given in advance on condition that they wait for its publication, says that a third of the families who are entitled to free meals never apply. “They do not want to be the ones with the blue card,” it quotes a headteacher.',
      ),
      p(
        'Free meals for all would cost 41 million crowns a year, 23 million more than now. Half of the difference would be saved in offices: the city employs 29 people to check who may eat.',
      ),
      quote(
        'My daughter’s friend says that she is not hungry. She is nine. She is hungry.',
        'A parent, quoted in the report',
      ),
      p(
        'Three schools tried it for a year. Absence fell by a tenth, and 40% less food was thrown away, because the kitchens knew in the morning how many would come.',
      ),
      p(
        'The mayor’s office said that it would read the report before having an opinion about it. A decision is expected with <a href="/articles/council-budget-explained">the budget in November</a>.',
      ),
    ],
  },
  {
    slug: 'ferry-fares-to-double',
    kicker: 'Withdrawn',
    headline: 'Ferry fares to double next year',
    sectionSlug: 'politics',
    tagSlugs: ['ferries', 'council'],
    by: ['tomas-verrin'],
    published: days(-10),
    modified: days(-9),
    pubStatus: 'CANCELED',
    withdrawnReason: 'It was based on a draft that had already been rejected.',
    corrections: [
      {
        correctionType: 'RETRACTION',
        text: 'This story was wrong and has been withdrawn. It was based on a draft that the council’s transport committee had already rejected. We should have asked the committee, and did not.',
        at: days(-9),
      },
    ],
    body: [
      p(
        'Fares on the city’s ferries are to double next year, according to a paper by the council’s transport department.',
      ),
      p(
        'A single crossing would cost 6 crowns. The department expects the change to bring in 4 million crowns a year.',
      ),
      image('ferry'),
    ],
  },
];
