/** The demo newsroom's stories about music, books and sport. */
import { card, type DemoStory, days, divider, embed, h, hours, list, p, pull, quote } from '../story.ts';

export const culture: readonly DemoStory[] = [
  {
    slug: 'harbour-sounds-review',
    kicker: 'Review',
    headline: 'A very loud kind of tenderness',
    standfirst:
      'On its last night the Harbour Sounds festival belonged to Ida Morrow, who sang as if she had been asked to keep a secret and could not',
    genre: 'OPINION',
    sectionSlug: 'culture',
    tagSlugs: ['music', 'harbour'],
    by: ['lotte-fenwick'],
    published: hours(-10),
    lead: {
      kind: 'image',
      key: 'concert',
      caption: 'Ida Morrow and her band in front of 8,000 people in the old fish hall.',
    },
    relatedSlugs: ['library-opens-on-sundays'],
    body: [
      p(
        'There is a moment, forty minutes in, when Ida Morrow stops singing, looks at the roof of the old fish hall, and laughs. A gull has got in. It flies one slow round in the lights, pink, gold, blue, and settles on a loudspeaker. “He was here before us,” she says, and counts the band in again.',
      ),
      p(
        'It was that sort of night. Morrow, who grew up three streets away and sold prawns in this very hall, had closed the festival twice before and each time seemed to be somewhere else. This time she was home.',
      ),
      p(
        'The new songs are about leaving, which every singer’s are, but hers are about the packing. “Two Cups” is a list of what she did not take. “Ferry Time” runs at exactly the tempo of the old boat’s engine; the drummer, she told us, had been made to ride it for a day.',
      ),
      embed('https://music.example.org/ida-morrow/ferry-time', 'Tideline Audio'),
      p(
        'Not everything worked. A choir of 60 schoolchildren came on, sang beautifully, and was drowned by a bass that one felt mostly in the teeth. The encore had three endings, of which the first was best.',
      ),
      pull('She sang as if she had been asked to keep a secret and could not.', 'Lotte Fenwick'),
      p(
        'But then she sang “Harbour Road” alone, without a microphone, to 8,000 people who had paid to be deafened, and for four minutes you could hear the water under the floor.',
      ),
      p('The gull stayed till the end. It left, like the critics, before the queue for the coats.'),
      p('<strong>★★★★☆</strong>'),
    ],
  },
  {
    slug: 'library-opens-on-sundays',
    kicker: 'Libraries',
    headline: 'City library opens on Sundays, with nobody at the desk',
    standfirst:
      'Readers let themselves in with their card. In the trial three umbrellas were stolen, and no book',
    dateline: 'LANTERN STREET',
    sectionSlug: 'culture',
    tagSlugs: ['libraries', 'education', 'council'],
    by: ['lotte-fenwick'],
    published: days(-7) + hours(-2),
    lead: {
      kind: 'image',
      key: 'library',
      caption: 'The reading room of the city library in Lantern Street.',
    },
    body: [
      p(
        'The city library will open on Sundays from next month, without staff. Anyone who has held a card for half a year can unlock the door with it, read, borrow and go.',
      ),
      p(
        'The council decided this on %day% after a trial of ten Sundays, in which 4,112 people came. The librarians had predicted that things would go missing, and they did: three umbrellas, of which two were brought back.',
      ),
      quote(
        'We had a list of forty things that might go wrong. It has been very humbling.',
        'Bettina Marsh, head librarian',
      ),
      p(
        'Most visitors were students. But the library counted 600 families as well, and a group of men over 70 who had met for years in the waiting hall of the station, because it was warm.',
      ),
      list(
        'Open on Sundays from 10 to 6, to holders of a card',
        'Under 16 with an adult',
        'The cellar, the café and the map room stay shut',
      ),
      p(
        'The union of library workers supports the plan on one condition, which the council accepted in writing: no post will be cut, and no other day will follow without its consent. “A library without librarians is a room with books,” it said. “On Sundays, a room with books is better than a locked one.”',
      ),
      p(
        'Help can be had by telephone. In the trial it rang 19 times. Eleven callers could not find the light switch. It is now painted yellow.',
      ),
    ],
  },
  {
    slug: 'harbour-late-winner-vant',
    kicker: 'Football',
    headline: 'Almery Harbour 3, Vant United 2: the wrong foot in the last minute',
    standfirst:
      'Two goals down with a quarter of an hour to play, Harbour win a match that their manager had already begun to explain',
    dateline: 'KESTREL PARK',
    sectionSlug: 'sport',
    tagSlugs: ['football'],
    by: ['callum-strand'],
    published: hours(-14),
    lead: {
      kind: 'image',
      key: 'stadium',
      caption:
        'Jonas Adeyi on the way to the winning goal, struck with the foot that he “only uses for the clutch”.',
    },
    relatedSlugs: ['captain-marit-sole-interview'],
    body: [
      p(
        'Jonas Adeyi does not have a left foot. Everyone at Kestrel Park knows it; the fans have a song about it. So when the ball fell to him in the 94th minute, eleven metres out and on the wrong side, 14,000 people drew breath to sigh.',
      ),
      p(
        'He hit it with his left. It went in off the post, the other post, and the goalkeeper’s back. Almery Harbour had beaten the leaders, 3–2, after being two down with fifteen minutes to go.',
      ),
      quote('I only use that foot for the clutch.', 'Jonas Adeyi, scorer of the third goal'),
      p(
        'For an hour it had been a lesson. Vant passed the ball as if they had rented the pitch. Their first goal, after nine minutes, took 23 passes; their second took one, from a throw by their goalkeeper that the whole home defence watched as one watches a plane.',
      ),
      p(
        'Then it began to rain, sideways, and Harbour began to run. Petra Lindqvist’s side have scored eleven of their 19 goals this season in the last quarter of an hour. The manager calls it fitness. The captain, in <a href="/articles/captain-marit-sole-interview">our interview</a>, called it bad temper.',
      ),
      h('How it happened'),
      list(
        '<strong>9’</strong> 0–1 Carro, after a long move',
        '<strong>52’</strong> 0–2 Iversen, alone',
        '<strong>76’</strong> 1–2 Sole, a header from a corner',
        '<strong>88’</strong> 2–2 own goal, under pressure from the wind',
        '<strong>94’</strong> 3–2 Adeyi, left foot',
      ),
      p(
        'Lindqvist had been seen, after 75 minutes, writing on a card. What was it? “My statement,” she said. “It began: we must learn from this.” She had put it in her pocket, where the rain had got at it, and was glad.',
      ),
      p(
        'Harbour are third, four points behind. They play at Saltholm next week. Adeyi said he would use his right.',
      ),
    ],
  },
  {
    slug: 'captain-marit-sole-interview',
    kicker: 'Interview',
    headline: 'Marit Sole: “I am nicer now. It has cost us two goals”',
    standfirst: 'Harbour’s captain on headers, law school and the art of shouting',
    genre: 'INTERVIEW',
    sectionSlug: 'sport',
    tagSlugs: ['football', 'education'],
    by: ['callum-strand'],
    published: days(-13) + hours(-2),
    lead: {
      kind: 'image',
      key: 'stadium',
      caption: 'Kestrel Park, where Marit Sole has played 211 matches in defence.',
    },
    body: [
      p(
        'Marit Sole arrives from a lecture on the law of leases, with a bag of books and a bag of boots, and gets them mixed up at the café door. At 29 she is captain of Almery Harbour and in her third year of law.',
      ),
      p('<strong>Which is harder?</strong>'),
      p('Law. In football, when you do not know what to do, you can kick it out.'),
      p(
        '<strong>You are known for shouting. The microphones at Kestrel Park were moved because of it.</strong>',
      ),
      p(
        'By two metres. I have a voice, and defending is telling people things before they happen. I am nicer now than I was. It has cost us two goals; I can tell you which.',
      ),
      p('<strong>Why does the team score so late?</strong>'),
      p(
        'Bad temper. We are very polite for an hour. Then somebody gets annoyed, usually me, and it spreads.',
      ),
      pull('Defending is telling people things before they happen.', 'Marit Sole'),
      p('<strong>You gave up headers in training. Are you worried?</strong>'),
      p(
        'I read what there is to read, and I decided to head the ball in matches and not on a Tuesday. The club agreed; now nobody under 18 does it in training at all. I am prouder of that than of the cup.',
      ),
      p('<strong>What comes after football?</strong>'),
      p(
        'Leases. People laugh, but everybody I know has a landlord, and none of them have read the paper that they signed. I shall shout at landlords.',
      ),
      divider,
      p(
        '<em>Marit Sole was speaking before the match against Vant. <a href="/articles/harbour-late-winner-vant">She scored in it</a>.</em>',
      ),
    ],
  },
  {
    slug: 'weekend-in-port-almery',
    kicker: 'Weekend',
    headline: 'Eleven things to do this weekend that are not the storm',
    standfirst: 'A turnip supper, a night at the observatory and the best seat in the library',
    genre: 'FEATURE',
    sectionSlug: 'culture',
    tagSlugs: ['music', 'libraries', 'food', 'astronomy'],
    by: ['lotte-fenwick'],
    published: hours(9),
    lead: { kind: 'image', key: 'market' },
    relatedSlugs: ['saltmarket-rents-frozen', 'comet-over-halden-hill'],
    body: [
      p(
        'The fences will be back up, the ferries will run, and everyone will want to talk about the weather. Here is how to avoid it.',
      ),
      list(
        '<strong>Eat</strong> at the turnip supper on the Saltmarket, held in memory of <a href="/articles/saltmarket-rents-frozen">a protest</a>. Bring a spoon.',
        '<strong>Look up</strong> on Halden Hill, where the dome is open until one.',
        '<strong>Sit</strong> by the big window of the library, third table, left.',
        '<strong>Listen</strong> to the harbour choir rehearse. They do not mind, and are better when they think that nobody is there.',
        '<strong>Walk</strong> through Hollin Wood and say sorry to the beetles.',
        '<strong>Watch</strong> “A Lease for Life” at the Tidewater Theatre, a comedy.',
      ),
      p('That makes six. The other five are naps.'),
      card('harbour-sounds-review', 'If you missed it: our review of the last night of Harbour Sounds'),
    ],
  },
];
