/** A mountain railway at daybreak. */
import {
  circle,
  type Drawing,
  drawing,
  group,
  linear,
  path,
  pick,
  poly,
  radial,
  randomFrom,
  rect,
  stroke,
  times,
} from '../drawing.ts';

/** The mountain railway at Sorrel Pass at daybreak. */
export function viaductAtDaybreak(): Drawing {
  const random = randomFrom(903);
  const range = (y: number, rise: number, steps: number, fill: string) => {
    const step = 1600 / steps;
    const points: [number, number][] = [[0, 900]];
    for (let index = 0; index <= steps; index += 1)
      points.push([index * step, y - random() * rise * (index % 2 === 0 ? 0.35 : 1)]);
    return poly([...points, [1600, 900]], fill);
  };
  const arch = (index: number) => {
    const x = 90 + index * 150;
    return path(`M${x} 960L${x} 640A52 52 0 0 1 ${x + 104} 640L${x + 104} 960Z`, 'url(#valley)');
  };
  return drawing(
    1600,
    900,
    [
      linear('sky', ['#3d5b94', '#8f9dc4', '#f0b7a4', '#ffe3b3']),
      linear('valley', ['#9aa5bd', '#5f7390', '#2f4660']),
      linear('stone', ['#d9bfa0', '#9d8171', '#5a5160']),
      radial('sun', ['#fff7d6', '#ffe2a4:.7', '#ffd08a:0']),
      linear('mist', ['#ffe9d4:0', '#ffe9d4:.7', '#ffe9d4:0']),
    ],
    [
      rect(0, 0, 1600, 900, 'url(#sky)'),
      circle(1180, 360, 330, 'url(#sun)'),
      circle(1180, 360, 46, '#fffbe6'),
      range(430, 290, 11, '#a9aecb'),
      range(480, 240, 9, '#8690b6'),
      rect(0, 330, 1600, 220, 'url(#mist)'),
      range(560, 250, 8, '#66759e'),
      range(640, 210, 9, '#4b5c83'),
      rect(0, 480, 1600, 240, 'url(#mist)'),
      rect(0, 560, 1600, 340, 'url(#stone)'),
      times(11, (index) => arch(index - 1)),
      times(11, (index) =>
        stroke(`M${-60 + index * 150} 640A52 52 0 0 1 ${44 + index * 150} 640`, '#efdcc0', 6, 'opacity=".6"'),
      ),
      rect(0, 548, 1600, 20, '#efdcc0'),
      rect(0, 566, 1600, 8, '#5a5160'),
      times(5, (index) =>
        group(
          rect(0, -66, 184, 62, '#1f5a63', 'rx="8"') +
            rect(0, -34, 184, 8, '#f2c45a') +
            times(6, (win) => rect(12 + win * 28, -56, 20, 18, '#ffe9b4', 'rx="2"')) +
            circle(34, -2, 9, '#1c2434') +
            circle(150, -2, 9, '#1c2434'),
          `transform="translate(${330 + index * 192} 548)"`,
        ),
      ),
      group(
        path('M0 -4L0 -66L120 -66Q170 -60 178 -4Z', '#b3402f') +
          path('M122 -56L140 -54Q152 -46 156 -34L122 -34Z', '#cfe6ea') +
          rect(0, -34, 122, 8, '#f2c45a') +
          circle(172, -12, 7, '#fff4c8') +
          circle(34, -2, 9, '#1c2434') +
          circle(130, -2, 9, '#1c2434'),
        'transform="translate(1290 548)"',
      ),
      poly(
        [
          [1462, 530],
          [1600, 500],
          [1600, 566],
        ],
        '#fff4c8',
        'opacity=".45"',
      ),
      path(
        'M0 900L0 700C160 690 240 780 420 830C620 880 900 860 1100 880C1300 840 1420 770 1600 740L1600 900Z',
        '#243a3f',
      ),
      times(50, () => {
        const left = random() < 0.6;
        const x = left ? random() * 420 : 1200 + random() * 400;
        const y = left ? 740 + x * 0.25 : 920 - (x - 1200) * 0.3;
        const h = 60 + random() * 80;
        return poly(
          [
            [x - h * 0.2, y + 40],
            [x, y + 40 - h],
            [x + h * 0.2, y + 40],
          ],
          pick(['#172c30', '#1d3639', '#12242a'], random()),
        );
      }),
    ],
  );
}
