/** Pictures of evenings out and in: the stadium, the concert, the reading room. */
import {
  between,
  circle,
  type Drawing,
  drawing,
  ellipse,
  group,
  linear,
  n,
  path,
  pick,
  poly,
  radial,
  randomFrom,
  rect,
  stroke,
  times,
} from '../drawing.ts';

/** Kestrel Park under floodlights. */
export function stadiumAtNight(): Drawing {
  const random = randomFrom(90);
  const crowd = times(1500, () => {
    const x = random() * 1920;
    const edge = Math.abs(x - 960) / 960;
    const y = between(330 - edge * 60, 640 + edge * 20, random());
    return rect(
      x,
      y,
      7,
      9,
      pick(['#d9442f', '#c23b30', '#f4e6cf', '#2a3350', '#e8b08a', '#7d3a3a', '#fff'], random()),
      `rx="3" opacity="${n(0.45 + random() * 0.5)}"`,
    );
  });
  const stripes = times(12, (index) => {
    const at = (x: number, y: number) => [960 + (x - 960) * (0.55 + (y - 660) / 600), y] as const;
    const [a, b] = [-240 + index * 200, -240 + (index + 1) * 200];
    return poly([at(a, 660), at(b, 660), at(b, 1080), at(a, 1080)], index % 2 === 0 ? '#3d8f47' : '#348140');
  });
  const player = (
    x: number,
    y: number,
    s: number,
    shirt: string,
    shorts: string,
    flip: 1 | -1,
    skin: string,
  ) =>
    [-1, 1]
      .map((side) =>
        poly(
          [
            [x, y],
            [x + side * 20 * s, y],
            [x + side * 190 * s, y + 34 * s],
            [x + side * 160 * s, y + 40 * s],
          ],
          '#0d2a14',
          'opacity=".28"',
        ),
      )
      .join('') +
    group(
      [
        stroke('M-4 -74L-30 -38L-58 -14', skin, 15, 'stroke-linecap="round" stroke-linejoin="round"'),
        stroke('M6 -74L26 -38L18 -2', skin, 15, 'stroke-linecap="round" stroke-linejoin="round"'),
        stroke('M-50 -20L-64 -8M19 -14L34 -2', '#161a26', 13, 'stroke-linecap="round"'),
        path('M-22 -88L20 -88L30 -52L8 -48L0 -64L-22 -42L-36 -56Z', shorts),
        path('M-22 -158Q0 -170 26 -156L22 -84L-22 -84Z', shirt),
        stroke('M24 -150L52 -120L38 -94', skin, 12, 'stroke-linecap="round" stroke-linejoin="round"'),
        stroke('M-20 -150L-46 -128L-62 -142', skin, 12, 'stroke-linecap="round" stroke-linejoin="round"'),
        stroke('M22 -152L38 -136M-18 -152L-34 -138', shirt, 18, 'stroke-linecap="round"'),
        circle(8, -184, 19, skin),
        path('M-11 -186A19 20 0 0 1 26 -192Q6 -196 -11 -186Z', '#1d1512'),
      ].join(''),
      `transform="translate(${x} ${y}) scale(${s * flip} ${s})"`,
    );
  const floodlight = (x: number, y: number, lean: number) =>
    poly(
      [
        [x - 90, y],
        [x + 90, y],
        [x + lean + 560, 1080],
        [x + lean - 560, 1080],
      ],
      'url(#beam)',
    ) +
    stroke(`M${x} ${y}L${x} 420`, '#1a2136', 16) +
    rect(x - 96, y - 50, 192, 84, '#222b44', 'rx="6"') +
    times(10, (index) =>
      circle(x - 74 + (index % 5) * 37, y - 28 + Math.floor(index / 5) * 40, 14, '#fffdf0'),
    ) +
    circle(x, y - 8, 330, 'url(#flare)');
  return drawing(
    1920,
    1080,
    [
      linear('sky', ['#070b1d', '#14204a', '#2d3f74']),
      linear('stand', ['#1c2440', '#2b3659', '#1a2138']),
      linear('beam', ['#f4f8ff:.26', '#f4f8ff:0']),
      radial('flare', ['#fff:.85', '#e9f1ff:.25', '#e9f1ff:0']),
      linear('shade', ['#04210c:.5', '#04210c:0', '#04210c:.25']),
    ],
    [
      rect(0, 0, 1920, 1080, 'url(#sky)'),
      path('M0 230Q960 330 1920 230L1920 670L0 670Z', 'url(#stand)'),
      crowd,
      path('M0 180Q960 290 1920 180L1920 250Q960 350 0 250Z', '#0c1226'),
      path('M0 250Q960 350 1920 250L1920 256Q960 356 0 256Z', '#d94f3d'),
      times(17, (index) => rect(index * 120 + 40, 250, 5, 400, '#0f1630', 'opacity=".45"')),
      rect(0, 630, 1920, 34, '#101831'),
      times(16, (index) =>
        rect(
          index * 120 + 6,
          634,
          108,
          24,
          pick(['#d94f3d', '#f2c53a', '#2f8f83', '#f4e6cf', '#3b6fa0'], random()),
          'opacity=".85"',
        ),
      ),
      rect(0, 660, 1920, 420, '#348140'),
      stripes,
      rect(0, 660, 1920, 420, 'url(#shade)'),
      stroke('M120 690L1800 690M960 690L960 1080', '#f2f8ef', 5, 'opacity=".8"'),
      ellipse(960, 900, 330, 110, 'none', 'stroke="#f2f8ef" stroke-width="5" opacity=".8"'),
      stroke('M1560 690L1680 900L1920 900M1700 690L1770 810L1920 810', '#f2f8ef', 5, 'opacity=".8"'),
      group(
        stroke('M0 0L0 -150L130 -190L130 -30', '#fff', 9) +
          stroke(
            'M0 -150L60 -136L60 -14M130 -190L180 -172M0 -110L60 -100M0 -70L60 -62M0 -30L60 -28M20 -150L20 -8M40 -142L40 -10',
            '#fff',
            2,
            'opacity=".55"',
          ),
        'transform="translate(1770 810)"',
      ),
      player(330, 760, 0.55, '#f4e6cf', '#22305a', 1, '#8a5a42'),
      player(1330, 780, 0.6, '#f4e6cf', '#22305a', -1, '#d8a684'),
      player(1560, 850, 0.85, '#2f8f83', '#11443e', -1, '#c98f6b'),
      player(1120, 900, 0.95, '#f4e6cf', '#22305a', 1, '#6f4532'),
      player(700, 1000, 1.6, '#d94f3d', '#fff', 1, '#b87a58'),
      circle(850, 986, 22, '#fff', 'stroke="#1d2230" stroke-width="3"'),
      path('M843 978l14 0l5 12l-12 9l-12 -9z', '#1d2230'),
      player(230, 940, 1.15, '#d94f3d', '#fff', 1, '#5f3a2a'),
      floodlight(250, 90, 320),
      floodlight(1670, 90, -320),
    ],
  );
}

