/** A tram in the rain. */
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
