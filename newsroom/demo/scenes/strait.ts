/** Ships in a strait. */
import {
  circle,
  type Drawing,
  drawing,
  ellipse,
  group,
  linear,
  n,
  path,
  randomFrom,
  rect,
  ridge,
  stroke,
  times,
} from '../drawing.ts';

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