/** The last night of the Harbour Sounds festival. */
export function concertCrowd(): Drawing {
  const random = randomFrom(440);
  const beam = (x: number, to: number, colour: string) =>
    poly(
      [
        [x - 12, 60],
        [x + 12, 60],
        [to + 210, 1000],
        [to - 210, 1000],
      ],
      `url(#${colour})`,
    );
  const fan = (x: number, y: number, s: number, colour: string) => {
    const raised = random();
    const arms =
      raised < 0.55
        ? stroke(
            raised < 0.3 ? 'M-44 50L-62 -40L-40 -112M44 50L62 -36L50 -104' : 'M44 50L66 -30L40 -118',
            colour,
            21,
            'stroke-linecap="round" stroke-linejoin="round"',
          )
        : '';
    const phone = raised > 0.5 && raised < 0.55 ? rect(22, -158, 36, 60, '#e3f0ff', 'rx="5"') : '';
    return group(
      `${arms}${phone}${circle(0, -30, 34, colour)}${path('M-74 260L-70 62Q-66 14 0 10Q66 14 70 62L74 260Z', colour)}`,
      `transform="translate(${n(x)} ${n(y)}) scale(${s})"`,
    );
  };
  const rows = [
    { y: 900, s: 0.5, colour: '#3a1c5c', count: 36 },
    { y: 980, s: 0.8, colour: '#261243', count: 24 },
    { y: 1090, s: 1.2, colour: '#150a2a', count: 15 },
  ];
  const player = (x: number, y: number, s: number, more: string) =>
    group(
      `${circle(0, -206, 27, '#120823')}${path('M-46 -60L-40 -150Q-36 -176 0 -178Q36 -176 40 -150L46 -60Z', '#120823')}${stroke('M-18 -62L-30 0M18 -62L30 0', '#120823', 25, 'stroke-linecap="round"')}${more}`,
      `transform="translate(${x} ${y}) scale(${s})"`,
    );
  const guitar = `${ellipse(-14, -84, 40, 30, '#c23b30')}${stroke('M0 -92L120 -150', '#e3c08a', 9)}${stroke('M-38 -150L-60 -110L-14 -84M38 -150L74 -124', '#120823', 16, 'stroke-linecap="round" stroke-linejoin="round"')}`;
  const singer = `${stroke('M-38 -150L-84 -204L-96 -260', '#120823', 18, 'stroke-linecap="round" stroke-linejoin="round"')}${stroke('M38 -150L50 -180L24 -198', '#120823', 16, 'stroke-linecap="round"')}${stroke('M22 -200L40 -190', '#d8d8e4', 8)}`;
  const drums = `${circle(-70, -44, 46, '#c23b30')}${circle(0, -40, 62, '#e8dccb')}${circle(70, -44, 46, '#c23b30')}${ellipse(-120, -150, 56, 8, '#f2c45a')}${ellipse(120, -160, 56, 8, '#f2c45a')}${stroke('M-120 -150L-120 0M120 -160L120 0', '#8a8298', 5)}`;
  return drawing(
    1920,
    1280,
    [
      linear('dark', ['#0c0620', '#2b1055', '#7a1f72', '#e0527a']),
      linear('gold', ['#fff3b8:.8', '#ffd257:.0']),
      linear('pink', ['#ff8fc0:.75', '#ff4f9a:0']),
      linear('cyan', ['#9df1ff:.7', '#32c8ff:0']),
      linear('violet', ['#cbb0ff:.7', '#8a5cff:0']),
      radial('bloom', ['#fff6d8:.95', '#ff9fb4:.4', '#ff6f9d:0']),
      linear('stage', ['#3d1550', '#16082a']),
      radial('smoke', ['#ffd9ee:.22', '#ffd9ee:0']),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#dark)'),
      circle(960, 640, 620, 'url(#bloom)'),
      beam(200, 520, 'cyan'),
      beam(430, 200, 'violet'),
      beam(640, 900, 'pink'),
      beam(860, 620, 'gold'),
      beam(1060, 1300, 'gold'),
      beam(1280, 1020, 'pink'),
      beam(1490, 1720, 'violet'),
      beam(1720, 1400, 'cyan'),
      rect(0, 40, 1920, 26, '#0a0518'),
      stroke(`M0 40${times(33, (index) => `L${index * 60} ${index % 2 === 0 ? 4 : 40}`)}`, '#0a0518', 5),
      rect(0, 0, 1920, 8, '#0a0518'),
      [200, 430, 640, 860, 1060, 1280, 1490, 1720]
        .map(
          (x, index) =>
            rect(x - 22, 56, 44, 46, '#0a0518', 'rx="6"') +
            circle(
              x,
              104,
              20,
              ['#9df1ff', '#cbb0ff', '#ff8fc0', '#fff3b8', '#fff3b8', '#ff8fc0', '#cbb0ff', '#9df1ff'][
                index
              ] ?? '#fff',
            ),
        )
        .join(''),
      [70, 1850]
        .map((x) =>
          times(
            5,
            (index) =>
              rect(x - 66, 300 + index * 92, 132, 86, '#0d0620', 'rx="6"') +
              circle(x - 30, 343 + index * 92, 26, '#231040') +
              circle(x + 32, 343 + index * 92, 26, '#231040'),
          ),
        )
        .join(''),
      rect(0, 790, 1920, 130, 'url(#stage)'),
      rect(0, 786, 1920, 8, '#ffb0c8', 'opacity=".8"'),
      player(960, 780, 1, drums),
      player(560, 800, 1.2, guitar),
      player(1380, 800, 1.2, guitar),
      player(940, 830, 1.4, singer),
      times(22, () =>
        ellipse(
          random() * 1920,
          700 + random() * 220,
          200 + random() * 200,
          70 + random() * 50,
          'url(#smoke)',
        ),
      ),
      times(110, () =>
        rect(
          random() * 1920,
          random() * 900,
          8,
          14,
          pick(['#ffd257', '#ff8fc0', '#9df1ff', '#fff'], random()),
          `opacity=".8" transform="rotate(${n(random() * 90)} ${n(random() * 1920)} 500)"`,
        ),
      ),
      rows
        .map(({ y, s, colour, count }) =>
          times(count, (index) =>
            fan(
              ((index + random() * 0.7) / count) * 2000 - 30,
              y + random() * 46,
              s * (0.92 + random() * 0.16),
              colour,
            ),
          ),
        )
        .join(''),
    ],
  );
}

