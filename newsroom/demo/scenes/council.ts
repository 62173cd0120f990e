/** A council in session. */
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

/** The council in session, seen from the public gallery. */
export function councilChamber(): Drawing {
  const random = randomFrom(8);
  const bench = (index: number) => {
    const [ry, rx] = [70 + index * 78, 330 + index * 190];
    const y = 470 + index * 34;
    const arc = (dy: number, grow: number) =>
      `M${n(800 - rx - grow)} ${n(y + dy)}A${n(rx + grow)} ${n(ry + grow * 0.4)} 0 0 0 ${n(800 + rx + grow)} ${n(y + dy)}`;
    const seats = 7 + index * 2;
    const people = times(seats, (seat) => {
      const angle = Math.PI * (0.1 + (0.8 * (seat + 0.5)) / seats);
      const [x, top] = [800 - Math.cos(angle) * rx, y + Math.sin(angle) * ry];
      const s = 0.62 + index * 0.22;
      if (random() < 0.1) return '';
      const coat = pick(['#2d3a55', '#47344c', '#23453f', '#5a3a34', '#39415f', '#7a3b3b'], random());
      const hair = pick(['#2a1c16', '#6e4a2b', '#b9b2aa', '#17151b', '#8a5a34', '#d8cfc4'], random());
      return group(
        `${path('M-40 12Q-40 -36 0 -38Q40 -36 40 12Z', coat)}${circle(0, -58, 22, '#c08a68')}${path('M-24 -52A24 25 0 1 1 24 -52Q18 -40 0 -38Q-18 -40 -24 -52Z', hair)}`,
        `transform="translate(${n(x)} ${n(top - 6)}) scale(${n(s * 10) === '0' ? 1 : Math.round(s * 100) / 100})"`,
      );
    });
    return (
      people +
      stroke(arc(22, 6), '#3b2016', 44 + index * 14) +
      stroke(arc(4, 4), '#9a6238', 12 + index * 4) +
      stroke(arc(26, 6), '#5a3320', 26 + index * 8)
    );
  };
  const window = (x: number) =>
    `${path(`M${x} 350L${x} 150A62 62 0 0 1 ${x + 124} 150L${x + 124} 350Z`, 'url(#pane)')}${stroke(`M${x + 62} 90L${x + 62} 350M${x} 180L${x + 124} 180M${x} 264L${x + 124} 264`, '#8a6a4a', 6)}${stroke(`M${x} 350L${x} 150A62 62 0 0 1 ${x + 124} 150L${x + 124} 350Z`, '#c9a06b', 9)}`;
  return drawing(
    1600,
    900,
    [
      linear('wall', ['#51372c', '#8a5f42', '#7a4f36']),
      linear('pane', ['#dff0f4', '#fdf0cf']),
      linear('floor', ['#7c2f30', '#4c1c22']),
      linear('shaft', ['#fff3d0:.38', '#fff3d0:0']),
      radial('lamp', ['#fff3cc:.9', '#ffdf9a:.3', '#ffdf9a:0']),
    ],
    [
      rect(0, 0, 1600, 900, 'url(#wall)'),
      times(17, (index) => rect(index * 100 - 4, 0, 8, 430, '#3d281f', 'opacity=".5"')),
      rect(0, 384, 1600, 12, '#c9a06b', 'opacity=".6"'),
      [110, 300, 1176, 1366].map(window).join(''),
      rect(520, 40, 560, 350, '#3c2620', 'rx="8"'),
      rect(534, 54, 532, 336, '#6b2a2d', 'rx="6"'),
      times(13, (index) => rect(540 + index * 41, 54, 16, 336, '#551f25', 'opacity=".7"')),
      // The town's arms: a gull over waves.
      path(
        'M730 100L870 100L870 190Q860 250 800 274Q740 250 730 190Z',
        '#1e4a63',
        'stroke="#e2bd72" stroke-width="8"',
      ),
      stroke('M758 158q22 -26 42 0q20 -26 42 0', '#fff4dd', 9, 'stroke-linecap="round"'),
      stroke('M748 204q13 -14 26 0t26 0t26 0t26 0M766 230q12 -12 23 0t23 0t23 0', '#e2bd72', 6),
      rect(600, 300, 400, 120, '#4a2a1c', 'rx="6"'),
      rect(588, 290, 424, 20, '#a26a3d', 'rx="4"'),
      [680, 800, 920]
        .map((x, index) =>
          group(
            `${path('M-40 14Q-40 -34 0 -36Q40 -34 40 14Z', ['#27324d', '#5c2230', '#2e4a44'][index] ?? '#27324d')}${circle(0, -58, 23, ['#d9a783', '#8c5a41', '#c99671'][index] ?? '#c99671')}${path('M-25 -62A25 25 0 0 1 25 -62Q0 -76 -25 -62Z', ['#3a2418', '#191316', '#cfc8bd'][index] ?? '#222')}`,
            `transform="translate(${x} ${index === 1 ? 274 : 284})"`,
          ),
        )
        .join(''),
      rect(0, 440, 1600, 460, 'url(#floor)'),
      ellipse(800, 500, 260, 40, '#a84a42', 'opacity=".5"'),
      rect(720, 450, 160, 46, '#6b3f26', 'rx="4"'),
      rect(712, 444, 176, 12, '#b57a48', 'rx="3"'),
      [0, 1, 2].map(bench).join(''),
      poly(
        [
          [110, 150],
          [424, 150],
          [900, 900],
          [340, 900],
        ],
        'url(#shaft)',
      ),
      poly(
        [
          [1176, 150],
          [1490, 150],
          [1300, 900],
          [760, 900],
        ],
        'url(#shaft)',
      ),
      [420, 1180]
        .map(
          (x) =>
            `${stroke(`M${x} 0L${x} 110`, '#2a1a14', 5)}${ellipse(x, 120, 70, 18, '#e2bd72')}${circle(x, 130, 150, 'url(#lamp)')}`,
        )
        .join(''),
    ],
  );
}
