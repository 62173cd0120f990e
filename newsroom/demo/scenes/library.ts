/** The reading room of a library. */
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
  randomFrom,
  rect,
  stroke,
  times,
} from '../drawing.ts';

/** The reading room of the city library. */
export function readingRoom(): Drawing {
  const random = randomFrom(33);
  const spines = (x: number, y: number, w: number) => {
    let at = x;
    let books = '';
    while (at < x + w - 16) {
      const [thick, tall] = [9 + random() * 15, 58 + random() * 26];
      const colour = pick(
        ['#7a3030', '#2f5560', '#b98b45', '#3d4a6b', '#5c6b3d', '#8d5a3b', '#d8c7a0', '#4b2f45'],
        random(),
      );
      books +=
        rect(at, y - tall, thick, tall, colour, 'rx="1.5"') +
        rect(at, y - tall + 12, thick, 5, '#f1ddb0', 'opacity=".5"');
      at += thick + 1.5;
    }
    return books;
  };
  const bookcase = (x: number, w: number) =>
    rect(x, 150, w, 560, '#4d2f1d') +
    times(
      5,
      (index) =>
        rect(x + 14, 172 + index * 106, w - 28, 96, '#2c190f') + spines(x + 16, 268 + index * 106, w - 32),
    ) +
    rect(x - 10, 132, w + 20, 26, '#7a4d2f') +
    rect(x - 6, 700, w + 12, 22, '#7a4d2f');
  const desk = (y: number, s: number) => {
    const top = rect(150 / s, 0, 1300, 24, '#a06b3f', 'rx="4"') + rect(150 / s + 10, 24, 1280, 60, '#6b4326');
    const lamps = [330, 800, 1270]
      .map(
        (x) =>
          `${stroke(`M${x} 0L${x} -80`, '#b98b45', 8)}${path(`M${x - 62} -74Q${x - 56} -122 ${x} -124Q${x + 56} -122 ${x + 62} -74Z`, '#1f6b4f')}${path(`M${x - 62} -74L${x + 62} -74L${x + 120} 0L${x - 120} 0Z`, 'url(#pool)')}${ellipse(x, 2, 38, 7, '#b98b45')}`,
      )
      .join('');
    const readers = [520, 1050]
      .map(
        (x, index) =>
          `${path(`M${x - 76} 40Q${x - 70} -72 ${x} -78Q${x + 70} -72 ${x + 76} 40Z`, ['#34506b', '#7a3b3b'][index] ?? '#345')}${circle(x, -112, 38, ['#d9a783', '#7d5040'][index] ?? '#c96')}${path(`M${x - 41} -104A41 43 0 0 1 ${x + 41} -104Q${x + 20} -138 ${x - 41} -104Z`, ['#5a3720', '#17121a'][index] ?? '#222')}${path(`M${x - 64} -6L${x} -20L${x + 64} -6L${x + 64} 4L${x} -8L${x - 64} 4Z`, '#f8f1df')}`,
      )
      .join('');
    return group(readers + top + lamps, `transform="translate(${800 - 800 * s} ${y}) scale(${s})"`);
  };
  return drawing(
    1600,
    900,
    [
      linear('wall', ['#e7d6b4', '#c9ae83', '#8f6f4d']),
      linear('pane', ['#bfe0ea', '#f5efd2', '#ffe3ae']),
      linear('floor', ['#7d5233', '#40281a']),
      linear('pool', ['#ffedb0:.7', '#ffedb0:.06']),
      linear('ray', ['#fff6d6:.5', '#fff6d6:0']),
    ],
    [
      rect(0, 0, 1600, 900, 'url(#wall)'),
      rect(0, 690, 1600, 210, 'url(#floor)'),
      path('M590 640L590 270A210 210 0 0 1 1010 270L1010 640Z', 'url(#pane)'),
      path(
        'M590 640L590 560L650 500L700 548L770 470L830 540L900 486L960 540L1010 500L1010 640Z',
        '#8fae9a',
        'opacity=".75"',
      ),
      stroke(
        'M660 640L660 110M730 640L730 70M800 640L800 60M870 640L870 70M940 640L940 110M590 380L1010 380M590 270L1010 270M590 510L1010 510',
        '#6b4a30',
        6,
      ),
      stroke('M590 640L590 270A210 210 0 0 1 1010 270L1010 640Z', '#6b4a30', 16),
      bookcase(20, 240),
      bookcase(290, 240),
      bookcase(1070, 240),
      bookcase(1340, 240),
      poly(
        [
          [620, 120],
          [980, 120],
          [1300, 900],
          [480, 900],
        ],
        'url(#ray)',
      ),
      stroke('M500 720L560 140M540 720L600 140', '#3a2416', 9),
      times(9, (index) =>
        stroke(
          `M${506 + index * 6.4} ${660 - index * 60}L${546 + index * 6.4} ${660 - index * 60}`,
          '#3a2416',
          7,
        ),
      ),
      desk(690, 0.8),
      desk(815, 1.06),
      times(70, () =>
        circle(
          560 + random() * 620,
          180 + random() * 600,
          1 + random() * 2.2,
          '#fffbe6',
          `opacity="${n(0.3 + random() * 0.5)}"`,
        ),
      ),
    ],
  );
}
