/** Pictures of work and trade: the market, the bakery, the container port, figures as shapes. */
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
  streaks,
  stroke,
  times,
} from '../drawing.ts';

/** Saltmarket on a Saturday. */
export function marketStalls(): Drawing {
  const random = randomFrom(64);
  const facade = (x: number, w: number, h: number, colour: string) => {
    const top = 760 - h;
    const gable = poly(
      [
        [x, top],
        [x + w * 0.2, top - 60],
        [x + w * 0.35, top - 60],
        [x + w / 2, top - 120],
        [x + w * 0.65, top - 60],
        [x + w * 0.8, top - 60],
        [x + w, top],
      ],
      colour,
    );
    let windows = '';
    for (let floor = 0; floor < 3; floor += 1) {
      for (let column = 0; column < 3; column += 1) {
        const [wx, wy] = [x + w * (0.14 + column * 0.28), top + 36 + floor * (h / 3.6)];
        windows +=
          rect(wx, wy, w * 0.16, h / 5.5, '#fff7e6') +
          rect(wx + 5, wy + 5, w * 0.16 - 10, h / 5.5 - 10, '#51758a') +
          rect(wx, wy + h / 11, w * 0.16, 4, '#fff7e6');
      }
    }
    return (
      rect(x, top, w + 1, h, colour) +
      gable +
      circle(x + w / 2, top - 50, 16, '#fff7e6', 'opacity=".85"') +
      windows
    );
  };
  const stall = (
    x: number,
    y: number,
    s: number,
    a: string,
    b: string,
    goods: readonly [string, ...string[]],
  ) => {
    const stripes = times(8, (index) =>
      path(
        `M${20 + index * 50} -250L${70 + index * 50} -250L${80 + index * 52.5 - 20} -140a27 22 0 0 1 -53 0Z`,
        index % 2 === 0 ? a : b,
      ),
    );
    const crates = times(4, (crate) => {
      const colour = pick(goods, (crate + random() * 0.4) / 4.4);
      const fruit = times(22, (index) =>
        circle(
          crate * 110 + 22 + (index % 6) * 14 + random() * 6,
          -8 - Math.floor(index / 6) * 12 + random() * 4,
          11,
          colour,
          `stroke="#3a1d12" stroke-opacity=".22" stroke-width="2"`,
        ),
      );
      return (
        fruit +
        rect(crate * 110 + 6, 0, 98, 40, '#a8713f') +
        rect(crate * 110 + 6, 12, 98, 5, '#7d4f28') +
        rect(crate * 110 + 6, 28, 98, 5, '#7d4f28')
      );
    });
    return group(
      [
        ellipse(225, 150, 270, 16, '#3a2a2a', 'opacity=".3"'),
        rect(14, -190, 12, 340, '#6d4a30'),
        rect(424, -190, 12, 340, '#6d4a30'),
        rect(20, -150, 410, 150, '#3d2b2b', 'opacity=".35"'),
        person(150 + random() * 150, 60, 235, {
          coat: pick(['#37506b', '#5c3a4d', '#3f5b41'], random()),
          legs: '#222',
          skin: pick(['#c98f6b', '#7b4e38', '#e2b596'], random()),
          hair: '#2a1d18',
        }),
        crates,
        rect(0, 40, 450, 104, '#c89a63'),
        times(9, (index) => rect(index * 50, 40, 3, 104, '#9a6f40')),
        stripes,
        rect(14, -256, 424, 12, '#f7efe0', 'rx="5"'),
      ].join(''),
      `transform="translate(${x} ${y}) scale(${s})"`,
    );
  };
  const bunting = (y: number, sag: number) =>
    stroke(`M0 ${y}Q960 ${y + sag} 1920 ${y - 20}`, '#5a4a4a', 3) +
    times(30, (index) => {
      const t = (index + 0.5) / 30;
      const py = (1 - t) ** 2 * y + 2 * t * (1 - t) * (y + sag) + t * t * (y - 20);
      return poly(
        [
          [t * 1920 - 20, py],
          [t * 1920 + 20, py],
          [t * 1920, py + 44],
        ],
        pick(['#d94f3d', '#f2b134', '#2f8f83', '#3b6fa0', '#fff4dd'], random()),
      );
    });
  const coats = ['#b5442f', '#2f6f73', '#d7a441', '#3f4f7d', '#7a3b5a', '#4f7a4a', '#e0d3bd'] as const;
  const shopper = (x: number, y: number, h: number) =>
    ellipse(x + 10, y, h * 0.22, h * 0.035, '#3a2a2a', 'opacity=".3"') +
    person(x, y, h, {
      coat: pick(coats, random()),
      legs: pick(['#2a2f45', '#4a3b38', '#1f2a33'], random()),
      skin: pick(['#c98f6b', '#7b4e38', '#e2b596', '#a06a4a'], random()),
      hair: pick(['#2a1d18', '#6d4526', '#c9c0b4', '#151216'], random()),
    });
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#79b4cf', '#d5e6dc', '#fbe9c6']),
      linear('square', ['#d9c4a3', '#b79d7d', '#8a7260']),
      radial('light', ['#fff4cf:.6', '#fff4cf:0'], { cx: 0.2, cy: 0, r: 0.9 }),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#sky)'),
      streaks(random, 12, { x: 0, y: 40, w: 1920, h: 200 }, ['#fff', '#fdf3df']),
      poly(
        [
          [1380, 420],
          [1380, 120],
          [1425, 10],
          [1470, 120],
          [1470, 420],
        ],
        '#9fb0b5',
      ),
      facade(-40, 290, 430, '#c96f54'),
      facade(250, 250, 510, '#e2b15f'),
      facade(500, 300, 400, '#7f9c94'),
      facade(800, 240, 480, '#d98d73'),
      facade(1040, 290, 440, '#a5b7c4'),
      facade(1500, 220, 500, '#c98f4f'),
      facade(1330, 180, 400, '#dcc7a0'),
      facade(1720, 260, 430, '#8c6f86'),
      rect(0, 740, 1920, 540, 'url(#square)'),
      times(130, () => {
        const depth = random();
        const y = between(760, 1270, depth * depth);
        return ellipse(
          random() * 1920,
          y,
          18 + depth * 40,
          3 + depth * 8,
          pick(['#c9b08c', '#a08565', '#e6d4b4'], random()),
          'opacity=".4"',
        );
      }),
      bunting(250, 150),
      stall(560, 790, 0.62, '#e9dcc4', '#3b6fa0', ['#e8b23a', '#8fae45', '#c4472f', '#7a3b5a']),
      stall(900, 790, 0.62, '#e9dcc4', '#2f8f83', ['#f2ead8', '#c98f4f', '#e0c084', '#9c6436']),
      stall(1240, 790, 0.62, '#e9dcc4', '#d99a2b', ['#5c7f3a', '#a8c05a', '#d94f3d', '#f2b134']),
      times(9, () => shopper(380 + random() * 1240, 905 + random() * 40, 190)),
      stall(60, 1000, 1.12, '#f7efe0', '#c23b30', ['#d9442f', '#f08a2c', '#7fa63c', '#f2c53a']),
      stall(1330, 1010, 1.16, '#f7efe0', '#2f6f73', ['#b8c7cf', '#e8927c', '#7f97a6', '#f0e6d8']),
      shopper(690, 1130, 330),
      shopper(860, 1180, 350),
      group(
        rect(-50, 0, 100, 70, '#b98650', 'rx="10"') + stroke('M-36 0Q0 -74 36 0', '#8a5f35', 8),
        'transform="translate(950 1060)"',
      ),
      shopper(1130, 1105, 310),
      shopper(1200, 1110, 210),
      bunting(120, 130),
      rect(0, 0, 1920, 1280, 'url(#light)'),
    ],
  );
}

