/** Pictures of ships and sums: the container port, the strait, figures as shapes. */
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

const steel = ['#b5442f', '#d98c2b', '#2f6f73', '#3b5f8f', '#7a8a5a', '#c9b48a', '#8c4a5a'] as const;

function boxes(random: () => number, columns: number, rows: number, w: number, h: number): string {
  return times(columns, (column) => {
    const filled = Math.max(1, Math.round(rows * (0.55 + random() * 0.45)));
    return times(filled, (row) => {
      const [x, y] = [column * w, -(row + 1) * h];
      return (
        rect(x, y, w - 2, h - 2, pick(steel, random())) +
        times(5, (rib) => rect(x + 6 + (rib * (w - 12)) / 5, y + 3, 3, h - 8, '#000', 'opacity=".16"'))
      );
    });
  });
}

/** The container terminal, cranes up. */
export function containerPort(): Drawing {
  const random = randomFrom(700);
  const crane = (x: number, y: number, s: number, colour: string, hoist: number) =>
    group(
      [
        stroke('M0 0L20 -420M180 0L160 -420M0 0L180 -200M10 -200L172 -200M20 -420L160 -420', colour, 16),
        stroke('M-330 -440L330 -440M-330 -462L330 -462', colour, 10),
        times(27, (index) => stroke(`M${-330 + index * 24} -440l12 -22l12 22`, colour, 4)),
        stroke('M90 -440L90 -620M90 -610L-310 -462M90 -610L320 -462', colour, 8),
        rect(60, -436, 70, 52, '#f1ede2', 'rx="4"'),
        rect(68, -420, 44, 22, '#2b4257'),
        stroke(`M-190 -440L-190 ${-440 + hoist}M-150 -440L-150 ${-440 + hoist}`, '#25313d', 4),
        rect(-222, -440 + hoist, 106, 44, '#b5442f'),
      ].join(''),
      `transform="translate(${x} ${y}) scale(${s})"`,
    );
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#5e87a8', '#a9c0c4', '#f0d9b4', '#f6c28c']),
      linear('sea', ['#c9b79c', '#5d8596', '#28506a']),
      linear('hull', ['#27384f', '#1a2537']),
      linear('quay', ['#a79c8d', '#6d645c']),
      radial('sun', ['#fffbe9', '#fff0c4:.7', '#ffe0a0:0']),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#sky)'),
      circle(1480, 560, 420, 'url(#sun)'),
      streaks(random, 26, { x: 0, y: 90, w: 1920, h: 380 }, ['#fff', '#f6e3c6', '#d6dfdf']),
      path(ridge(random, { width: 1920, y: 730, rise: 110, steps: 8, bottom: 800 }), '#8fa3a4'),
      group(
        crane(200, 760, 0.5, '#7a8f9c', 150) +
          crane(470, 760, 0.5, '#7a8f9c', 90) +
          crane(1620, 760, 0.46, '#7a8f9c', 190),
        'opacity=".8"',
      ),
      group(boxes(random, 24, 4, 50, 24), 'transform="translate(60 770)" opacity=".7"'),
      rect(0, 765, 1920, 515, 'url(#sea)'),
      times(90, () => {
        const depth = random();
        return rect(
          random() * 1920,
          between(780, 1100, depth),
          40 + depth * 150,
          2 + depth * 4,
          pick(['#f2dcb8', '#86a6b0', '#1f4259'], random()),
          'rx="2" opacity=".32"',
        );
      }),
      group(boxes(random, 15, 7, 74, 34), 'transform="translate(420 790)"'),
      rect(1560, 470, 150, 330, '#f1ede2', 'rx="6"'),
      times(6, (index) => rect(1572, 500 + index * 46, 126, 18, '#2b4257')),
      rect(1590, 400, 64, 78, '#b5442f'),
      rect(1590, 424, 64, 16, '#f1ede2'),
      path('M250 780L1790 780L1730 1010L400 1010Q300 960 250 780Z', 'url(#hull)'),
      path('M326 940L1748 940L1730 1010L400 1010Q356 984 326 940Z', '#8f2f2a'),
      stroke('M256 794L1786 794', '#f1ede2', 8, 'opacity=".8"'),
      ellipse(1060, 1014, 760, 14, '#e8efe9', 'opacity=".6"'),
      rect(0, 1090, 1920, 190, 'url(#quay)'),
      rect(0, 1084, 1920, 14, '#d2c6b2'),
      times(24, (index) => rect(index * 84, 1100, 44, 12, index % 2 === 0 ? '#e8b23a' : '#2a2622')),
      crane(560, 1094, 1.55, '#d94f3d', 330),
      crane(1400, 1094, 1.55, '#d94f3d', 180),
      group(boxes(random, 5, 4, 150, 66), 'transform="translate(-60 1262)"'),
      group(boxes(random, 3, 2, 150, 66), 'transform="translate(1500 1266)"'),
      group(
        rect(0, -66, 190, 62, '#3b5f8f') +
          path('M196 -4L196 -76L250 -76L276 -40L276 -4Z', '#e8b23a') +
          rect(206, -66, 40, 30, '#24384a') +
          circle(40, 0, 19, '#1b1d22') +
          circle(150, 0, 19, '#1b1d22') +
          circle(246, 0, 19, '#1b1d22'),
        'transform="translate(1010 1210) scale(1.1)"',
      ),
      times(6, (index) =>
        stroke(
          `M${760 + index * 70} ${170 + ((index * 53) % 90)}q15 -15 26 0q11 -15 26 0`,
          '#3a5566',
          4,
          'stroke-linecap="round"',
        ),
      ),
    ],
  );
}

