/** Pictures of the town: the tram, the council chamber, the tram map. */
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
  person,
  pick,
  poly,
  radial,
  randomFrom,
  rect,
  stroke,
  times,
} from '../drawing.ts';

/** A tram in Lantern Street on a wet evening. */
export function tramInStreet(): Drawing {
  const random = randomFrom(42);
  const [vx, vy] = [1180, 640];
  /** A point that lies `depth` (0 near, 1 at the vanishing point) along the line from (x, y). */
  const far = (x: number, y: number, depth: number) =>
    [between(x, vx, depth), between(y, vy, depth)] as const;
  const facade = (edge: number, from: number, to: number, top: number, wall: string, floors: number) => {
    const ground = 1190;
    let shapes = poly(
      [far(edge, top, from), far(edge, top, to), far(edge, ground, to), far(edge, ground, from)],
      wall,
    );
    const columns = 4;
    for (let column = 0; column < columns; column += 1) {
      const a = between(from, to, (column + 0.22) / columns);
      const b = between(from, to, (column + 0.76) / columns);
      for (let floor = 0; floor < floors; floor += 1) {
        const [y1, y2] = [
          between(top + 50, 860, floor / floors),
          between(top + 50, 860, (floor + 0.62) / floors),
        ];
        const lit = random() < 0.45;
        shapes += poly(
          [far(edge, y1, a), far(edge, y1, b), far(edge, y2, b), far(edge, y2, a)],
          lit ? pick(['#ffd591', '#f8bd6b', '#ffe3b0'], random()) : '#1c2b46',
        );
      }
    }
    const shop = (part: number) => between(from, to, part);
    shapes += poly(
      [
        far(edge, 905, shop(0.06)),
        far(edge, 905, shop(0.94)),
        far(edge, 1150, shop(0.94)),
        far(edge, 1150, shop(0.06)),
      ],
      '#ffdf9e',
    );
    shapes += poly(
      [far(edge, 885, from), far(edge, 885, to), far(edge, 935, to), far(edge, 935, from)],
      pick(['#7d2f3b', '#20525a', '#33406e', '#8a5a2a'], random()),
    );
    return (
      shapes +
      poly(
        [far(edge, top, from), far(edge, top, to), far(edge, top + 26, to), far(edge, top + 26, from)],
        '#0d1526',
        'opacity=".5"',
      )
    );
  };
  const left = ['#31486b', '#4b5a7c', '#2b3f62', '#51607f', '#3a4c70'];
  const right = ['#45406a', '#33375f', '#58507c', '#3a3c66', '#4d4874'];
  const depths = [-0.25, 0.18, 0.42, 0.6, 0.74, 0.85];
  const side = (edge: number, walls: string[], seed: number) =>
    walls
      .map((wall, index) =>
        facade(edge, depths[index] ?? 0, depths[index + 1] ?? 1, -260 + ((index * seed) % 170), wall, 4),
      )
      .join('');
  const rail = (x: number) =>
    poly(
      [
        [x - 9, 1280],
        [x + 9, 1280],
        [vx + 1, vy],
        [vx - 1, vy],
      ],
      '#b7c6d6',
      'opacity=".8"',
    );
  const tramSide = (y1: number, y2: number, a: number, b: number, fill: string, more = '') =>
    poly([far(1010, y1, a), far(1010, y1, b), far(1010, y2, b), far(1010, y2, a)], fill, more);
  const lamp = (depth: number) => {
    const [x, y] = far(1640, 1150, depth);
    const s = 1 - depth;
    return `${stroke(`M${n(x)} ${n(y)}L${n(x)} ${n(y - 560 * s)}q0 ${n(-50 * s)} ${n(-70 * s)} ${n(-50 * s)}`, '#0e1628', 11 * s)}${ellipse(x - 78 * s, y - 604 * s, 30 * s, 14 * s, '#fff1c4')}${circle(x - 78 * s, y - 600 * s, 170 * s, 'url(#glow)')}`;
  };
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#16264c', '#3c5a86', '#d99a7e', '#ffd49a']),
      linear('road', ['#8a7a86', '#38425f', '#1a2239']),
      linear('front', ['#d94f3d', '#b63a2f', '#7f2426']),
      linear('glass', ['#9fc4d6', '#3a5c7c', '#182a45']),
      radial('glow', ['#ffeebb:.8', '#ffd98a:.25', '#ffd98a:0']),
      linear('wet', ['#ffe9b8:.55', '#ffd98a:0']),
      '<clipPath id="windscreen"><rect x="570" y="396" width="420" height="380"/></clipPath>',
      linear('red', ['#d94f3d:.5', '#d94f3d:0']),
    ],
    [
      rect(0, 0, 1920, 660, 'url(#sky)'),
      circle(vx, vy - 30, 330, 'url(#glow)'),
      side(-60, left, 61),
      side(2150, right, 47),
      poly(
        [
          [-900, 1280],
          [2900, 1280],
          [vx, vy],
        ],
        '#4a4a62',
      ),
      poly(
        [
          [-150, 1280],
          [2060, 1280],
          [vx, vy],
        ],
        'url(#road)',
      ),
      poly(
        [
          [-190, 1280],
          [-120, 1280],
          [vx, vy],
          [vx - 1, vy],
        ],
        '#8b8796',
      ),
      poly(
        [
          [2030, 1280],
          [2110, 1280],
          [vx + 1, vy],
          [vx, vy],
        ],
        '#8b8796',
      ),
      times(60, () => {
        const depth = random();
        const y = between(700, 1270, depth * depth);
        return rect(
          between(vx, random() * 1900, (y - vy) / 640),
          y,
          20 + depth * 120,
          2 + depth * 4,
          pick(['#ffdf9e', '#8fa6c0', '#101830'], random()),
          'rx="2" opacity=".28"',
        );
      }),
      rail(440),
      rail(860),
      rail(1240),
      rail(1560),
      stroke(
        `M520 -40L${vx} ${vy - 60}M1440 -40L${vx} ${vy - 60}M0 120L1920 60M420 250L1560 230`,
        '#0c1426',
        4,
        'opacity=".8"',
      ),
      [0.78, 0.62, 0.42, 0.1].map(lamp).join(''),
      // The tram: its side first, then the front that faces us.
      tramSide(330, 1105, 0, 0.72, '#8d2c2b'),
      tramSide(330, 392, 0, 0.72, '#5b1f24'),
      tramSide(430, 760, 0.03, 0.7, '#f3e3c0'),
      times(6, (index) => {
        const [a, b] = [0.05 + index * 0.112, 0.14 + index * 0.112];
        return (
          tramSide(452, 740, a, b, index % 3 === 1 ? '#ffe7ae' : '#ffdc95') +
          tramSide(600, 740, a + 0.02, a + 0.055, '#5d4650', 'opacity=".8"')
        );
      }),
      tramSide(1030, 1105, 0, 0.72, '#231a2b'),
      path(
        'M560 1110L540 470Q545 330 640 318L930 318Q1006 326 1010 420L1010 1110Q1000 1140 960 1140L610 1140Q566 1140 560 1110Z',
        'url(#front)',
      ),
      path(
        'M582 760L572 470Q578 400 640 396L930 396Q980 400 984 450L984 760Q780 790 582 760Z',
        'url(#glass)',
      ),
      path('M600 470L760 400L690 770Q640 768 598 760Z', '#fff', 'opacity=".16"'),
      rect(660, 334, 240, 46, '#1a1418', 'rx="8"'),
      times(9, (index) => rect(680 + index * 22, 346, 13, 22, '#ffb648', 'rx="2"')),
      group(
        person(700, 990, 480, { coat: '#1d2d48', legs: '#1d2d48', skin: '#7a4b38', hair: '#1c1416' }),
        'clip-path="url(#windscreen)"',
      ),
      path('M574 762Q780 796 986 762L1010 800L1010 870L560 870L560 800Z', '#f3e3c0'),
      rect(556, 960, 456, 16, '#f3e3c0'),
      circle(630, 920, 34, '#fffbe6'),
      circle(930, 920, 34, '#fffbe6'),
      circle(630, 920, 150, 'url(#glow)'),
      circle(930, 920, 150, 'url(#glow)'),
      rect(590, 1060, 390, 66, '#2a1a24', 'rx="20"'),
      stroke('M640 318L740 200L900 318M690 196L800 196', '#0c1426', 9),
      ellipse(780, 1150, 270, 22, '#0a0f1e', 'opacity=".6"'),
      rect(600, 1150, 60, 130, 'url(#wet)'),
      rect(900, 1150, 60, 130, 'url(#wet)'),
      rect(660, 1150, 240, 130, 'url(#red)'),
      person(1690, 1215, 290, { coat: '#d7a441', legs: '#1b2238', skin: '#c98f6b', hair: '#3a2318' }),
      person(1800, 1240, 320, { coat: '#2f6f73', legs: '#141a2c', skin: '#8a5a42', hair: '#15101a' }),
      path('M1640 950Q1800 800 1960 960Q1800 920 1640 950Z', '#16203a'),
      stroke('M1802 850L1802 1050', '#16203a', 6),
      person(250, 1130, 230, { coat: '#6b2c45', legs: '#141a2c', skin: '#e0b091', hair: '#5b3a20' }),
      times(170, () => {
        const [x, y, length] = [random() * 1960, random() * 1280, 18 + random() * 40];
        return stroke(
          `M${n(x)} ${n(y)}l${n(-length * 0.2)} ${n(length)}`,
          '#e9f2fa',
          1.4,
          `opacity="${n(0.1 + random() * 0.2)}"`,
        );
      }),
    ],
  );
}

