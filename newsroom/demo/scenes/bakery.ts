/** A bakery before dawn. */
import {
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