/** A ferry and a tanker in the Strait of Orrin. */
export function shipsInStrait(): Drawing {
  const random = randomFrom(212);
  const swell = (y: number, rise: number, fill: string) =>
    path(ridge(random, { width: 1920, y, rise, steps: 16, bottom: 1080 }), fill);
  return drawing(
    1920,
    1080,
    [
      linear('sky', ['#2f7fb0', '#7fb9d3', '#d8e8e0']),
      linear('sea', ['#4fa3b5', '#1e7391', '#0f4f72']),
      linear('ship', ['#ffffff', '#d5dfe4']),
      linear('cliff', ['#d8bd92', '#a67f5a', '#6e5644']),
    ],
    [
      rect(0, 0, 1920, 1080, 'url(#sky)'),
      times(5, (index) =>
        group(
          times(8, () =>
            ellipse(
              (random() - 0.5) * 330,
              (random() - 0.5) * 50,
              60 + random() * 80,
              30 + random() * 34,
              '#fff',
            ),
          ),
          `transform="translate(${160 + index * 410} ${120 + ((index * 97) % 190)})" opacity=".75"`,
        ),
      ),
      path(ridge(random, { width: 1920, y: 560, rise: 90, steps: 9, bottom: 620 }), '#9dbcc0'),
      path(
        'M1210 610L1260 480L1350 430L1420 440L1500 350L1640 320L1760 250L1920 230L1920 620Z',
        'url(#cliff)',
      ),
      path('M1500 350L1640 320L1620 440L1560 600L1500 600L1530 460Z', '#8d6a4c', 'opacity=".6"'),
      path(
        'M1260 480L1350 430L1420 440L1500 350L1640 320L1760 250L1920 230L1920 262L1770 284L1650 350L1510 384L1426 468L1350 456Z',
        '#7f9a5c',
      ),
      rect(0, 596, 1920, 484, 'url(#sea)'),
      group(
        path('M0 0L470 0L450 44L30 44Z', '#7a2f2a') +
          rect(0, -8, 470, 10, '#2a2f3a') +
          rect(380, -70, 60, 64, '#eee6d6') +
          rect(392, -100, 26, 32, '#2a2f3a') +
          times(6, (index) => rect(40 + index * 52, -26, 36, 20, '#5a6472')),
        'transform="translate(110 590) scale(.9)"',
      ),
      swell(640, 14, '#3f97ac'),
      group(
        [
          path('M-40 0L900 0L850 130L60 130Q-10 90 -40 0Z', '#143b5c'),
          path('M-26 36L886 36L876 62L-12 62Z', '#d94f3d'),
          path('M40 0L60 -96L800 -96L840 0Z', 'url(#ship)'),
          path('M120 -96L140 -176L700 -176L730 -96Z', 'url(#ship)'),
          path('M200 -176L214 -232L420 -232L440 -176Z', 'url(#ship)'),
          rect(222, -222, 186, 24, '#1c3a52', 'rx="4"'),
          times(15, (index) => rect(84 + index * 48, -72, 32, 24, '#1c3a52', 'rx="4"')),
          times(12, (index) => rect(160 + index * 46, -154, 30, 24, '#1c3a52', 'rx="4"')),
          path('M540 -176L552 -290L640 -290L656 -176Z', '#d94f3d'),
          path('M548 -250L644 -250L648 -226L545 -226Z', '#fff'),
          stroke('M310 -232L310 -330M310 -300L360 -280', '#1c3a52', 6),
          times(5, (index) => rect(470 + index * 50, -190, 34, 14, '#f08a2c', 'rx="6"')),
          times(9, (index) =>
            circle(
              600 + index * 46,
              -320 - index * 12,
              26 + index * 7,
              '#dfe6e6',
              `opacity="${n(0.5 - index * 0.05)}"`,
            ),
          ),
        ].join(''),
        'transform="translate(640 700) scale(.95)"',
      ),
      swell(830, 22, '#1c6f8e'),
      times(44, () =>
        ellipse(
          560 + random() * 900,
          818 + random() * 20,
          20 + random() * 60,
          4 + random() * 5,
          '#f1fbfb',
          `opacity="${n(0.4 + random() * 0.5)}"`,
        ),
      ),
      swell(910, 30, '#165f80'),
      swell(1010, 36, '#0f4f72'),
      times(40, () =>
        stroke(
          `M${n(random() * 1880)} ${n(860 + random() * 200)}q18 -12 36 0`,
          '#bfe3e6',
          3,
          'opacity=".5" stroke-linecap="round"',
        ),
      ),
      times(6, (index) =>
        group(
          '<path d="M-60 0Q-30 -34 0 0Q30 -34 60 0Q30 -14 0 10Q-30 -14 -60 0Z" fill="#fff"/>',
          `transform="translate(${300 + index * 110} ${330 + ((index * 71) % 150)}) rotate(${-14 + index * 6}) scale(${0.55 + (index % 3) * 0.22})"`,
        ),
      ),
    ],
  );
}