/** Before six in the morning at the bakery. */
export function bakeryBeforeDawn(): Drawing {
  const random = randomFrom(5);
  const loaf = (x: number, y: number, s: number) => {
    const crust = pick(['#c9823f', '#b36a2e', '#d9984f', '#a85c28'], random());
    const round = random() < 0.45;
    const [rx, ry] = round ? [46, 38] : [74, 30];
    const cuts = times(3, (index) =>
      stroke(
        `M${-rx * 0.5 + index * rx * 0.4} ${-ry * 1.1}q${n(rx * 0.2)} ${n(ry * 0.3)} ${n(rx * 0.1)} ${n(ry * 0.8)}`,
        '#f6dfb0',
        6,
        'stroke-linecap="round"',
      ),
    );
    return group(
      `${path(`M${-rx} 0Q${-rx} ${-ry * 1.7} 0 ${-ry * 1.7}Q${rx} ${-ry * 1.7} ${rx} 0Q0 ${ry * 0.3} ${-rx} 0Z`, crust)}${path(`M${-rx * 0.8} ${-ry * 0.7}Q${-rx * 0.4} ${-ry * 1.5} ${rx * 0.3} ${-ry * 1.5}`, 'none', 'stroke="#fff1cf" stroke-opacity=".35" stroke-width="7" stroke-linecap="round"')}${cuts}`,
      `transform="translate(${n(x)} ${n(y)}) scale(${s})"`,
    );
  };
  const shelf = (y: number) => {
    let x = 40;
    let loaves = '';
    while (x < 880) {
      loaves += loaf(x + 60, y, 0.95 + random() * 0.2);
      x += 118 + random() * 20;
    }
    return `${rect(0, y - 118, 940, 118, '#3a2013', 'opacity=".45"')}${loaves}${rect(0, y, 940, 20, '#a06a3a')}${rect(0, y + 20, 940, 9, '#4f2f1a')}`;
  };
  const lamp = (x: number) =>
    `${stroke(`M${x} 0L${x} 150`, '#1d120d', 5)}${path(`M${x - 66} 200Q${x - 60} 150 ${x} 146Q${x + 60} 150 ${x + 66} 200Z`, '#24473f')}${ellipse(x, 200, 66, 12, '#ffe9ae')}${circle(x, 230, 330, 'url(#lamp)')}`;
  return drawing(
    1600,
    1067,
    [
      linear('wall', ['#4a2c1c', '#7d4d2d', '#5c3820']),
      radial('lamp', ['#ffe6a3:.75', '#ffc86a:.24', '#ffb54f:0']),
      linear('counter', ['#d9a566', '#8f5d31']),
      linear('night', ['#101d3c', '#3c5482', '#c98a73']),
      linear('oven', ['#3c3a3d', '#19181b']),
      radial('fire', ['#fff0b0', '#ff9d3a:.9', '#c23b14:.2']),
    ],
    [
      rect(0, 0, 1600, 1067, 'url(#wall)'),
      times(9, (index) => rect(0, 96 * index, 1600, 2, '#2c190f', 'opacity=".3"')),
      [330, 490, 650].map(shelf).join(''),
      rect(990, 130, 240, 320, '#2b1a10', 'rx="8"'),
      rect(1004, 144, 212, 292, 'url(#night)'),
      poly(
        [
          [1004, 436],
          [1004, 370],
          [1050, 340],
          [1096, 374],
          [1130, 330],
          [1170, 362],
          [1216, 340],
          [1216, 436],
        ],
        '#142046',
      ),
      rect(1104, 144, 10, 292, '#2b1a10'),
      rect(1004, 284, 212, 10, '#2b1a10'),
      rect(1290, 230, 330, 560, 'url(#oven)', 'rx="14"'),
      path('M1330 520L1330 430Q1450 330 1570 430L1570 520Z', '#0d0c0e'),
      path('M1346 512L1346 438Q1450 352 1554 438L1554 512Z', 'url(#fire)'),
      circle(1450, 460, 250, 'url(#lamp)', 'opacity=".6"'),
      [1400, 1500].map((x) => loaf(x, 512, 0.7)).join(''),
      rect(1330, 600, 240, 130, '#232226', 'rx="8" stroke="#56545a" stroke-width="6"'),
      // The baker, with a tray.
      group(
        [
          path('M-120 420L-104 120Q-96 40 0 36Q96 40 104 120L120 420Z', '#f4eee0'),
          path('M-64 150L64 150L84 420L-84 420Z', '#b54a35'),
          stroke('M-50 150L-40 60M50 150L40 60', '#b54a35', 14),
          path(
            'M-92 130Q-150 200 -60 268',
            'none',
            'stroke="#a66a48" stroke-width="44" stroke-linecap="round"',
          ),
          path('M92 130Q150 200 70 268', 'none', 'stroke="#a66a48" stroke-width="44" stroke-linecap="round"'),
          rect(-26, -8, 52, 60, '#96603f', 'rx="20"'),
          ellipse(0, -50, 56, 66, '#a66a48'),
          path('M-58 -62Q-60 -120 0 -122Q60 -120 58 -62Q30 -86 0 -84Q-30 -86 -58 -62Z', '#231713'),
          path('M-62 -92Q-70 -160 0 -166Q70 -160 62 -92Q0 -112 -62 -92Z', '#fbf7ee'),
          stroke('M-26 -48q8 -6 16 0M10 -48q8 -6 16 0', '#231713', 5, 'stroke-linecap="round"'),
          stroke('M-16 -16Q0 -2 16 -16', '#6b3424', 5, 'stroke-linecap="round"'),
          rect(-170, 262, 340, 18, '#5b5d63', 'rx="6"'),
          [-110, 0, 110].map((x) => loaf(x, 264, 0.9)).join(''),
        ].join(''),
        'transform="translate(1130 500)"',
      ),
      rect(0, 810, 1600, 257, 'url(#counter)'),
      rect(0, 800, 1600, 26, '#f0cf98'),
      times(14, (index) => rect(index * 120, 830, 3, 240, '#6f4522', 'opacity=".5"')),
      [120, 270, 420, 560].map((x) => loaf(x, 806, 1.25)).join(''),
      group(
        rect(0, -120, 130, 120, '#efe3c8', 'rx="6"') +
          path('M0 -120L130 -120L120 -140L10 -140Z', '#d9c9a6') +
          circle(65, -62, 26, '#b54a35'),
        'transform="translate(690 806)"',
      ),
      times(130, () =>
        circle(
          820 + random() * 620,
          780 + random() * 30,
          1 + random() * 3,
          '#fff8e6',
          `opacity="${n(0.3 + random() * 0.5)}"`,
        ),
      ),
      lamp(300),
      lamp(760),
      lamp(1130),
    ],
  );
}
