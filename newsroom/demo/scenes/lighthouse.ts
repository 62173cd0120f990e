/** A lighthouse in a storm. */
import {
  circle,
  type Drawing,
  drawing,
  ellipse,
  group,
  linear,
  n,
  path,
  poly,
  radial,
  randomFrom,
  rect,
  ridge,
  stroke,
  times,
} from '../drawing.ts';

/** Tern Point in a gale; upright. */
export function lighthouseInStorm(): Drawing {
  const random = randomFrom(77);
  const wave = (y: number, rise: number, steps: number, fill: string) =>
    path(ridge(random, { width: 1200, y, rise, steps, bottom: 1600 }), fill);
  const foam = (y: number, count: number) =>
    times(count, () =>
      ellipse(
        random() * 1200,
        y + random() * 60,
        14 + random() * 70,
        3 + random() * 5,
        '#dfeaf0',
        `opacity="${n(0.25 + random() * 0.5)}"`,
      ),
    );
  const spray = times(420, () => {
    const angle = random() * Math.PI;
    const reach = random() ** 0.6;
    return circle(
      470 + Math.cos(angle) * reach * 260,
      1300 - Math.sin(angle) * reach * 380,
      1 + random() ** 3 * 9,
      '#eef5f8',
      `opacity="${n(0.3 + random() * 0.6)}"`,
    );
  });
  const clouds = (y: number, fill: string, opacity: number) =>
    group(
      times(16, () =>
        ellipse(random() * 1300 - 50, y + random() * 150, 150 + random() * 190, 50 + random() * 60, fill),
      ),
      `opacity="${opacity}"`,
    );
  return drawing(
    1200,
    1600,
    [
      linear('sky', ['#111a28', '#22344a', '#47627a', '#8aa3ad', '#b9c3bd']),
      linear('tower', ['#8d99a3', '#f2efe6', '#d9dad6', '#6f7d8a'], [1, 0]),
      linear('beam', ['#fff3c2:.85', '#ffeaa3:0'], [1, 0]),
      linear('beamLeft', ['#ffeaa3:0', '#fff3c2:.7'], [1, 0]),
      radial('lamp', ['#fffbe4', '#ffeaa0:.7', '#ffe08a:0']),
      linear('rock', ['#2c3640', '#12181f']),
    ],
    [
      rect(0, 0, 1200, 1600, 'url(#sky)'),
      clouds(420, '#5d7585', 0.35),
      clouds(240, '#2f4256', 0.6),
      clouds(60, '#1a2738', 0.8),
      clouds(-40, '#0f1824', 0.9),
      poly(
        [
          [720, 455],
          [1200, 300],
          [1200, 590],
        ],
        'url(#beam)',
      ),
      poly(
        [
          [720, 455],
          [0, 330],
          [0, 520],
        ],
        'url(#beamLeft)',
      ),
      wave(1070, 40, 7, '#4d6a7b'),
      foam(1050, 14),
      wave(1120, 60, 6, '#3b586b'),
      path(
        'M470 1350L540 1130L600 1080L660 1050L800 1050L850 1100L960 1075L1020 1230L1110 1400L400 1420Z',
        'url(#rock)',
      ),
      path('M600 1080L660 1050L800 1050L760 1120L640 1140Z', '#46525c'),
      path('M850 1090L960 1075L930 1200L820 1180Z', '#39444e'),
      path('M652 1062L682 500L758 500L788 1062Z', 'url(#tower)'),
      path('M676 612L764 612L770 720L670 720Z', '#a8322d'),
      path('M664 830L776 830L782 940L658 940Z', '#a8322d'),
      path('M720 500L758 500L788 1062L735 1062Z', '#1d2a38', 'opacity=".28"'),
      rect(711, 560, 18, 28, '#26323f', 'rx="9"'),
      rect(711, 760, 18, 28, '#26323f', 'rx="9"'),
      rect(700, 990, 40, 72, '#26323f', 'rx="18"'),
      rect(660, 488, 120, 16, '#2b3742'),
      stroke(
        'M664 488L664 462M776 488L776 462M664 464L776 464M692 488L692 464M748 488L748 464',
        '#2b3742',
        4,
      ),
      rect(688, 420, 64, 68, '#ffeeb0'),
      stroke('M704 420L704 488M720 420L720 488M736 420L736 488', '#50606b', 3),
      path('M678 424Q720 350 762 424Z', '#8c2a27'),
      rect(717, 352, 6, 34, '#2b3742'),
      circle(720, 455, 150, 'url(#lamp)'),
      rect(800, 985, 130, 90, '#b9beb9'),
      poly(
        [
          [790, 988],
          [865, 935],
          [940, 988],
        ],
        '#5b3030',
      ),
      rect(830, 1012, 22, 28, '#ffd987'),
      rect(880, 1012, 22, 28, '#ffd987'),
      wave(1280, 110, 5, '#2b4558'),
      foam(1235, 22),
      spray,
      wave(1400, 120, 4, '#1e3445'),
      foam(1345, 26),
      wave(1530, 130, 4, '#132533'),
      foam(1460, 20),
      times(220, () => {
        const [x, y, length] = [random() * 1300, random() * 1600, 30 + random() * 60];
        return stroke(
          `M${n(x)} ${n(y)}l${n(-length * 0.35)} ${n(length)}`,
          '#dce8ee',
          1.6,
          `opacity="${n(0.12 + random() * 0.22)}"`,
        );
      }),
    ],
  );
}
