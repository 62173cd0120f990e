/** The demo newsroom's stories about science and the weather. */
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
  pull,
  quote,
  steps,
  table,
} from '../story.ts';

export const science: readonly DemoStory[] = [
  {
    slug: 'what-a-red-warning-means',
    kicker: 'Explainer',
    headline: 'What a red warning means, and what it does not',
    standfirst: 'It says nothing about how strong the wind is. Five questions before Storm Odile',
    genre: 'EXPLAINER',
    sectionSlug: 'science',
    tagSlugs: ['storms', 'climate'],
    by: ['kenji-aldous'],
    published: minutes(-95),
    urgency: 2,
    lead: {
      kind: 'image',
      key: 'lighthouse',
      caption: 'Tern Point in the storm three winters ago. The lighthouse is automatic; the tea is not.',
    },
    relatedSlugs: ['storm-odile-ferries-cancelled', 'gannet-bank-first-winter'],
    body: [
      p(
        'A red warning was issued for the coast around Port Almery for the first time in six years. Many people think that red stands for a certain speed of wind. It does not.',
      ),
      h('So what does it say?'),
      p(
        'The weather service weighs two things: how likely a storm is and how much harm it would do. A gale over an empty sea is yellow; the same gale over a ferry port on the last day of the holidays may be red. Red means that danger to life is likely enough for you to change your plans.',
      ),
      h('Who decides?'),
      p(
        'Three people on a night shift. They compare 50 runs of a computer model that start from slightly different weather. When 30 of the 50 agree on the worst, they telephone the harbour master. For <a href="/articles/storm-odile-ferries-cancelled">Storm Odile</a> it was 44.',
      ),
      h('What should I do?'),
      steps(
        'Charge your telephone and fill a bottle with water.',
        'Bring in what can fly: chairs, bins, trampolines.',
        'Stay away from the sea wall, and from windows that face it.',
        'Check on the neighbour who would not ask.',
      ),
      h('Are storms getting worse?'),
      p(
        'There are not more of them: the service has counted 41 a decade since records began, give or take four. But the sea is 19 centimetres higher than it was a hundred years ago, and so each of them reaches further up the street.',
      ),
      h('And if nothing happens?'),
      p(
        'Then it was probably still right. If a warning is correct seven times in ten, three will be for nothing, and a service that was never wrong would be warning too late.',
      ),
      callout(
        'Emergency number for the coast: 0800 555 010, all night. Deaf callers can text the same number.',
      ),
    ],
  },
  {
    slug: 'gannet-bank-first-winter',
    kicker: 'Energy',
    headline: 'Gannet Bank’s first winter: more wind, fewer birds lost than feared',
    standfirst:
      'The 48 turbines off Port Almery made enough power for every home in the city. What the figures of the first six months show',
    dateline: 'GANNET BANK',
    sectionSlug: 'science',
    tagSlugs: ['wind-power', 'climate', 'data'],
    by: ['kenji-aldous', 'pilar-montes-rey'],
    published: days(-1) + hours(-7),
    lead: {
      kind: 'image',
      key: 'turbines',
      caption: 'A service boat among the turbines on Gannet Bank, 19 kilometres from the coast.',
    },
    relatedSlugs: ['what-a-red-warning-means', 'broken-lifts-counted'],
    body: [
      p(
        'The wind farm on Gannet Bank produced 812 gigawatt-hours in its first six months, a tenth more than its owners had promised and about as much as all homes in Port Almery use in a year.',
      ),
      p(
        'The figures, published on %day%, are the first full account of a project that had divided the city. Fishing crews feared for the herring, ornithologists for the gannets that give the bank its name.',
      ),
      h('The birds'),
      p(
        'Radar and cameras on twelve of the 48 turbines recorded 31 collisions, which would mean about 124 for the whole farm. The environmental study had allowed for 400. Gannets in particular proved to be good at going round: nine out of ten changed course a kilometre away.',
      ),
      quote(
        'They queue at the edge and then go through the gap, like people at a market.',
        'Dr Aino Falk, seabird biologist',
      ),
      p(
        'Dr Falk, who had signed a petition against the farm, called the result “a relief, and half an answer”. Two winters more are needed, she said, because the worst nights for birds are foggy ones, and there were only five.',
      ),
      image('chart', 'Power by week, an illustration: the calm fortnight in February is easy to see.'),
      h('The fish and the money'),
      p(
        'Catches of herring around the bank were neither larger nor smaller than in the years before. Catches of lobster rose by a fifth, because nobody may drag nets between the turbines, and the stones at their feet have holes.',
      ),
      table(
        ['', 'Promised', 'First six months'],
        ['Power, GWh', '738', '812'],
        ['Bird strikes, estimated', '200', '124'],
        ['Days without service boat', '30', '47'],
        ['Jobs on land', '110', '96'],
      ),
      p(
        'The one promise that was missed is jobs: 96 people work in the service station at Old Quay instead of 110. The company says that it cannot find electricians who do not get seasick.',
      ),
    ],
  },
  {
    slug: 'comet-over-halden-hill',
    kicker: 'Night sky',
    headline: 'Two schoolgirls, one lens cap and a new comet',
    standfirst:
      'How the observatory on Halden Hill found something that nobody was looking for, on a night when it was officially closed',
    genre: 'FEATURE',
    sectionSlug: 'science',
    tagSlugs: ['astronomy', 'education'],
    by: ['kenji-aldous'],
    published: days(-2) + hours(-9),
    visibility: 'MEMBERS',
    lead: {
      kind: 'image',
      key: 'observatory',
      caption: 'The dome on Halden Hill. The comet stood above the trees on the right.',
    },
    body: [
      p(
        'The telescope on Halden Hill is a hundred and two years old, and on the night of the discovery it was closed. That is why two girls of fifteen were allowed to use it.',
      ),
      p(
        'Freja Holm and Nadia Osei belong to the observatory’s school club. They had come to learn how to take off and put on the lens cap, which weighs nine kilos and has broken two toes in its time.',
      ),
      p(
        '“We took it off and thought: since it is off,” says Nadia. They pointed the telescope at the first constellation that they could find without a map, took eight pictures and went home by the last bus.',
      ),
      h('A smudge that moved'),
      p(
        'The next day they laid the pictures over one another, as they had been taught, to get rid of the noise. One piece of noise would not go. It was in every picture, and in every picture it was somewhere else.',
      ),
      p(
        'They did what scientists do: they assumed that they had made a mistake. They cleaned the camera. They asked the club’s leader, Dr Imre Vass, who assumed that they had made a mistake. Four nights later he took the pictures himself, and telephoned them at half past three in the morning.',
      ),
      pull('I said, are you awake? A stupid question. I have regretted it since.', 'Dr Imre Vass'),
      p(
        'The comet now bears a number and both their names. It is a small one, perhaps two kilometres across, and comes from so far away that it was last here when people had just begun to keep sheep. In May it may be bright enough for binoculars.',
      ),
      p(
        'The observatory, which the council had meant to shut on weekdays, will stay open. The lens cap has been given wheels.',
      ),
      list(
        '<strong>Where:</strong> low in the north-west, an hour after sunset',
        '<strong>With:</strong> binoculars, and patience',
        '<strong>Best place:</strong> the car park on Halden Hill; please dim your lights',
      ),
    ],
  },
  {
    slug: 'beetles-in-hollin-wood',
    kicker: 'Nature',
    headline: 'Hollin Wood’s oldest oaks are saved by what lives in the dead ones',
    standfirst:
      'For thirty years the city tidied its forest. Then it stopped, and a beetle that was thought extinct came back',
    dateline: 'HOLLIN WOOD',
    sectionSlug: 'science',
    tagSlugs: ['climate', 'education'],
    by: ['kenji-aldous'],
    published: days(-11) + hours(-6),
    lead: {
      kind: 'image',
      key: 'forest',
      caption:
        'A walker in Hollin Wood. Fallen branches have been left to lie since the city changed its rules.',
    },
    relatedSlugs: ['old-barracks-homes'],
    body: [
      p(
        'It is two centimetres long, as black as a piano, and it had not been seen in this part of the country since 1971. On a Wednesday morning it walked across the sandwich of a forester.',
      ),
      p(
        'The forester, Signe Aldal, did not finish her sandwich. She put a jar over the hermit beetle and rang the university. By the end of the summer they had found 140 of them, all within a few hundred metres, all in dead wood.',
      ),
      quote('We used to be paid to take their houses away.', 'Signe Aldal, forester'),
      p(
        'Until six years ago, Hollin Wood was kept like a park. Fallen trees were cleared within a week, hollow ones felled before they could fall. Then money ran short, the council cut the clearing, and foresters noticed that nothing bad happened.',
      ),
      p(
        'Something good did. Hollow trunks filled with mould, the mould with larvae, and the larvae with the woodpeckers that eat them. Fungi from the dead oaks, it turned out, help the roots of the living ones to find water. In last year’s drought trees near dead wood lost half as many leaves as those in tidy stands.',
      ),
      card('old-barracks-homes', 'The homes at the edge of the wood'),
      p(
        'The rules have been changed for good: one trunk in ten stays where it falls, unless it falls on a path. Benches are made of the rest.',
      ),
      p(
        'The beetle has brought visitors, some of whom want to see it. This is difficult, as it lives for three years in the dark and three weeks in the light, and smells, when annoyed, of apricots. “If you smell apricots,” says the new sign at the gate, “say sorry.”',
      ),
    ],
  },
];
