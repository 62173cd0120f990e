/** A wind farm at sea. */
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
  radial,
  randomFrom,
  rect,
  ridge,
  streaks,
  stroke,
  times,
} from '../drawing.ts';

/** The wind farm on Gannet Bank in the morning. */
export function turbinesAtSea(): Drawing {
  const random = randomFrom(301);
  const horizon = 800;
  const turbine = (x: number, base: number, s: number, turn: number, shade: string) => {
    const blades = times(3, (index) =>
      group(
        path('M-7 0Q-17 -60 -4 -300L3 -300Q11 -120 7 0Z', shade),
        `transform="rotate(${turn + index * 120})"`,
      ),
    );
    return group(
      `${path('M-6 -520L6 -520L14 0L-14 0Z', 'url(#mast)')}${rect(-20, -14, 40, 26, '#e0a63a', 'rx="3"')}${rect(-14, -534, 40, 22, '#c9d2d6', 'rx="8"')}${group(blades, 'transform="translate(-4 -523)"')}${circle(-4, -523, 13, '#f6f8f8')}`,
      `transform="translate(${n(x)} ${n(base)}) scale(${s})"`,
    );
  };
  const row = (count: number, base: number, s: number, from: number, step: number, shade: string) =>
    times(count, (index) =>
      turbine(from + index * step + random() * step * 0.2, base, s, random() * 120, shade),
    );
  const swell = (y: number, rise: number, fill: string) =>
    path(ridge(random, { width: 1920, y, rise, steps: 14, bottom: 1280 }), fill);
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#4f8fb4', '#8fbfce', '#cfdccf', '#f6dfb4']),
      linear('sea', ['#8fb6b2', '#3e8093', '#1d536d', '#123650']),
      linear('mast', ['#b4c2c9', '#ffffff', '#a3b3bc'], [1, 0]),
      radial('sun', ['#fffbe6', '#fff0bd:.8', '#ffe7a8:0']),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#sky)'),
      circle(420, 690, 430, 'url(#sun)'),
      circle(420, 690, 62, '#fffdf0'),
      streaks(random, 30, { x: 0, y: 130, w: 1920, h: 420 }, ['#fff', '#f3ead2', '#dfe9e6']),
      path(
        ridge(random, { width: 1920, y: 800, rise: 46, steps: 8, bottom: 830 }),
        '#9fb9b6',
        'opacity=".7"',
      ),
      rect(0, horizon, 1920, 480, 'url(#sea)'),
      group(row(9, 806, 0.3, 90, 210, '#e9f0f0'), 'opacity=".75"'),
      group(row(6, 826, 0.55, 150, 330, '#f2f6f6'), 'opacity=".92"'),
      times(90, () => {
        const depth = random();
        return rect(
          random() * 1920,
          between(horizon + 5, 1250, depth * depth),
          40 + depth * 160,
          1.5 + depth * 4,
          pick(['#e9f1e4', '#7fb0b3', '#123650'], random()),
          'rx="2" opacity=".28"',
        );
      }),
      times(60, () =>
        rect(
          420 + (random() - 0.5) * 260,
          between(808, 1180, random() ** 1.5),
          20 + random() * 70,
          3,
          '#fff6d4',
          `rx="2" opacity="${n(0.3 + random() * 0.5)}"`,
        ),
      ),
      turbine(1340, 960, 1.42, 14, '#fbfdfd'),
      turbine(690, 880, 0.92, 52, '#f6f9f9'),
      swell(990, 26, '#2a6a80'),
      group(
        [
          ellipse(110, 66, 190, 9, '#e9f4f2', 'opacity=".7"'),
          path('M-60 14L280 14L240 64L-36 64Z', '#b3402f'),
          rect(-60, 6, 340, 10, '#f4f1e6'),
          rect(150, -56, 84, 62, '#f4f1e6', 'rx="5"'),
          rect(162, -44, 60, 20, '#24445a'),
          stroke('M190 -56L190 -110M20 6L20 -70L-40 -90', '#24445a', 6),
          rect(-30, -14, 60, 20, '#e0a63a'),
        ].join(''),
        'transform="translate(900 985) scale(.82)"',
      ),
      swell(1080, 34, '#1f5a74'),
      swell(1180, 44, '#174a65'),
      times(7, (index) =>
        stroke(
          `M${900 + index * 60} ${300 + ((index * 67) % 120)}q14 -14 24 0q10 -14 24 0`,
          '#2c4a5c',
          3.5,
          'stroke-linecap="round"',
        ),
      ),
    ],
  );
}