/** Passengers by the hour as shapes: no numbers, for stories that bring their own. */
export function figuresAsShapes(): Drawing {
  const random = randomFrom(17);
  const area = (seed: number, y: number, rise: number) =>
    ridge(randomFrom(seed), { width: 1360, y, rise, steps: 12, bottom: 560 });
  return drawing(
    1600,
    900,
    [
      linear('back', ['#14213d', '#0d1730']),
      linear('teal', ['#37b5a5:.95', '#37b5a5:.12']),
      linear('gold', ['#f2b134:.95', '#f2b134:.12']),
      linear('bar', ['#f4e6cf', '#b9c3d6']),
    ],
    [
      rect(0, 0, 1600, 900, 'url(#back)'),
      times(8, (index) => rect(120, 150 + index * 80, 1360, 2, '#8fa3c8', 'opacity=".22"')),
      times(18, (index) => rect(120 + index * 80, 150, 2, 560, '#8fa3c8', 'opacity=".1"')),
      group(
        path(area(3, 420, 330), 'url(#teal)') + path(area(9, 500, 260), 'url(#gold)'),
        'transform="translate(120 150)"',
      ),
      times(34, (index) => {
        const h = 26 + Math.abs(Math.sin(index / 5.4)) * 150 + random() * 34;
        return rect(
          126 + index * 40,
          710 - h,
          22,
          h,
          index > 27 ? '#d94f3d' : 'url(#bar)',
          'rx="4" opacity=".9"',
        );
      }),
      stroke(
        `M132 560${times(33, (index) => `L${172 + index * 40} ${n(520 - index * 7 + Math.sin(index / 2.2) * 44 + random() * 22)}`)}`,
        '#fff',
        5,
        'stroke-linejoin="round"',
      ),
      times(11, (index) =>
        circle(
          172 + index * 3 * 40,
          516 - index * 21 + Math.sin((index * 3) / 2.2) * 44,
          11,
          '#14213d',
          'stroke="#fff" stroke-width="5"',
        ),
      ),
      rect(120, 710, 1360, 4, '#e6ecf7'),
      times(12, (index) => rect(120 + index * 118, 740, 60, 10, '#8fa3c8', 'rx="5" opacity=".6"')),
      [
        ['#37b5a5', 120],
        ['#f2b134', 330],
        ['#d94f3d', 540],
      ]
        .map(
          ([colour, x]) =>
            circle(Number(x) + 12, 98, 12, String(colour)) +
            rect(Number(x) + 36, 91, 110, 14, '#c6d2e8', 'rx="7" opacity=".8"'),
        )
        .join(''),
      poly(
        [
          [1300, 60],
          [1480, 60],
          [1480, 116],
          [1300, 116],
        ],
        '#22335c',
      ),
      rect(1324, 80, 96, 16, '#f4e6cf', 'rx="8"'),
    ],
  );
}
