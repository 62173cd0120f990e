/** A path through a wood. */
import {
  circle,
  type Drawing,
  drawing,
  ellipse,
  group,
  linear,
  n,
  path,
  person,
  pick,
  poly,
  radial,
  randomFrom,
  rect,
  stroke,
  times,
} from '../drawing.ts';

/** The path through Hollin Wood on a misty morning. */
export function forestPath(): Drawing {
  const random = randomFrom(58);
  const layer = (count: number, base: number, width: number, colour: string, lean: number) =>
    times(count, (index) => {
      const x = ((index + random() * 0.9) / count) * 1700 - 50;
      if (Math.abs(x - 830) < width * 2.2 + 60) return '';
      const [w, slant] = [width * (0.6 + random() * 0.7), (random() - 0.5) * lean];
      const branches = times(3, () => {
        const y = 120 + random() * 360;
        const reach = (random() < 0.5 ? -1 : 1) * (60 + random() * 110);
        return stroke(
          `M${n(x)} ${n(y)}q${n(reach * 0.5)} -10 ${n(reach)} ${n(-50 - random() * 60)}`,
          colour,
          w * 0.2,
          'stroke-linecap="round"',
        );
      });
      return (
        path(
          `M${n(x - w / 2 + slant)} -20L${n(x + w / 2 + slant)} -20L${n(x + w * 0.6)} ${n(base - 40)}Q${n(x + w * 0.7)} ${n(base)} ${n(x + w * 1.2)} ${n(base + 14)}L${n(x - w * 1.2)} ${n(base + 14)}Q${n(x - w * 0.7)} ${n(base)} ${n(x - w * 0.6)} ${n(base - 40)}Z`,
          colour,
        ) + branches
      );
    });
  const leaves = (
    count: number,
    y: number,
    spread: number,
    colours: readonly [string, ...string[]],
    size: number,
  ) =>
    times(count, () =>
      ellipse(
        random() * 1600,
        y + (random() - 0.5) * spread,
        size * (0.6 + random()),
        size * (0.35 + random() * 0.5),
        pick(colours, random()),
        `opacity="${n(0.35 + random() * 0.5)}" transform="rotate(${n(random() * 60 - 30)} 800 ${y})"`,
      ),
    );
  const mist = (y: number, opacity: number) => rect(0, y, 1600, 300, 'url(#mist)', `opacity="${opacity}"`);
  const fern = (x: number, y: number, s: number) =>
    times(7, (index) =>
      stroke(
        `M${n(x)} ${n(y)}q${n((index - 3) * 16 * s)} ${n(-70 * s)} ${n((index - 3) * 40 * s)} ${n((-74 + Math.abs(index - 3) * 20) * s)}`,
        pick(['#3f6b32', '#2c5128', '#5c8a3c'], random()),
        7 * s,
        'stroke-linecap="round"',
      ),
    );
  return drawing(
    1600,
    1067,
    [
      linear('air', ['#e9efc9', '#f7eebd', '#cbd9a4', '#7f9c6a']),
      linear('mist', ['#f3f3d6:0', '#f3f3d6:.8', '#f3f3d6:0']),
      linear('path', ['#f0ddaa', '#b98f5c', '#7c5a38']),
      linear('ground', ['#8fa764', '#4d6b3a', '#23391f']),
      linear('ray', ['#fffbd8:.62', '#fffbd8:0']),
      radial('sun', ['#fffdea', '#fff6c2:.7', '#fff3b0:0']),
    ],
    [
      rect(0, 0, 1600, 1067, 'url(#air)'),
      circle(860, 330, 460, 'url(#sun)'),
      layer(26, 600, 22, '#b9c795', 30),
      leaves(130, 110, 330, ['#cfdc9c', '#b7cb86', '#e3e2a0'], 44),
      mist(420, 1),
      layer(18, 640, 38, '#8ba070', 40),
      leaves(100, 70, 260, ['#a3bb6c', '#8aa85b', '#d9c66a'], 52),
      times(60, () =>
        ellipse(
          random() * 1600,
          590 + random() * 30,
          50 + random() * 60,
          18 + random() * 26,
          pick(['#a9bd7c', '#93aa68', '#bccb8d'], random()),
          'opacity=".8"',
        ),
      ),
      path('M0 610C300 580 620 600 830 596C1100 590 1350 600 1600 622L1600 1067L0 1067Z', 'url(#ground)'),
      path(
        'M812 598C860 640 700 690 690 760C680 860 520 960 420 1067L1180 1067C1130 940 960 880 930 770C915 690 900 650 850 598Z',
        'url(#path)',
      ),
      mist(500, 0.8),
      layer(11, 740, 66, '#566b45', 50),
      [
        [560, 120],
        [860, 170],
        [1080, 110],
      ]
        .map(([x = 0, w = 0]) =>
          poly(
            [
              [x, -20],
              [x + w * 0.6, -20],
              [x + w - 330, 900],
              [x - 420, 900],
            ],
            'url(#ray)',
          ),
        )
        .join(''),
      person(820, 800, 150, { coat: '#b5442f', legs: '#26304a', skin: '#d8a684', hair: '#4a3324' }),
      group(
        '<path d="M0 0q4 -22 30 -22q26 -2 34 4l14 -10l8 12l-10 6q-2 14 -6 30h-7l-2 -22l-30 0l-4 22h-7z" fill="#3a2a20"/>',
        'transform="translate(858 782) scale(.95)"',
      ),
      ellipse(830, 806, 92, 8, '#5f4529', 'opacity=".4"'),
      times(60, () => {
        const y = 660 + random() * 400;
        return ellipse(
          random() * 1600,
          y,
          8 + random() * 9,
          4 + random() * 4,
          pick(['#d98a3a', '#c4622f', '#e3b455', '#8fa04c'], random()),
          'opacity=".8"',
        );
      }),
      layer(6, 930, 118, '#2a3a25', 60),
      leaves(150, 10, 210, ['#5f8137', '#48692f', '#7f9a3c', '#c49a3c'], 60),
      times(24, (index) =>
        fern(index < 12 ? random() * 430 : 1180 + random() * 420, 970 + random() * 110, 0.8 + random() * 0.8),
      ),
    ],
  );
}