/** The council in session, seen from the public gallery. */
export function councilChamber(): Drawing {
  const random = randomFrom(8);
  const bench = (index: number) => {
    const [ry, rx] = [70 + index * 78, 330 + index * 190];
    const y = 470 + index * 34;
    const arc = (dy: number, grow: number) =>
      `M${n(800 - rx - grow)} ${n(y + dy)}A${n(rx + grow)} ${n(ry + grow * 0.4)} 0 0 0 ${n(800 + rx + grow)} ${n(y + dy)}`;
    const seats = 7 + index * 2;
    const people = times(seats, (seat) => {
      const angle = Math.PI * (0.1 + (0.8 * (seat + 0.5)) / seats);
      const [x, top] = [800 - Math.cos(angle) * rx, y + Math.sin(angle) * ry];
      const s = 0.62 + index * 0.22;
      if (random() < 0.1) return '';
      const coat = pick(['#2d3a55', '#47344c', '#23453f', '#5a3a34', '#39415f', '#7a3b3b'], random());
      const hair = pick(['#2a1c16', '#6e4a2b', '#b9b2aa', '#17151b', '#8a5a34', '#d8cfc4'], random());
      return group(
        `${path('M-40 12Q-40 -36 0 -38Q40 -36 40 12Z', coat)}${circle(0, -58, 22, '#c08a68')}${path('M-24 -52A24 25 0 1 1 24 -52Q18 -40 0 -38Q-18 -40 -24 -52Z', hair)}`,
        `transform="translate(${n(x)} ${n(top - 6)}) scale(${n(s * 10) === '0' ? 1 : Math.round(s * 100) / 100})"`,
      );
    });
    return (
      people +
      stroke(arc(22, 6), '#3b2016', 44 + index * 14) +
      stroke(arc(4, 4), '#9a6238', 12 + index * 4) +
      stroke(arc(26, 6), '#5a3320', 26 + index * 8)
    );
  };
  const window = (x: number) =>
    `${path(`M${x} 350L${x} 150A62 62 0 0 1 ${x + 124} 150L${x + 124} 350Z`, 'url(#pane)')}${stroke(`M${x + 62} 90L${x + 62} 350M${x} 180L${x + 124} 180M${x} 264L${x + 124} 264`, '#8a6a4a', 6)}${stroke(`M${x} 350L${x} 150A62 62 0 0 1 ${x + 124} 150L${x + 124} 350Z`, '#c9a06b', 9)}`;
  return drawing(
    1600,
    900,
    [
      linear('wall', ['#51372c', '#8a5f42', '#7a4f36']),
      linear('pane', ['#dff0f4', '#fdf0cf']),
      linear('floor', ['#7c2f30', '#4c1c22']),
      linear('shaft', ['#fff3d0:.38', '#fff3d0:0']),
      radial('lamp', ['#fff3cc:.9', '#ffdf9a:.3', '#ffdf9a:0']),
    ],
    [
      rect(0, 0, 1600, 900, 'url(#wall)'),
      times(17, (index) => rect(index * 100 - 4, 0, 8, 430, '#3d281f', 'opacity=".5"')),
      rect(0, 384, 1600, 12, '#c9a06b', 'opacity=".6"'),
      [110, 300, 1176, 1366].map(window).join(''),
      rect(520, 40, 560, 350, '#3c2620', 'rx="8"'),
      rect(534, 54, 532, 336, '#6b2a2d', 'rx="6"'),
      times(13, (index) => rect(540 + index * 41, 54, 16, 336, '#551f25', 'opacity=".7"')),
      // The town's arms: a gull over waves.
      path(
        'M730 100L870 100L870 190Q860 250 800 274Q740 250 730 190Z',
        '#1e4a63',
        'stroke="#e2bd72" stroke-width="8"',
      ),
      stroke('M758 158q22 -26 42 0q20 -26 42 0', '#fff4dd', 9, 'stroke-linecap="round"'),
      stroke('M748 204q13 -14 26 0t26 0t26 0t26 0M766 230q12 -12 23 0t23 0t23 0', '#e2bd72', 6),
      rect(600, 300, 400, 120, '#4a2a1c', 'rx="6"'),
      rect(588, 290, 424, 20, '#a26a3d', 'rx="4"'),
      [680, 800, 920]
        .map((x, index) =>
          group(
            `${path('M-40 14Q-40 -34 0 -36Q40 -34 40 14Z', ['#27324d', '#5c2230', '#2e4a44'][index] ?? '#27324d')}${circle(0, -58, 23, ['#d9a783', '#8c5a41', '#c99671'][index] ?? '#c99671')}${path('M-25 -62A25 25 0 0 1 25 -62Q0 -76 -25 -62Z', ['#3a2418', '#191316', '#cfc8bd'][index] ?? '#222')}`,
            `transform="translate(${x} ${index === 1 ? 274 : 284})"`,
          ),
        )
        .join(''),
      rect(0, 440, 1600, 460, 'url(#floor)'),
      ellipse(800, 500, 260, 40, '#a84a42', 'opacity=".5"'),
      rect(720, 450, 160, 46, '#6b3f26', 'rx="4"'),
      rect(712, 444, 176, 12, '#b57a48', 'rx="3"'),
      [0, 1, 2].map(bench).join(''),
      poly(
        [
          [110, 150],
          [424, 150],
          [900, 900],
          [340, 900],
        ],
        'url(#shaft)',
      ),
      poly(
        [
          [1176, 150],
          [1490, 150],
          [1300, 900],
          [760, 900],
        ],
        'url(#shaft)',
      ),
      [420, 1180]
        .map(
          (x) =>
            `${stroke(`M${x} 0L${x} 110`, '#2a1a14', 5)}${ellipse(x, 120, 70, 18, '#e2bd72')}${circle(x, 130, 150, 'url(#lamp)')}`,
        )
        .join(''),
    ],
  );
}

