/** The harbour at dusk. */
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
  ridge,
  streaks,
  stroke,
  times,
} from '../drawing.ts';

/** Old Quay at dusk, the town on the far shore. */
export function harbourAtDusk(): Drawing {
  const random = randomFrom(11);
  const horizon = 740;
  const skyline = (seed: number, tallest: number, colour: string, lights: string) => {
    const chance = randomFrom(seed);
    let x = -20;
    let shapes = '';
    while (x < 1920) {
      const [w, h] = [34 + chance() * 80, tallest * (0.3 + 0.7 * chance() * chance())];
      const y = horizon - h;
      const roof = chance();
      shapes += rect(x, y, w + 1, h + 2, colour);
      if (roof < 0.35)
        shapes += poly(
          [
            [x - 3, y],
            [x + w / 2, y - w * 0.45],
            [x + w + 3, y],
          ],
          colour,
        );
      else if (roof > 0.92)
        shapes += poly(
          [
            [x + w / 2 - 9, y],
            [x + w / 2, y - 120],
            [x + w / 2 + 9, y],
          ],
          colour,
        );
      for (let wx = x + 8; wx < x + w - 10; wx += 15) {
        for (let wy = y + 12; wy < horizon - 14; wy += 21) {
          if (chance() < 0.3) shapes += rect(wx, wy, 6, 10, lights, `opacity="${n(0.5 + chance() * 0.5)}"`);
        }
      }
      x += w;
    }
    return shapes;
  };
  const glitter = times(150, () => {
    const depth = random() ** 1.4;
    const y = between(horizon + 6, 1280, depth);
    const spread = 60 + depth * 340;
    const x = 1290 + (random() + random() - 1) * spread;
    return rect(
      x,
      y,
      24 + random() * 130 * (0.3 + depth),
      2 + depth * 6,
      '#ffe0a1',
      `rx="3" opacity="${n(0.25 + random() * 0.5)}"`,
    );
  });
  const ripples = times(110, () => {
    const depth = random();
    const y = between(horizon + 4, 1280, depth * depth);
    return rect(
      random() * 1920,
      y,
      60 + random() * 220,
      1.5 + depth * 4,
      pick(['#f08a72', '#6a4a86', '#2a2450'], random()),
      'rx="2" opacity=".3"',
    );
  });
  const boat = (x: number, y: number, s: number, hull: string) =>
    group(
      [
        ellipse(60, 62, 150, 10, '#120f2b', 'opacity=".55"'),
        path('M-80 10L200 10Q190 52 160 60L-50 60Q-72 44 -80 10Z', hull),
        path('M-80 10L200 10L197 22L-77 22Z', '#e9dcc6'),
        rect(-20, -48, 84, 58, '#d9cdb8', 'rx="4"'),
        rect(-28, -56, 100, 11, '#7b2f38', 'rx="3"'),
        rect(-10, -36, 20, 20, '#ffd27a'),
        rect(18, -36, 20, 20, '#ffd27a'),
        stroke('M110 10L110 -190M110 -182L200 0M110 -182L30 -52M30 -58L-70 4', '#1b1733', 5),
        stroke('M110 -120L176 -40', '#1b1733', 3),
        circle(110, -194, 7, '#fff2c4'),
        circle(110, -194, 30, 'url(#lamp)'),
      ].join(''),
      `transform="translate(${x} ${y}) scale(${s})"`,
    );
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#1a2150', '#40387a', '#a4527f', '#ef8562', '#ffcb83']),
      linear('sea', ['#f3a270', '#a85c7c', '#4b3a74', '#191b41', '#0e1130']),
      radial('sun', ['#fff4c9', '#ffdf96:.75', '#ffb36b:.25', '#ff9a5a:0']),
      radial('lamp', ['#ffe9ae:.9', '#ffd27a:0']),
      linear('quay', ['#241b3c', '#0c0a1e']),
    ],
    [
      rect(0, 0, 1920, horizon, 'url(#sky)'),
      times(70, () =>
        circle(
          random() * 1920,
          random() * 300,
          0.8 + random() * 1.4,
          '#fff',
          `opacity="${n(0.3 + random() * 0.5)}"`,
        ),
      ),
      circle(1290, 700, 520, 'url(#sun)'),
      circle(1290, 690, 92, '#fff1bd'),
      streaks(random, 34, { x: 0, y: 190, w: 1920, h: 420 }, ['#f6a477', '#d86f7f', '#7d4a86']),
      path(ridge(random, { width: 1920, y: 690, rise: 150, steps: 9, bottom: horizon + 2 }), '#8b4a7c'),
      group(skyline(5, 190, '#6d3f77', '#ffcf86'), 'opacity=".85"'),
      skyline(23, 130, '#33285a', '#ffd98d'),
      rect(0, horizon, 1920, 540, 'url(#sea)'),
      group(
        skyline(23, 130, '#33285a', '#ffd98d'),
        `transform="translate(0 ${horizon * 1.7}) scale(1 -.7)" opacity=".28"`,
      ),
      ripples,
      glitter,
      boat(300, 905, 1.15, '#3a2148'),
      boat(760, 830, 0.62, '#5d2a4b'),
      boat(1560, 842, 0.7, '#2c2349'),
      poly(
        [
          [0, 1120],
          [640, 1150],
          [700, 1180],
          [700, 1280],
          [0, 1280],
        ],
        'url(#quay)',
      ),
      poly(
        [
          [0, 1112],
          [640, 1142],
          [640, 1156],
          [0, 1126],
        ],
        '#4a3560',
      ),
      times(4, (index) =>
        group(
          `${path('M-26 0L-20 -62Q-36 -70 -30 -84L30 -84Q36 -70 20 -62L26 0Z', '#120d26')}${ellipse(0, -86, 32, 10, '#3b2b52')}`,
          `transform="translate(${90 + index * 165} ${1134 + index * 8})"`,
        ),
      ),
    ],
  );
}
