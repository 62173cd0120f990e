/** Pictures of the country around: the observatory, the wood, the viaduct. */
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
  person,
  pick,
  poly,
  radial,
  randomFrom,
  rect,
  ridge,
  stroke,
  times,
} from '../drawing.ts';

/** Halden Hill observatory under the Milky Way. */
export function observatoryAtNight(): Drawing {
  const random = randomFrom(1604);
  const bell = () => random() + random() + random() - 1.5;
  const milkyWay = times(620, () => {
    const along = random();
    const off = bell() * 190;
    return circle(
      between(150, 1750, along) + off * 0.5,
      between(1050, -120, along) + off,
      0.6 + random() ** 4 * 2.6,
      pick(['#fff', '#ffe9d0', '#cfe0ff'], random()),
      `opacity="${n(0.3 + random() * 0.7)}"`,
    );
  });
  const haze = times(36, (index) => {
    const along = index / 36;
    return ellipse(
      between(150, 1750, along) + bell() * 60,
      between(1050, -120, along) + bell() * 60,
      190,
      84,
      `url(#${random() < 0.5 ? 'mauve' : 'blue'})`,
      `transform="rotate(-36 ${n(between(150, 1750, along))} ${n(between(1050, -120, along))})"`,
    );
  });
  const tree = (x: number, y: number, h: number) =>
    times(4, (index) =>
      poly(
        [
          [x - h * (0.1 + index * 0.05), y - h * (0.75 - index * 0.25)],
          [x, y - h * (1.05 - index * 0.22)],
          [x + h * (0.1 + index * 0.05), y - h * (0.75 - index * 0.25)],
        ],
        '#060b18',
      ),
    );
  return drawing(
    1920,
    1280,
    [
      linear('sky', ['#050a1f', '#0d1a42', '#1f3a6e', '#4b6f92', '#c08f7d']),
      radial('mauve', ['#b79adf:.2', '#b79adf:0']),
      radial('blue', ['#8fb4ff:.17', '#8fb4ff:0']),
      linear('dome', ['#dfe6ee', '#93a3bb', '#46546f'], [1, 0.4]),
      linear('wall', ['#aeb9c9', '#6d7b93', '#323d56'], [1, 0]),
      radial('warm', ['#ffd994:.8', '#ffb75e:.25', '#ffb75e:0']),
      linear('hill', ['#142238', '#070c19']),
    ],
    [
      rect(0, 0, 1920, 1280, 'url(#sky)'),
      haze,
      times(260, () =>
        circle(
          random() * 1920,
          random() * 900,
          0.6 + random() ** 3 * 2,
          '#fff',
          `opacity="${n(0.2 + random() * 0.7)}"`,
        ),
      ),
      milkyWay,
      times(7, () => {
        const [x, y] = [random() * 1900, random() * 600];
        return (
          circle(x, y, 2.6, '#fff') +
          stroke(`M${n(x - 12)} ${n(y)}h24M${n(x)} ${n(y - 12)}v24`, '#fff', 1, 'opacity=".7"')
        );
      }),
      stroke('M1420 180L1600 110', '#fff', 2.5, 'opacity=".8" stroke-linecap="round"'),
      path(ridge(random, { width: 1920, y: 1010, rise: 120, steps: 7, bottom: 1280 }), '#24395c'),
      path(ridge(random, { width: 1920, y: 1080, rise: 90, steps: 9, bottom: 1280 }), '#182845'),
      path('M0 1160C300 1120 480 1010 760 985C1050 960 1300 1030 1920 1150L1920 1280L0 1280Z', 'url(#hill)'),
      circle(640, 690, 420, 'url(#warm)'),
      rect(410, 760, 460, 240, 'url(#wall)', 'rx="6"'),
      rect(396, 742, 488, 26, '#8c9ab0', 'rx="6"'),
      path('M402 744A238 238 0 0 1 878 744Z', 'url(#dome)'),
      path('M600 744C606 640 640 560 706 517L772 548C720 600 690 660 686 744Z', '#2a1d1a'),
      path('M612 744C620 650 648 574 706 530L754 552C708 604 680 664 676 744Z', '#f2b866'),
      group(
        rect(-34, -196, 68, 210, '#33415f', 'rx="10"') +
          rect(-42, -214, 84, 30, '#56678a', 'rx="8"') +
          rect(-26, -150, 52, 10, '#7f93ba'),
        'transform="translate(650 716) rotate(26)"',
      ),
      stroke('M402 744A238 238 0 0 1 470 576', '#f4f8fc', 6, 'opacity=".5"'),
      times(5, (index) =>
        rect(440 + index * 84, 830, 36, 56, index === 3 ? '#ffcf80' : '#202b45', 'rx="18"'),
      ),
      rect(600, 900, 70, 104, '#241d26', 'rx="8"'),
      rect(870, 850, 250, 150, '#3c4963'),
      poly(
        [
          [858, 852],
          [1000, 800],
          [1134, 852],
        ],
        '#26314a',
      ),
      rect(920, 890, 50, 40, '#ffcf80'),
      rect(1020, 890, 50, 40, '#ffcf80'),
      times(20, () => tree(1180 + random() * 740, 1110 + random() * 60, 70 + random() * 110)),
      times(7, () => tree(random() * 330, 1170 + random() * 30, 60 + random() * 100)),
      person(1010, 1076, 92, { coat: '#0d1426', legs: '#0a0f1e', skin: '#3d3446', hair: '#0a0f1e' }),
      person(1062, 1080, 84, { coat: '#131c33', legs: '#0a0f1e', skin: '#3d3446', hair: '#0a0f1e' }),
    ],
  );
}

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
