/** The demo newsroom's opinions. */
import { type DemoStory, days, h, hours, image, minutes, p, paywall, pull, quote } from '../story.ts';

export const opinion: readonly DemoStory[] = [
  {
    slug: 'opinion-dark-streets-empty-trams',
    kicker: 'Opinion',
    headline: 'An empty tram at three in the morning is not a waste',
    standfirst: 'We do not ask how many people use the fire brigade on an average night',
    genre: 'OPINION',
    sectionSlug: 'opinion',
    tagSlugs: ['trams', 'council', 'night-work'],
    others: [{ role: 'BY', name: 'Edda Marlowe' }],
    published: minutes(-20),
    lead: {
      kind: 'image',
      key: 'tram',
      caption: 'Some of these seats will be empty. That is what they are for.',
    },
    relatedSlugs: ['port-almery-night-trams-approved'],
    body: [
      p(
        'Within an hour of the council’s vote somebody had worked out what each passenger of the night line will cost: 21 crowns, if you believe the forecast, 60 if you do not. The number was meant to shock. I should like to defend it.',
      ),
      p(
        'I have spent my working life with timetables, and have learned one thing about them: nobody uses a service that might not be there. A tram that runs only when it is full is a tram that people cannot rely on, and so it will never be full. The empty run at three is what makes the full one at five possible.',
      ),
      quote('Frequency is freedom.', 'A saying among people who draw timetables'),
      p(
        'We understand this elsewhere. We do not divide the cost of a lighthouse by the number of ships that would otherwise have sunk. Nobody proposes that the fire brigade should sell its night shift.',
      ),
      p(
        'Councillor Roake calls the line a large taxi. He might consider what a taxi costs a woman who cleans offices until one: a fifth of what she earned that night. She walks. So, in effect, she has been paying for our thrift, at a rate of 50 minutes a day.',
      ),
      h('The better objection'),
      p(
        'There is a better objection, and it deserves an answer. For the same 3.1 million the city could mend every lift on the network, and people who cannot climb stairs have waited longer than anyone. I would say: do both, and do the lifts first. <a href="/articles/council-budget-explained">The budget</a> has room for it, in the line that is called “other”.',
      ),
      p(
        'But let us stop pretending that an empty seat is money thrown away. It is a place kept for somebody.',
      ),
      p('<em>Edda Marlowe taught transport planning at the University of Port Almery until last year.</em>'),
    ],
  },
  {
    slug: 'in-praise-of-the-bench',
    kicker: 'Column',
    headline: 'In praise of the public bench',
    standfirst: 'It costs 900 crowns, needs no electricity and will not ask for your opinion of it',
    genre: 'OPINION',
    sectionSlug: 'opinion',
    tagSlugs: ['council', 'health'],
    by: ['lotte-fenwick'],
    published: days(-15) + hours(-4),
    visibility: 'MEMBERS',
    lead: {
      kind: 'image',
      key: 'forest',
      caption: 'There is a bench round the next bend, made of oak that fell by itself.',
    },
    body: [
      p(
        'My street has lost its bench. One morning there were four bolts and a clean rectangle of pavement, as after a burglary. The city, when I rang, said that it had been “rationalised”.',
      ),
      p(
        'I want to put down what it did, before we forget. It let Mr Osei, who is 84, walk to the baker’s in two halves. It was where the boys from number nine learned to be bored, which is the beginning of nearly everything. Twice a year somebody cried on it, and was left alone or was not.',
      ),
      paywall,
      p(
        'A bench is the only thing in a city that offers you something and does not want to know who you are. Cafés have prices. Parks have hours. Even the library likes to see a card. The bench says: sit.',
      ),
      pull('It is the smallest public building we have.', 'Lotte Fenwick'),
      p(
        'I know the arguments against it. People sleep on it: then let us ask why they have nowhere else. People are noisy on it: I have a window that shuts. Doctors, meanwhile, will tell you that a bench every 200 metres decides whether old people go out at all, and that going out decides a good deal else.',
      ),
      p(
        'So I looked up what one costs. It is 900 crowns, with fitting. The four parking sensors that were put into our street in the same week cost 11,000, and nobody has ever sat down on one and been told that it would be all right.',
      ),
      image('library', 'The next best thing: a chair in the reading room, where one must be quiet.'),
      p(
        'The mayor says that <a href="/articles/mayor-halloran-interview">if nine people write to her about the same bench, she notices</a>. I have written. There are eight places left.',
      ),
    ],
  },
];
