/** Figures as shapes. */
import {
  circle,
  type Drawing,
  drawing,
  group,
  linear,
  n,
  path,
  poly,
  randomFrom,
  rect,
  ridge,
  stroke,
  times,
} from '../drawing.ts';

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