/** The reading room of the city library. */
export function readingRoom(): Drawing {
  const random = randomFrom(33);
  const spines = (x: number, y: number, w: number) => {
    let at = x;
    let books = '';
    while (at < x + w - 16) {
      const [thick, tall] = [9 + random() * 15, 58 + random() * 26];
      const colour = pick(
        ['#7a3030', '#2f5560', '#b98b45', '#3d4a6b', '#5c6b3d', '#8d5a3b', '#d8c7a0', '#4b2f45'],
        random(),
      );
      books +=
        rect(at, y - tall, thick, tall, colour, 'rx="1.5"') +
        rect(at, y - tall + 12, thick, 5, '#f1ddb0', 'opacity=".5"');
      at += thick + 1.5;
    }
    return books;
  };
  const bookcase = (x: number, w: number) =>
    rect(x, 150, w, 560, '#4d2f1d') +
    times(
      5,
      (index) =>
        rect(x + 14, 172 + index * 106, w - 28, 96, '#2c190f') + spines(x + 16, 268 + index * 106, w - 32),
    ) +
    rect(x - 10, 132, w + 20, 26, '#7a4d2f') +
    rect(x - 6, 700, w + 12, 22, '#7a4d2f');
  const desk = (y: number, s: number) => {
    const top = rect(150 / s, 0, 1300, 24, '#a06b3f', 'rx="4"') + rect(150 / s + 10, 24, 1280, 60, '#6b4326');
    const lamps = [330, 800, 1270]
      .map(
        (x) =>
          `${stroke(`M${x} 0L${x} -80`, '#b98b45', 8)}${path(`M${x - 62} -74Q${x - 56} -122 ${x} -124Q${x + 56} -122 ${x + 62} -74Z`, '#1f6b4f')}${path(`M${x - 62} -74L${x + 62} -74L${x + 120} 0L${x - 120} 0Z`, 'url(#pool)')}${ellipse(x, 2, 38, 7, '#b98b45')}`,
      )
      .join('');
    const readers = [520, 1050]
      .map(
        (x, index) =>
          `${path(`M${x - 76} 40Q${x - 70} -72 ${x} -78Q${x + 70} -72 ${x + 76} 40Z`, ['#34506b', '#7a3b3b'][index] ?? '#345')}${circle(x, -112, 38, ['#d9a783', '#7d5040'][index] ?? '#c96')}${path(`M${x - 41} -104A41 43 0 0 1 ${x + 41} -104Q${x + 20} -138 ${x - 41} -104Z`, ['#5a3720', '#17121a'][index] ?? '#222')}${path(`M${x - 64} -6L${x} -20L${x + 64} -6L${x + 64} 4L${x} -8L${x - 64} 4Z`, '#f8f1df')}`,
      )
      .join('');
    return group(readers + top + lamps, `transform="translate(${800 - 800 * s} ${y}) scale(${s})"`);
  };
  return drawing(
    1600,
    900,
    [
      linear('wall', ['#e7d6b4', '#c9ae83', '#8f6f4d']),
      linear('pane', ['#bfe0ea', '#f5efd2', '#ffe3ae']),
      linear('floor', ['#7d5233', '#40281a']),
      linear('pool', ['#ffedb0:.7', '#ffedb0:.06']),
      linear('ray', ['#fff6d6:.5', '#fff6d6:0']),
    ],
    [
      rect(0, 0, 1600, 900, 'url(#wall)'),
      rect(0, 690, 1600, 210, 'url(#floor)'),
      path('M590 640L590 270A210 210 0 0 1 1010 270L1010 640Z', 'url(#pane)'),
      path(
        'M590 640L590 560L650 500L700 548L770 470L830 540L900 486L960 540L1010 500L1010 640Z',
        '#8fae9a',
        'opacity=".75"',
      ),
      stroke(
        'M660 640L660 110M730 640L730 70M800 640L800 60M870 640L870 70M940 640L940 110M590 380L1010 380M590 270L1010 270M590 510L1010 510',
        '#6b4a30',
        6,
      ),
      stroke('M590 640L590 270A210 210 0 0 1 1010 270L1010 640Z', '#6b4a30', 16),
      bookcase(20, 240),
      bookcase(290, 240),
      bookcase(1070, 240),
      bookcase(1340, 240),
      poly(
        [
          [620, 120],
          [980, 120],
          [1300, 900],
          [480, 900],
        ],
        'url(#ray)',
      ),
      stroke('M500 720L560 140M540 720L600 140', '#3a2416', 9),
      times(9, (index) =>
        stroke(
          `M${506 + index * 6.4} ${660 - index * 60}L${546 + index * 6.4} ${660 - index * 60}`,
          '#3a2416',
          7,
        ),
      ),
      desk(690, 0.8),
      desk(815, 1.06),
      times(70, () =>
        circle(
          560 + random() * 620,
          180 + random() * 600,
          1 + random() * 2.2,
          '#fffbe6',
          `opacity="${n(0.3 + random() * 0.5)}"`,
        ),
      ),
    ],
  );
}
