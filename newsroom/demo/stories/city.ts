/** The demo newsroom's stories about the city and its trams. */
import {
  callout,
  card,
  code,
  type DemoStory,
  days,
  divider,
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
  video,
} from '../story.ts';

export const city: readonly DemoStory[] = [
  {
    slug: 'storm-odile-ferries-cancelled',
    kicker: 'Storm Odile',
    headline: 'Ferries cancelled and harbour road closed as Storm Odile nears Port Almery',
    standfirst: 'Red warning from nine this evening; schools on the seafront are to stay shut tomorrow',
    dateline: 'PORT ALMERY',
    sectionSlug: 'city',
    tagSlugs: ['storms', 'ferries', 'harbour'],
    by: ['ines-okoro-lind'],
    published: minutes(-6),
    urgency: 1,
    breaking: true,
    lead: { kind: 'image', key: 'lighthouse' },
    relatedSlugs: ['what-a-red-warning-means', 'last-marigold-crossing'],
    body: [
      p(
        'All ferries across the Almer and to the outer islands are cancelled from six this evening, the harbour master said on %day%, as Storm Odile approaches the coast with gusts of up to 130 kilometres an hour.',
      ),
      p(
        'The weather service raised its warning for the coast between Tern Point and the Saltmarket to red, the highest of three levels, from nine in the evening until four in the morning. It is the first red warning for the city in six years.',
      ),
      list(
        '<strong>Closed:</strong> the harbour road between Old Quay and the fish hall, from 7pm',
        '<strong>Running:</strong> tram lines 1, 2 and 4; line 3 turns back at Customs Square',
        '<strong>Shut tomorrow:</strong> four schools and two nurseries on the seafront',
        '<strong>Open all night:</strong> the sports hall on Mill Street, with beds for 300 people',
      ),
      p(
        '“Go home early, take your plants in and do not come to look at the waves,” said the harbour master, Ruth Ambler. “Every storm somebody comes to look at the waves.”',
      ),
      card('what-a-red-warning-means', 'What a red warning means, and what it does not'),
      p(
        'High water is expected shortly before midnight, 1.4 metres above the usual mark. The flood gates at the river mouth were closed at noon and held in a test. Council crews put up 900 metres of mobile barriers along the fish market, where cellars filled with water three winters ago.',
      ),
      p(
        'The island clinic on Little Gannet has taken two patients who need dialysis to the mainland as a precaution. The lifeboat station at Tern Point said both of its crews would sleep at the station.',
      ),
      p(
        'Fishing crews spent the afternoon doubling their lines. The <em>Marigold</em>, the city’s old diesel ferry, which made <a href="/articles/last-marigold-crossing">her last crossing</a> this week, was towed into the inner basin. “She has seen worse,” said her former master, Henrik Aune. “So have I, but we were both younger.”',
      ),
      p('<em>This story is being updated.</em>'),
    ],
  },
  {
    slug: 'port-almery-night-trams-approved',
    kicker: 'Night trams',
    headline: 'Port Almery votes to run its trams all night',
    alternativeHeadline: 'City council approves all-night trams',
    standfirst:
      'After nine years of trying, the council finds the money for a line that nurses, bakers and late drinkers have asked for since the ferries stopped at midnight',
    abstract:
      'The council voted 27 to 14 for a night tram from the hospital to the container terminal, every 30 minutes, from September. It costs 3.1 million crowns a year.',
    dateline: 'PORT ALMERY',
    sectionSlug: 'city',
    tagSlugs: ['trams', 'council', 'night-work'],
    by: ['ines-okoro-lind', 'tomas-verrin'],
    others: [
      { role: 'PHOTOS_BY', slug: 'mara-quist' },
      { role: 'EDITED_BY', name: 'Asta Fromm' },
    ],
    published: minutes(-47),
    modified: minutes(-18),
    urgency: 2,
    lead: {
      kind: 'image',
      key: 'tram',
      caption: 'A line 2 tram in Lantern Street. From September the same trams will run until morning.',
    },
    corrections: [
      {
        correctionType: 'CORRECTION',
        text: 'An earlier version of this story said that the night line would cost 3.1 million crowns a month. It is 3.1 million crowns a year.',
        at: minutes(-18),
      },
    ],
    relatedSlugs: ['council-budget-explained', 'broken-lifts-counted', 'opinion-dark-streets-empty-trams'],
    body: [
      p(
        'Trams will run through the night in Port Almery for the first time since the network opened, after the city council voted on %day% for a line that crosses the city from the hospital to the container terminal.',
      ),
      p(
        'The vote, 27 to 14, ended nine years of studies, trials and two failed motions. From the first weekend in September a tram will leave each end of the line every 30 minutes between midnight and five.',
      ),
      p(
        'It will cost 3.1 million crowns a year, a sum the council found by ending its contract for night buses that, on most nights, carried <a href="/articles/broken-lifts-counted">fewer people than there are lifts to repair</a>.',
      ),
      card('council-budget-explained', 'Where the money comes from: the city’s budget in six steps'),
      p(
        '“A city that works at night has to move at night,” said the mayor, Sunniva Halloran, who had made the line a promise of her campaign. About 9,400 people in the city start or finish work between midnight and five, the council’s own survey found: nurses, cleaners, dockers, bakers.',
      ),
      pull(
        'I have walked home along the harbour road for 22 years. I know every gull.',
        'Oda Petrie, night nurse',
      ),
      p(
        'Oda Petrie, who works in the hospital’s emergency ward, listened from the public gallery in her uniform. Her walk home takes 50 minutes. The tram will take 14.',
      ),
      image('map', 'The night line, in yellow, has nine stops and meets each of the three daytime lines.'),
      p(
        'Not everyone was pleased. Councillor Bertil Roake, who leads the opposition, called the line “a very large taxi” and said that the money was needed for repairs. Residents of Lantern Street, where the tracks run four metres from bedroom windows, asked for slower trams; they will get rubber beds under the rails before the first night.',
      ),
      h('What happens next'),
      p(
        'The tram company must hire 38 drivers by August. It has 11 applications so far. Fares will be the same as by day, and <a href="/articles/night-bakers-of-lantern-street">the bakers of Lantern Street</a>, who start at two, have already asked for a stop outside the door.',
      ),
      card('night-bakers-of-lantern-street', 'The night bakers of Lantern Street'),
      p('They will have to walk a little: the council put the stop 80 metres away, by the library.'),
    ],
  },
  {
    slug: 'tranvias-toda-la-noche',
    kicker: 'Transporte',
    headline: 'Port Almery tendrá tranvías toda la noche',
    standfirst:
      'El pleno aprueba por 27 votos a 14 una línea nocturna entre el hospital y la terminal de contenedores',
    dateline: 'PORT ALMERY',
    sectionSlug: 'city',
    tagSlugs: ['trams', 'council'],
    inLanguage: 'es',
    by: ['ines-okoro-lind'],
    published: minutes(-32),
    lead: {
      kind: 'image',
      key: 'map',
      caption: 'La línea nocturna, en amarillo, enlaza con las tres líneas diurnas en nueve paradas.',
      altText: 'Plano de la ciudad con tres líneas de tranvía de colores y una línea amarilla que las cruza.',
    },
    relatedSlugs: ['port-almery-night-trams-approved'],
    body: [
      p(
        'Port Almery tendrá tranvías durante toda la noche a partir de septiembre. El pleno municipal aprobó por 27 votos a 14 una línea que cruza la ciudad desde el hospital hasta la terminal de contenedores, con un tranvía cada media hora entre la medianoche y las cinco.',
      ),
      p(
        'La línea costará 3,1 millones de coronas al año. El ayuntamiento pagará una parte con el dinero de los autobuses nocturnos, que dejarán de circular. “Una ciudad que trabaja de noche tiene que moverse de noche”, dijo la alcaldesa, Sunniva Halloran.',
      ),
      p(
        'Unas 9.400 personas empiezan o terminan su jornada entre la medianoche y las cinco: enfermeras, limpiadoras, estibadores, panaderos. Oda Petrie, enfermera de urgencias, tarda hoy 50 minutos en volver a casa a pie. En tranvía serán 14.',
      ),
      p('La compañía busca 38 conductores antes de agosto. El billete costará lo mismo que de día.'),
    ],
  },
  {
    slug: 'last-marigold-crossing',
    kicker: 'Watch',
    headline: 'The last crossing of the Marigold',
    standfirst:
      'After 41 years and some 160,000 trips across the Almer, the city’s diesel ferry goes out with two blasts of the horn',
    dateline: 'OLD QUAY',
    genre: 'VIDEO',
    sectionSlug: 'city',
    tagSlugs: ['ferries', 'harbour'],
    by: ['mara-quist'],
    others: [{ role: 'VIDEO_BY', slug: 'mara-quist' }],
    published: hours(-5),
    lead: {
      kind: 'video',
      key: 'crossing',
      caption: 'Ten seconds of the last crossing, from dusk to night.',
    },
    relatedSlugs: ['storm-odile-ferries-cancelled', 'gannet-bank-first-winter'],
    body: [
      p(
        'Nobody had announced a ceremony, so everybody came. By eight on %day-1% evening some 600 people stood on Old Quay to watch the <em>Marigold</em> cast off for the last time.',
      ),
      p(
        'The ferry has carried shipyard workers, schoolchildren, brides and, once, a camel across the Almer eleven times a day for 41 years. An electric boat, the <em>Primrose</em>, takes over the crossing with the same crew and the same timetable.',
      ),
      quote(
        'She rattles, she smokes and she has never been late by more than a wave.',
        'Henrik Aune, master of the Marigold since 1999',
      ),
      p(
        'We filmed the crossing from one spot at the end of the quay, where <a href="/articles/storm-odile-ferries-cancelled">the storm barriers</a> now stand.',
      ),
      image('harbour', 'Old Quay an hour before the last departure.'),
      p('The museum has offered to take her engine. Mr Aune has asked for the horn.'),
    ],
  },
  {
    slug: 'broken-lifts-counted',
    kicker: 'Behind the numbers',
    headline: 'How we counted 1,212 broken lifts',
    standfirst:
      'The tram company says its lifts work 97% of the time. Both the figure and the people stuck below the platform are right',
    genre: 'EXPLAINER',
    sectionSlug: 'city',
    tagSlugs: ['trams', 'data'],
    by: ['kenji-aldous'],
    others: [{ role: 'ADDITIONAL_REPORTING', slug: 'ines-okoro-lind' }],
    published: days(-2) + hours(-3),
    lead: { kind: 'image', key: 'chart', caption: 'What averages hide: an illustration.' },
    relatedSlugs: ['port-almery-night-trams-approved'],
    body: [
      p(
        'For one year a small program of ours asked the tram company’s website every ten minutes which of its 34 lifts were out of order. It asked 52,560 times. We counted 1,212 breakdowns.',
      ),
      p(
        'The company’s figure, published once a year, is that lifts were available for 97% of the time. Ours is 96.6%. We do not dispute it. But an average over a year says little to a person with a pushchair at a quarter past eight.',
      ),
      h('Three lifts, half the trouble'),
      table(
        ['Stop', 'Breakdowns', 'Longest', 'Available'],
        ['Customs Square', '241', '19 days', '81.2%'],
        ['Hospital (east)', '198', '11 days', '85.9%'],
        ['Mill Street', '167', '23 days', '78.4%'],
        ['All other lifts', '606', '6 days', '98.2%'],
      ),
      p(
        'Three of the 34 lifts account for half of all breakdowns. All three were built by the same firm in the same year and stand less than 200 metres from the sea. Salt, say engineers, gets into the door motors.',
      ),
      video('crossing', 'Salt air is the point: the harbour, seen from the end of Old Quay.'),
      h('Count it yourself'),
      p(
        'Every observation is a line with a time, a stop and a state. A breakdown is a change from “works” to “does not”. In our program this is all there is to it:',
      ),
      code(
        'python',
        'breakdowns = 0\nbefore = {}\nfor time, stop, works in observations:\n    if before.get(stop, True) and not works:\n        breakdowns += 1\n    before[stop] = works\nprint(breakdowns)  # 1212',
      ),
      p(
        'There are weaknesses. A lift that failed and recovered within ten minutes is invisible to us. A lift whose failure nobody reported is invisible to everyone. So the true number is higher.',
      ),
      callout(
        '<strong>The data are yours.</strong> All 52,560 observations are free to use, with our name beside them. Found a mistake? Write to Kenji Aldous; he answers.',
      ),
      divider,
      p(
        'The company told us that new door motors have been ordered for the three stops. It now publishes repair times every week, which it began to do after we asked for the first time.',
      ),
    ],
  },
  {
    slug: 'tramways-seeks-night-drivers',
    kicker: 'Announcement',
    headline: 'Almery Tramways seeks 38 drivers for the night line',
    standfirst: 'A statement from the city’s tram company, printed as it came',
    genre: 'PRESS_RELEASE',
    sectionSlug: 'city',
    tagSlugs: ['trams', 'night-work'],
    published: minutes(-25),
    source: {
      name: 'Almery Tramways',
      category: 'HANDOUT',
      url: 'https://tramways.example.org/news/night-drivers',
    },
    usageRights: { syndicatable: false, embeddable: true, requiredCredit: 'Almery Tramways' },
    copyrightNotice: '© Almery Tramways',
    body: [
      p(
        'Almery Tramways welcomes the decision of the city council to introduce an all-night tram service and invites applications for 38 permanent positions as a night driver.',
      ),
      p(
        'No experience is required. Applicants should be 21 or older, hold a car driving licence and enjoy the quiet. Training takes eleven weeks at full pay.',
      ),
      steps(
        'Apply by the end of the month at any ticket office.',
        'Attend a test of sight, hearing and patience.',
        'Begin training in the second week of May.',
      ),
      p(
        'Night drivers receive a supplement of 30% and a free annual ticket for two. “We are looking for people who like the city when it is asleep,” said the company’s head of operations, Marta Linne.',
      ),
    ],
  },
];
