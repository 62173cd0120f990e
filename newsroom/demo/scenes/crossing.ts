/** One moment of the demo video: the last crossing of a ferry, from dusk to night. */
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
  poly,
  radial,
  randomFrom,
  rect,
  ridge,
  stroke,
  times,
} from '../drawing.ts';

function mix(from: readonly number[], to: readonly number[], part: number): string {
  return `#${from
    .map((value, index) =>
      Math.round(between(value, to[index] ?? 0, part))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** `at` runs from 0 (the ferry casts off) to 1 (night). Drawn on 960 by 540, `scale` times as large. */
export function crossing(at: number, scale = 1): Drawing {
  const random = randomFrom(7);
  const dusk = at * 0.92;
  const [x, y] = [between(250, 700, at), 372 + Math.sin(at * 26) * 2];
  const size = between(1, 0.62, at);
  const houses = times(26, (index) => {
    const h = 30 + random() * 66;
    const lit = times(6, (pane) =>
      random() < 0.2 + at * 0.55
        ? rect(index * 38 + 5 + (pane % 3) * 10, 312 - h + 9 + Math.floor(pane / 3) * 18, 4, 7, '#ffd98d')
        : '',
    );
    return (
      rect(index * 38, 312 - h, 36, h, mix([92, 62, 104], [22, 22, 52], dusk)) +
      poly(
        [
          [index * 38 - 2, 312 - h],
          [index * 38 + 18, 298 - h],
          [index * 38 + 38, 312 - h],
        ],
        mix([92, 62, 104], [22, 22, 52], dusk),
      ) +
      lit
    );
  });
  const beamTurn = (at * 3) % 1;
  const picture = drawing(
    960,
    540,
    [
      linear('sky', [
        mix([44, 58, 120], [8, 12, 38], dusk),
        mix([170, 96, 134], [26, 30, 72], dusk),
        mix([255, 190, 120], [70, 62, 104], dusk),
      ]),
      linear('sea', [
        mix([226, 150, 112], [52, 52, 96], dusk),
        mix([72, 66, 118], [14, 20, 52], dusk),
        mix([28, 34, 78], [6, 9, 30], dusk),
      ]),
      radial('sun', ['#fff4c9', '#ffdf96:.6', '#ff9a5a:0']),
      radial('lamp', ['#ffe9ae:.9', '#ffd27a:0']),
    ],
    [
      rect(0, 0, 960, 312, 'url(#sky)'),
      times(60, () =>
        circle(
          random() * 960,
          random() * 220,
          0.6 + random(),
          '#fff',
          `opacity="${n(Math.max(0, at - 0.25))}"`,
        ),
      ),
      circle(660, between(250, 400, at), 190, 'url(#sun)', `opacity="${n(1 - at * 0.9)}"`),
      circle(660, between(262, 420, at), 34, '#fff1bd'),
      path(
        ridge(random, { width: 960, y: 300, rise: 62, steps: 6, bottom: 314 }),
        mix([128, 82, 124], [30, 30, 66], dusk),
      ),
      houses,
      group(
        `${poly(
          [
            [0, -2],
            [230, -34],
            [230, 28],
          ],
          '#fff3c2',
          `opacity="${n(0.1 + 0.45 * at)}"`,
        )}`,
        `transform="translate(872 206) rotate(${n(beamTurn * 360)})"`,
      ),
      path('M862 312L867 214L877 214L882 312Z', '#e9e2d6'),
      rect(865, 240, 14, 16, '#a8322d'),
      rect(866, 200, 12, 14, '#ffeeb0'),
      circle(872, 207, 34, 'url(#lamp)'),
      rect(0, 312, 960, 228, 'url(#sea)'),
      times(60, (index) => {
        const depth = random();
        const drift = (((random() * 960 + at * 120 * (index % 2 === 0 ? 1 : -1)) % 960) + 960) % 960;
        return rect(
          drift,
          between(316, 536, depth),
          16 + depth * 80,
          1 + depth * 2,
          '#ffdcb0',
          'rx="1" opacity=".2"',
        );
      }),
      group(
        [
          path('M-96 28Q-220 34 -300 44L-300 40Q-210 26 -96 20Z', '#f4ead8', 'opacity=".35"'),
          ellipse(0, 34, 150, 6, '#0d1130', 'opacity=".5"'),
          path('M-110 0L120 0L100 34L-92 34Z', '#1e2748'),
          rect(-108, 6, 224, 6, '#d94f3d'),
          path('M-92 0L-84 -30L84 -30L100 0Z', '#f1ebdf'),
          path('M-66 -30L-60 -54L50 -54L58 -30Z', '#e3dccf'),
          rect(-14, -84, 26, 30, '#d94f3d'),
          rect(-14, -78, 26, 6, '#fff'),
          times(11, (index) => rect(-74 + index * 14, -22, 8, 10, '#ffd98d')),
          times(7, (index) => rect(-52 + index * 14, -47, 8, 9, '#ffd98d')),
          stroke('M40 -54L40 -92', '#1e2748', 3),
          circle(40, -94, 22, 'url(#lamp)'),
          times(6, (index) =>
            circle(
              -6 - index * 17,
              -94 - index * 8 - ((at * 90) % 8),
              8 + index * 3,
              '#8a8398',
              `opacity="${n(0.5 - index * 0.08)}"`,
            ),
          ),
        ].join(''),
        `transform="translate(${n(x)} ${n(y)}) scale(${Math.round(size * 1000) / 1000})"`,
      ),
      poly(
        [
          [0, 470],
          [210, 486],
          [230, 540],
          [0, 540],
        ],
        '#0d0b1f',
      ),
      times(3, (index) => rect(36 + index * 66, 446 + index * 5, 20, 30, '#0d0b1f', 'rx="5"')),
      stroke('M86 480L86 400M62 470L62 420', '#0d0b1f', 5),
      circle(86, 394, 9, '#0d0b1f'),
      path('M72 470L76 412Q86 402 96 412L100 470Z', '#0d0b1f'),
      stroke(
        `M94 416L${n(112 + Math.sin(at * 60) * 6)} ${n(388 - Math.cos(at * 60) * 3)}`,
        '#0d0b1f',
        6,
        'stroke-linecap="round"',
      ),
    ],
  );
  const svg = picture.svg.replace(
    'width="960" height="540">',
    `width="${960 * scale}" height="${540 * scale}">`,
  );
  return { width: 960 * scale, height: 540 * scale, svg };
}
