/** Pictures of the sea and what stands in it: the harbour, the lighthouse, the turbines. */
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

/** Tern Point in a gale; upright. */
export function lighthouseInStorm(): Drawing {
  const random = randomFrom(77);
  const wave = (y: number, rise: number, steps: number, fill: string) =>
    path(ridge(random, { width: 1200, y, rise, steps, bottom: 1600 }), fill);
  const foam = (y: number, count: number) =>
    times(count, () =>
      ellipse(
        random() * 1200,
        y + random() * 60,
        14 + random() * 70,
        3 + random() * 5,
        '#dfeaf0',
        `opacity="${n(0.25 + random() * 0.5)}"`,
      ),
    );
  const spray = times(420, () => {
    const angle = random() * Math.PI;
    const reach = random() ** 0.6;
    return circle(
      470 + Math.cos(angle) * reach * 260,
      1300 - Math.sin(angle) * reach * 380,
      1 + random() ** 3 * 9,
      '#eef5f8',
      `opacity="${n(0.3 + random() * 0.6)}"`,
    );
  });
  const clouds = (y: number, fill: string, opacity: number) =>
    group(
      times(16, () =>
        ellipse(random() * 1300 - 50, y + random() * 150, 150 + random() * 190, 50 + random() * 60, fill),
      ),
      `opacity="${opacity}"`,
    );
  return drawing(
    1200,
    1600,
    [
      linear('sky', ['#111a28', '#22344a', '#47627a', '#8aa3ad', '#b9c3bd']),
      linear('tower', ['#8d99a3', '#f2efe6', '#d9dad6', '#6f7d8a'], [1, 0]),
      linear('beam', ['#fff3c2:.85', '#ffeaa3:0'], [1, 0]),
      linear('beamLeft', ['#ffeaa3:0', '#fff3c2:.7'], [1, 0]),
      radial('lamp', ['#fffbe4', '#ffeaa0:.7', '#ffe08a:0']),
      linear('rock', ['#2c3640', '#12181f']),
    ],
    [
      rect(0, 0, 1200, 1600, 'url(#sky)'),
      clouds(420, '#5d7585', 0.35),
      clouds(240, '#2f4256', 0.6),
      clouds(60, '#1a2738', 0.8),
      clouds(-40, '#0f1824', 0.9),
      poly(
        [
          [720, 455],
          [1200, 300],
          [1200, 590],
        ],
        'url(#beam)',
      ),
      poly(
        [
          [720, 455],
          [0, 330],
          [0, 520],
        ],
        'url(#beamLeft)',
      ),
      wave(1070, 40, 7, '#4d6a7b'),
      foam(1050, 14),
      wave(1120, 60, 6, '#3b586b'),
      path(
        'M470 1350L540 1130L600 1080L660 1050L800 1050L850 1100L960 1075L1020 1230L1110 1400L400 1420Z',
        'url(#rock)',
      ),
      path('M600 1080L660 1050L800 1050L760 1120L640 1140Z', '#46525c'),
      path('M850 1090L960 1075L930 1200L820 1180Z', '#39444e'),
      path('M652 1062L682 500L758 500L788 1062Z', 'url(#tower)'),
      path('M676 612L764 612L770 720L670 720Z', '#a8322d'),
      path('M664 830L776 830L782 940L658 940Z', '#a8322d'),
      path('M720 500L758 500L788 1062L735 1062Z', '#1d2a38', 'opacity=".28"'),
      rect(711, 560, 18, 28, '#26323f', 'rx="9"'),
      rect(711, 760, 18, 28, '#26323f', 'rx="9"'),
      rect(700, 990, 40, 72, '#26323f', 'rx="18"'),
      rect(660, 488, 120, 16, '#2b3742'),
      stroke(
        'M664 488L664 462M776 488L776 462M664 464L776 464M692 488L692 464M748 488L748 464',
        '#2b3742',
        4,
      ),
      rect(688, 420, 64, 68, '#ffeeb0'),
      stroke('M704 420L704 488M720 420L720 488M736 420L736 488', '#50606b', 3),
      path('M678 424Q720 350 762 424Z', '#8c2a27'),
      rect(717, 352, 6, 34, '#2b3742'),
      circle(720, 455, 150, 'url(#lamp)'),
      rect(800, 985, 130, 90, '#b9beb9'),
      poly(
        [
          [790, 988],
          [865, 935],
          [940, 988],
        ],
        '#5b3030',
      ),
      rect(830, 1012, 22, 28, '#ffd987'),
      rect(880, 1012, 22, 28, '#ffd987'),
      wave(1280, 110, 5, '#2b4558'),
      foam(1235, 22),
      spray,
      wave(1400, 120, 4, '#1e3445'),
      foam(1345, 26),
      wave(1530, 130, 4, '#132533'),
      foam(1460, 20),
      times(220, () => {
        const [x, y, length] = [random() * 1300, random() * 1600, 30 + random() * 60];
        return stroke(
          `M${n(x)} ${n(y)}l${n(-length * 0.35)} ${n(length)}`,
          '#dce8ee',
          1.6,
          `opacity="${n(0.12 + random() * 0.22)}"`,
        );
      }),
    ],
  );
}

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