/** The tram lines as a map: the coast, the river, the lines and the night line among them. */
export function tramMap(): Drawing {
  const random = randomFrom(19);
  const blocks = times(250, () => {
    const [x, y] = [random() * 1600, random() * 900];
    const size = 22 + random() * 62;
    return rect(
      x,
      y,
      size,
      size * (0.5 + random()),
      pick(['#e6dcc6', '#ded2b8', '#eee6d4', '#d9d2bd'], random()),
      `transform="rotate(${n(-14 + random() * 10)} ${n(x)} ${n(y)})"`,
    );
  });
  const line = (d: string, colour: string, width: number) =>
    stroke(d, '#f5efe0', width + 12, 'stroke-linejoin="round" stroke-linecap="round"') +
    stroke(d, colour, width, 'stroke-linejoin="round" stroke-linecap="round"');
  const stops = (points: readonly (readonly [number, number])[], ring: string) =>
    points.map(([x, y]) => circle(x, y, 15, '#fff', `stroke="${ring}" stroke-width="7"`)).join('');
  const night = 'M140 300L420 300L640 470L940 470L1150 300L1480 300';
  return drawing(
    1600,
    1067,
    [
      linear('land', ['#f2ead8', '#e9dfc6']),
      linear('water', ['#8fc0c7', '#4d93a6']),
      radial('park', ['#a9c58b', '#94b57a']),
    ],
    [
      rect(0, 0, 1600, 1067, 'url(#land)'),
      blocks,
      ellipse(300, 560, 150, 92, 'url(#park)', 'transform="rotate(-12 300 560)"'),
      ellipse(1290, 140, 170, 80, 'url(#park)', 'transform="rotate(8 1290 140)"'),
      times(46, () =>
        circle(180 + random() * 240, 500 + random() * 120, 9 + random() * 8, '#7fa266', 'opacity=".8"'),
      ),
      stroke('M760 -20C700 180 880 260 830 440S700 700 800 860', '#f2ead8', 78),
      stroke('M760 -20C700 180 880 260 830 440S700 700 800 860', '#7db5bf', 58),
      path('M0 860C220 780 380 900 600 850S900 800 1060 860S1400 760 1600 830L1600 1067L0 1067Z', '#f6efdd'),
      path(
        'M0 884C220 804 380 924 600 874S900 824 1060 884S1400 784 1600 854L1600 1067L0 1067Z',
        'url(#water)',
      ),
      times(26, () =>
        stroke(
          `M${n(random() * 1560)} ${n(930 + random() * 120)}q12 -10 24 0t24 0`,
          '#d9eef0',
          3,
          'opacity=".7" stroke-linecap="round"',
        ),
      ),
      line('M220 40L220 420L520 720L1000 720L1300 780', '#3b6fa0', 15),
      line('M560 30L560 560L760 720', '#4f9a6b', 15),
      line('M1020 40L1020 560L1260 700L1520 640', '#8a5aa0', 15),
      line(night, '#f0b429', 21),
      stroke(night, '#1e2a4a', 5, 'stroke-dasharray="2 16" stroke-linecap="round"'),
      stops(
        [
          [220, 160],
          [520, 720],
          [860, 720],
          [1180, 755],
        ],
        '#3b6fa0',
      ),
      stops(
        [
          [560, 160],
          [560, 540],
        ],
        '#4f9a6b',
      ),
      stops(
        [
          [1020, 160],
          [1140, 630],
          [1420, 664],
        ],
        '#8a5aa0',
      ),
      stops(
        [
          [140, 300],
          [220, 300],
          [420, 300],
          [560, 408],
          [790, 470],
          [1020, 408],
          [1150, 300],
          [1320, 300],
          [1480, 300],
        ],
        '#1e2a4a',
      ),
      [
        [220, 300],
        [560, 408],
        [1020, 404],
      ]
        .map(
          ([x = 0, y = 0]) =>
            circle(x, y, 24, '#fff', 'stroke="#1e2a4a" stroke-width="9"') + circle(x, y, 9, '#f0b429'),
        )
        .join(''),
      group(
        path('M-60 0L64 0L44 30L-44 30Z', '#b3402f') +
          rect(-22, -24, 44, 24, '#fff') +
          rect(2, -46, 12, 24, '#1e2a4a'),
        'transform="translate(1130 940)"',
      ),
      group(
        path('M0 -44L13 -13L44 0L13 13L0 44L-13 13L-44 0L-13 -13Z', '#1e2a4a'),
        'transform="translate(110 980)"',
      ),
    ],
  );
}
