/** A container terminal. */
import {
  between,
  circle,
  type Drawing,
  drawing,
  ellipse,
  group,
  linear,
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
