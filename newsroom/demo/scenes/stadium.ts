/** A football match under floodlights. */
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
