/** The demo newsroom's stories from abroad. */
import {
  callout,
  type DemoStory,
  days,
  divider,
  embed,
  h,
  hours,
  image,
  p,
  paywall,
  pull,
  quote,
} from '../story.ts';

export const world: readonly DemoStory[] = [
  {
    slug: 'strait-of-orrin-talks',
    kicker: 'Strait of Orrin',
    headline: 'Velmora and Kesh agree to keep the Strait of Orrin open',
    standfirst:
      'After eleven days of talks both sides will withdraw patrol boats and share the radio channel on which they had shouted at each other',
    dateline: 'CAPE ORRIN',
    sectionSlug: 'world',
    tagSlugs: ['shipping', 'diplomacy'],
    others: [{ role: 'BY', name: 'Jun Sato' }],
    published: hours(-3),
    urgency: 1,
    breaking: true,
    lead: {
      kind: 'image',
      key: 'ferry',
      caption:
        'A passenger ferry and a freighter in the Strait of Orrin, which 140 ships pass on an average day.',
    },
    source: { name: 'Northwire', category: 'WIRES', url: 'https://northwire.example.com/orrin' },
    copyrightNotice: '© Northwire. All rights reserved.',
    usageRights: { syndicatable: false, embeddable: false, requiredCredit: 'Northwire' },
    body: [
      p(
        'CAPE ORRIN (Northwire) — Velmora and Kesh agreed on %day% to keep the Strait of Orrin open to all ships and to withdraw their patrol boats to within three miles of their own coasts, ending a stand-off that had held up trade for most of a month.',
      ),
      p(
        'Under the agreement, signed shortly after dawn in the customs house of Cape Orrin, both countries will share one radio channel for traffic and a joint control room in which each will have six officers and, a protocol specifies, its own coffee machine.',
      ),
      p(
        '“We have not become friends,” said the foreign minister of Kesh, Daria Olm. “We have become neighbours, which is more durable.”',
      ),
      p(
        'The dispute began when a Velmoran patrol boarded a fishing vessel that both countries claim to have registered. At its height 61 ships were waiting at either end of the strait, among them two ferries with 900 passengers.',
      ),
      p(
        'Freight rates between the northern ports fell by 8% within an hour of the announcement. Insurers said that they would review their premiums next week.',
      ),
      p(
        'Neither side gave up its claim to the Sorrel reef, an outcrop that is dry for four hours a day. It will be the subject of further talks, for which no date was set. The fishing vessel has been returned to its owner, who said that he would like to be registered nowhere.',
      ),
    ],
  },
  {
    slug: 'ittifaq-madiq-orrin',
    kicker: 'مضيق أورين',
    headline: 'فيلمورا وكيش تتفقان على إبقاء مضيق أورين مفتوحًا',
    standfirst: 'بعد أحد عشر يومًا من المحادثات يسحب الطرفان زوارق الدورية ويتقاسمان غرفة مراقبة واحدة',
    dateline: 'رأس أورين',
    sectionSlug: 'world',
    tagSlugs: ['shipping', 'diplomacy'],
    inLanguage: 'ar',
    by: ['yusra-haddad'],
    published: hours(-2),
    lead: {
      kind: 'image',
      key: 'ferry',
      caption: 'عبّارة ركاب وسفينة شحن في مضيق أورين الذي تعبره 140 سفينة في اليوم.',
      altText: 'عبّارة بيضاء في بحر أزرق، وخلفها سفينة شحن وجرف صخري.',
    },
    relatedSlugs: ['strait-of-orrin-talks'],
    body: [
      p(
        'اتفقت فيلمورا وكيش على إبقاء مضيق أورين مفتوحًا أمام جميع السفن، وعلى سحب زوارق الدورية إلى مسافة ثلاثة أميال من سواحلهما، لتنتهي بذلك أزمة عطّلت التجارة قرابة شهر.',
      ),
      p(
        'وبموجب الاتفاق الذي وُقّع بعد الفجر في دار الجمارك في رأس أورين، يتقاسم البلدان قناة لاسلكية واحدة لحركة السفن وغرفة مراقبة مشتركة يعمل فيها ستة ضباط من كل جانب.',
      ),
      p('وقالت وزيرة خارجية كيش، داريا أولم: «لم نصبح أصدقاء، بل أصبحنا جيرانًا، وهذا أدوم».'),
      p(
        'وكان النزاع قد بدأ حين فتّشت دورية من فيلمورا قارب صيد يقول كل من البلدين إنه مسجّل لديه. وقد أُعيد القارب إلى صاحبه.',
      ),
    ],
  },
  {
    slug: 'slow-train-over-sorrel-pass',
    kicker: 'Letter from Velmora',
    headline: 'The slow train over Sorrel Pass',
    standfirst:
      'It takes five hours for a distance that a lorry drives in two. For the villages along the line, that is not the point',
    dateline: 'UPPER SORREL, Velmora',
    genre: 'FEATURE',
    sectionSlug: 'world',
    tagSlugs: ['diplomacy', 'trams'],
    by: ['yusra-haddad'],
    published: days(-9) + hours(-8),
    visibility: 'PAID',
    lead: {
      kind: 'image',
      key: 'viaduct',
      caption: 'The morning train on the viaduct below Upper Sorrel, which has eleven arches and one echo.',
    },
    relatedSlugs: ['strait-of-orrin-talks'],
    body: [
      p(
        'The train leaves Velm at 5.10 and is late by 5.20, because Mrs Adamar is not on it yet. She is coming down the street with two geese. The guard looks at his watch, and then, kindly, at the sky.',
      ),
      p(
        'This is the Sorrel line: 94 kilometres, 31 tunnels, one pass, and a timetable that its passengers regard as a suggestion. It was built for an ore that ran out in nine years. It has carried everything else for ninety.',
      ),
      paywall,
      p(
        'The government wants to close it. A study says that each passenger costs the state 41 marks, that buses would cost nine, and that the tunnels leak. All of this is true.',
      ),
      pull('The bus brings you to town. The train brings the town to you.', 'Teodor Haas, guard'),
      p(
        'But the train is also the post office, because the guard carries letters; and the pharmacy, because the driver’s brother is the chemist; and, in January, when the road is shut for six weeks, it is the road. At the halt of Lower Sorrel, where four people live, the driver leaves a newspaper on the signal.',
      ),
      h('The border in the middle'),
      p(
        'For eleven kilometres near the top the line runs through Kesh. During <a href="/articles/strait-of-orrin-talks">the stand-off at the Strait of Orrin</a>, when the two navies followed each other about, the train crossed the border four times a day and nobody asked for a passport. The border guard on the Kesh side gets on for one stop, to have his coffee.',
      ),
      image('viaduct', 'Below the arches lies the valley road, shut from January to March.'),
      p(
        'Passengers have formed a society, which has 2,300 members, more than live along the line. They have offered to run the trains themselves on Sundays. The minister has promised an answer.',
      ),
      embed('https://video.example.org/watch/sorrel-line-cab-ride', 'Channel Nine Velmora'),
      p(
        'At the pass, at 1,840 metres, the train stops for no reason that the timetable gives. Everyone gets out and looks. Then the guard says, “Well,” and everyone gets in again. It is 10.04, or thereabouts. Mrs Adamar’s geese have laid an egg.',
      ),
      divider,
      callout('Yusra Haddad travelled with an ordinary ticket, at 18 marks. The geese travelled free.'),
    ],
  },
  {
    slug: 'islands-vote-on-clocks',
    kicker: 'Gannet Islands',
    headline: 'Islanders vote to put their clocks back, for good',
    standfirst: 'By 212 votes to 197 the Gannets leave mainland time, and lunch moves to one',
    dateline: 'GREAT GANNET',
    sectionSlug: 'world',
    tagSlugs: ['ferries', 'diplomacy'],
    by: ['yusra-haddad'],
    published: days(-16) + hours(-3),
    body: [
      p(
        'The people of the Gannet Islands have voted to live one hour behind the mainland. The result of the referendum, 212 to 197, was read out on %day% from the steps of the school at noon, and then, to applause, again at noon.',
      ),
      p(
        'The islands lie so far to the west that in winter children go to school in the dark. Petitions to change the time are as old as the school. What made the difference, people here say, was electricity: since the cable from the wind farm came, there is enough light to see how dark it is.',
      ),
      quote(
        'I have been getting up in the night for 70 years. I am going to have a lie-in.',
        'Magnus Orde, sheep farmer',
      ),
      p(
        'The change is not without its difficulties. The ferry company says it will keep mainland time, so that boats will leave the island an hour “earlier” than they do. The clinic will go with the island, the bank with the mainland, and the priest has asked for time to think.',
      ),
      p(
        'There was a campaign against it, led by the hotel, which sees its guests miss breakfast. Its owner, Tuva Brandt, was gracious in defeat. “We will serve it until eleven,” she said. “Whatever eleven is.”',
      ),
      p(
        'The government in the capital has a month to object. It is not expected to. The last time it objected to something on the Gannets, in a matter of sheep, a delegation came by boat and stayed for nine days.',
      ),
    ],
  },
];
