/** An observatory at night. */
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
