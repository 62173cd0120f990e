/** A concert. */
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

/** The last night of the Harbour Sounds festival. */
export function concertCrowd(): Drawing {
  const random = randomFrom(440);
  const beam = (x: number, to: number, colour: string) =>
    poly(
      [
        [x - 12, 60],
        [x + 12, 60],
        [to + 210, 1000],
        [to - 210, 1000],
      ],
      `url(#${colour})`,
    );
  const fan = (x: number, y: number, s: number, colour: string) => {
    const raised = random();
    const arms =
      raised < 0.55
        ? stroke(
            raised < 0.3 ? 'M-44 50L-62 -40L-40 -112M44 50L62 -36L50 -104' : 'M44 50L66 -30L40 -118',
            colour,
            21,
            'stroke-linecap="round" stroke-linejoin="round"',
          )
        : '';
    const phone = raised > 0.5 && raised < 0.55 ? rect(22, -158, 36, 60, '#e3f0ff', 'rx="5"') : '';
    return group(
      `${arms}${phone}${circle(0, -30, 34, colour)}${path('M-74 260L-70 62Q-66 14 0 10Q66 14 70 62L74 260Z', colour)}`,
      `transform="translate(${n(x)} ${n(y)}) scale(${s})"`,
    );
  };
  const rows = [
    { y: 900, s: 0.5, colour: '#3a1c5c', count: 36 },
    { y: 980, s: 0.8, colour: '#261243', count: 24 },
    { y: 1090, s: 1.2, colour: '#150a2a', count: 15 },
  ];
  const player = (x: number, y: number, s: number, more: string) =>
    group(
      `${circle(0, -206, 27, '#120823')}${path('M-46 -60L-40 -150Q-36 -176 0 -178Q36 -176 40 -150L46 -60Z', '#120823')}${stroke('M-18 -62L-30 0M18 -62L30 0', '#120823', 25, 'stroke-linecap="round"')}${more}`,
      `transform="translate(${x} ${y}) scale(${s})"`,
    );
  const guitar = `${ellipse(-14, -84, 40, 30, '#c23b30')}${stroke('M0 -92L120 -150', '#e3c08a', 9)}${stroke('M-38 -150L-60 -110L-14 -84M38 -150L74 -124', '#120823', 16, 'stroke-linecap="round" stroke-linejoin="round"')}`;
  const singer = `${stroke('M-38 -150L-84 -204L-96 -260', '#120823', 18, 'stroke-linecap="round" stroke-linejoin="round"')}${stroke('M38 -150L50 -180L24 -198', '#120823', 16, 'stroke-linecap="round"')}${stroke('M22 -200L40 -190', '#d8d8e4', 8)}`;
  const drums = `${circle(-70, -44, 46, '#c23b30')}${circle(0, -40, 62, '#e8dccb')}${circle(70, -44, 46, '#c23b30')}${ellipse(-120, -150, 56, 8, '#f2c45a')}${ellipse(120, -160, 56, 8, '#f2c45a')}${stroke('M-120 -150L-120 0M120 -160L120 0', '#8a8298', 5)}`;
  return drawing(
    1920,
    1280,
    [
      linear('dark', ['#0c0620', '#2b1055', '#7a1f72', '#e0527a']),
      linear('gold', ['#fff3b8:.8', '#ffd257:.0']),
      linear('pink', ['#ff8fc0:.75', '#ff4f9a:0']),
      linear('cyan', ['#9df1ff:.7', '#32c8ff:0']),
      linear('violet', ['#cbb0ff:.7', '#8a5cff:0']),
      radial('bloom', ['#fff6d8:.95', '#ff9fb4:.4', '#ff6f9d:0']),
      linear('stage', ['#3d1550', '#16082a']),
      radial('smoke', ['#ffd9ee:.22', '#ffd9ee:0']),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#dark)'),
      circle(960, 640, 620, 'url(#bloom)'),
      beam(200, 520, 'cyan'),
      beam(430, 200, 'violet'),
      beam(640, 900, 'pink'),
      beam(860, 620, 'gold'),
      beam(1060, 1300, 'gold'),
      beam(1280, 1020, 'pink'),
      beam(1490, 1720, 'violet'),
      beam(1720, 1400, 'cyan'),
      rect(0, 40, 1920, 26, '#0a0518'),
      stroke(`M0 40${times(33, (index) => `L${index * 60} ${index % 2 === 0 ? 4 : 40}`)}`, '#0a0518', 5),
      rect(0, 0, 1920, 8, '#0a0518'),
      [200, 430, 640, 860, 1060, 1280, 1490, 1720]
        .map(
          (x, index) =>
            rect(x - 22, 56, 44, 46, '#0a0518', 'rx="6"') +
            circle(
              x,
              104,
              20,
              ['#9df1ff', '#cbb0ff', '#ff8fc0', '#fff3b8', '#fff3b8', '#ff8fc0', '#cbb0ff', '#9df1ff'][
                index
              ] ?? '#fff',
            ),
        )
        .join(''),
      [70, 1850]
        .map((x) =>
          times(
            5,
            (index) =>
              rect(x - 66, 300 + index * 92, 132, 86, '#0d0620', 'rx="6"') +
              circle(x - 30, 343 + index * 92, 26, '#231040') +
              circle(x + 32, 343 + index * 92, 26, '#231040'),
          ),
        )
        .join(''),
      rect(0, 790, 1920, 130, 'url(#stage)'),
      rect(0, 786, 1920, 8, '#ffb0c8', 'opacity=".8"'),
      player(960, 780, 1, drums),
      player(560, 800, 1.2, guitar),
      player(1380, 800, 1.2, guitar),
      player(940, 830, 1.4, singer),
      times(22, () =>
        ellipse(
          random() * 1920,
          700 + random() * 220,
          200 + random() * 200,
          70 + random() * 50,
          'url(#smoke)',
        ),
      ),
      times(110, () =>
        rect(
          random() * 1920,
          random() * 900,
          8,
          14,
          pick(['#ffd257', '#ff8fc0', '#9df1ff', '#fff'], random()),
          `opacity=".8" transform="rotate(${n(random() * 90)} ${n(random() * 1920)} 500)"`,
        ),
      ),
      rows
        .map(({ y, s, colour, count }) =>
          times(count, (index) =>
            fan(
              ((index + random() * 0.7) / count) * 2000 - 30,
              y + random() * 46,
              s * (0.92 + random() * 0.16),
              colour,
            ),
          ),
        )
        .join(''),
    ],
  );
}
