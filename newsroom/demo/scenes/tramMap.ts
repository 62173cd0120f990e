/** A map of the tram lines. */
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
  radial,
  randomFrom,
  rect,
  stroke,
  times,
} from '../drawing.ts';

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
