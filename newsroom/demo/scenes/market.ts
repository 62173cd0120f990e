/** A market on a Saturday. */
import {
  between,
  circle,
  type Drawing,
  drawing,
  ellipse,
  group,
  linear,
  path,
  person,
  pick,
  poly,
  radial,
  randomFrom,
  rect,
  streaks,
  stroke,
  times,
} from '../drawing.ts';

/** Saltmarket on a Saturday. */
export function marketStalls(): Drawing {
  const random = randomFrom(64);
  const facade = (x: number, w: number, h: number, colour: string) => {
    const top = 760 - h;
    const gable = poly(
      [
        [x, top],
        [x + w * 0.2, top - 60],
        [x + w * 0.35, top - 60],
        [x + w / 2, top - 120],
        [x + w * 0.65, top - 60],
        [x + w * 0.8, top - 60],
        [x + w, top],
      ],
      colour,
    );
    let windows = '';
    for (let floor = 0; floor < 3; floor += 1) {
      for (let column = 0; column < 3; column += 1) {
        const [wx, wy] = [x + w * (0.14 + column * 0.28), top + 36 + floor * (h / 3.6)];
        windows +=
          rect(wx, wy, w * 0.16, h / 5.5, '#fff7e6') +
          rect(wx + 5, wy + 5, w * 0.16 - 10, h / 5.5 - 10, '#51758a') +
          rect(wx, wy + h / 11, w * 0.16, 4, '#fff7e6');
      }
    }
    return (
      rect(x, top, w + 1, h, colour) +
      gable +
      circle(x + w / 2, top - 50, 16, '#fff7e6', 'opacity=".85"') +
      windows
    );
  };
  const stall = (
    x: number,
    y: number,
    s: number,
    a: string,
    b: string,
    goods: readonly [string, ...string[]],
  ) => {
    const stripes = times(8, (index) =>
      path(
        `M${20 + index * 50} -250L${70 + index * 50} -250L${80 + index * 52.5 - 20} -140a27 22 0 0 1 -53 0Z`,
        index % 2 === 0 ? a : b,
      ),
    );
    const crates = times(4, (crate) => {
      const colour = pick(goods, (crate + random() * 0.4) / 4.4);
      const fruit = times(22, (index) =>
        circle(
          crate * 110 + 22 + (index % 6) * 14 + random() * 6,
          -8 - Math.floor(index / 6) * 12 + random() * 4,
          11,
          colour,
          `stroke="#3a1d12" stroke-opacity=".22" stroke-width="2"`,
        ),
      );
      return (
        fruit +
        rect(crate * 110 + 6, 0, 98, 40, '#a8713f') +
        rect(crate * 110 + 6, 12, 98, 5, '#7d4f28') +
        rect(crate * 110 + 6, 28, 98, 5, '#7d4f28')
      );
    });
    return group(
      [
        ellipse(225, 150, 270, 16, '#3a2a2a', 'opacity=".3"'),
        rect(14, -190, 12, 340, '#6d4a30'),
        rect(424, -190, 12, 340, '#6d4a30'),
        rect(20, -150, 410, 150, '#3d2b2b', 'opacity=".35"'),
        person(150 + random() * 150, 60, 235, {
          coat: pick(['#37506b', '#5c3a4d', '#3f5b41'], random()),
          legs: '#222',
          skin: pick(['#c98f6b', '#7b4e38', '#e2b596'], random()),
          hair: '#2a1d18',
        }),
        crates,
        rect(0, 40, 450, 104, '#c89a63'),
        times(9, (index) => rect(index * 50, 40, 3, 104, '#9a6f40')),
        stripes,
        rect(14, -256, 424, 12, '#f7efe0', 'rx="5"'),
      ].join(''),
      `transform="translate(${x} ${y}) scale(${s})"`,
    );
  };
  const bunting = (y: number, sag: number) =>
    stroke(`M0 ${y}Q960 ${y + sag} 1920 ${y - 20}`, '#5a4a4a', 3) +
    times(30, (index) => {
      const t = (index + 0.5) / 30;
      const py = (1 - t) ** 2 * y + 2 * t * (1 - t) * (y + sag) + t * t * (y - 20);
      return poly(
        [
          [t * 1920 - 20, py],
          [t * 1920 + 20, py],
          [t * 1920, py + 44],
        ],
        pick(['#d94f3d', '#f2b134', '#2f8f83', '#3b6fa0', '#fff4dd'], random()),
      );
    });
  const coats = ['#b5442f', '#2f6f73', '#d7a441', '#3f4f7d', '#7a3b5a', '#4f7a4a', '#e0d3bd'] as const;
  const shopper = (x: number, y: number, h: number) =>
    ellipse(x + 10, y, h * 0.22, h * 0.035, '#3a2a2a', 'opacity=".3"') +
    person(x, y, h, {
      coat: pick(coats, random()),
      legs: pick(['#2a2f45', '#4a3b38', '#1f2a33'], random()),
      skin: pick(['#c98f6b', '#7b4e38', '#e2b596', '#a06a4a'], random()),
      hair: pick(['#2a1d18', '#6d4526', '#c9c0b4', '#151216'], random()),
    });
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#79b4cf', '#d5e6dc', '#fbe9c6']),
      linear('square', ['#d9c4a3', '#b79d7d', '#8a7260']),
      radial('light', ['#fff4cf:.36', '#fff4cf:0'], { cx: 0.2, cy: 0, r: 0.9 }),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#sky)'),
      streaks(random, 12, { x: 0, y: 40, w: 1920, h: 200 }, ['#fff', '#fdf3df']),
      poly(
        [
          [1380, 420],
          [1380, 120],
          [1425, 10],
          [1470, 120],
          [1470, 420],
        ],
        '#9fb0b5',
      ),
      facade(-40, 290, 430, '#c96f54'),
      facade(250, 250, 510, '#e2b15f'),
      facade(500, 300, 400, '#7f9c94'),
      facade(800, 240, 480, '#d98d73'),
      facade(1040, 290, 440, '#a5b7c4'),
      facade(1500, 220, 500, '#c98f4f'),
      facade(1330, 180, 400, '#dcc7a0'),
      facade(1720, 260, 430, '#8c6f86'),
      rect(0, 740, 1920, 540, 'url(#square)'),
      times(130, () => {
        const depth = random();
        const y = between(760, 1270, depth * depth);
        return ellipse(
          random() * 1920,
          y,
          18 + depth * 40,
          3 + depth * 8,
          pick(['#c9b08c', '#a08565', '#e6d4b4'], random()),
          'opacity=".4"',
        );
      }),
      bunting(250, 150),
      stall(560, 790, 0.62, '#e9dcc4', '#3b6fa0', ['#e8b23a', '#8fae45', '#c4472f', '#7a3b5a']),
      stall(900, 790, 0.62, '#e9dcc4', '#2f8f83', ['#f2ead8', '#c98f4f', '#e0c084', '#9c6436']),
      stall(1240, 790, 0.62, '#e9dcc4', '#d99a2b', ['#5c7f3a', '#a8c05a', '#d94f3d', '#f2b134']),
      times(9, () => shopper(380 + random() * 1240, 905 + random() * 40, 190)),
      stall(60, 1000, 1.12, '#f7efe0', '#c23b30', ['#d9442f', '#f08a2c', '#7fa63c', '#f2c53a']),
      stall(1330, 1010, 1.16, '#f7efe0', '#2f6f73', ['#b8c7cf', '#e8927c', '#7f97a6', '#f0e6d8']),
      shopper(690, 1130, 330),
      shopper(860, 1180, 350),
      group(
        rect(-50, 0, 100, 70, '#b98650', 'rx="10"') + stroke('M-36 0Q0 -74 36 0', '#8a5f35', 8),
        'transform="translate(950 1060)"',
      ),
      shopper(1130, 1105, 310),
      shopper(1200, 1110, 210),
      bunting(120, 130),
      rect(0, 0, 1920, 1280, 'url(#light)'),
    ],
  );
}
