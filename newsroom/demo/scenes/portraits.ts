/** Portraits of the demo newsroom's people: flat, and each one's own. */
import { circle, type Drawing, drawing, ellipse, linear, path, radial, rect, stroke } from '../drawing.ts';

export interface Likeness {
  skin: string;
  shade: string;
  hair: string;
  cut: 'bob' | 'short' | 'curls' | 'scarf' | 'bun' | 'beard' | 'bald' | 'long';
  coat: string;
  shirt: string;
  wall: readonly [string, string];
  glasses?: boolean;
  earrings?: boolean;
}

const size = 800;

const behind: Record<Likeness['cut'], (hair: string) => string> = {
  bob: (hair) =>
    path('M236 330Q230 150 400 146Q570 150 564 330L574 500Q560 540 500 530L300 530Q240 540 226 500Z', hair),
  long: (hair) =>
    path('M240 320Q236 146 400 142Q564 146 560 320Q570 520 612 640L188 640Q230 520 240 320Z', hair),
  curls: (hair) =>
    [
      [262, 300, 84],
      [300, 212, 90],
      [400, 176, 100],
      [500, 212, 90],
      [538, 300, 84],
      [548, 390, 66],
      [252, 390, 66],
    ]
      .map(([x = 0, y = 0, r = 0]) => circle(x, y, r, hair))
      .join(''),
  scarf: (hair) =>
    path('M222 360Q214 134 400 128Q586 134 578 360Q586 520 640 640L160 640Q214 520 222 360Z', hair),
  bun: (hair) => circle(400, 132, 74, hair) + path('M258 340Q246 164 400 160Q554 164 542 340Z', hair),
  short: () => '',
  beard: () => '',
  bald: () => '',
};

const before: Record<Likeness['cut'], (hair: string) => string> = {
  bob: (hair) => path('M270 330Q272 200 400 190Q528 200 532 330Q500 262 430 244Q330 250 270 330Z', hair),
  long: (hair) => path('M266 350Q262 196 400 186Q538 196 534 350Q520 270 400 226Q292 262 266 350Z', hair),
  curls: (hair) =>
    [
      [320, 236, 48],
      [386, 216, 50],
      [456, 226, 48],
      [502, 262, 36],
      [292, 276, 36],
    ]
      .map(([x = 0, y = 0, r = 0]) => circle(x, y, r, hair))
      .join(''),
  scarf: (hair) =>
    path('M262 372Q250 186 400 178Q550 186 538 372Q530 250 400 236Q270 250 262 372Z', hair) +
    path('M250 420Q270 560 400 574Q530 560 550 420L600 640L200 640Z', hair) +
    path('M250 520Q380 650 560 560Q420 612 250 520Z', '#000', 'opacity=".12"'),
  bun: (hair) => path('M266 340Q268 206 400 196Q532 206 534 340Q504 250 400 240Q296 250 266 340Z', hair),
  short: (hair) =>
    path('M262 340Q240 176 390 166Q560 156 540 340Q526 290 508 262Q420 286 320 244Q282 280 262 340Z', hair),
  beard: (hair) =>
    path('M264 330Q250 186 400 176Q550 186 536 330Q522 264 400 246Q278 264 264 330Z', hair) +
    path('M268 384Q276 540 400 560Q524 540 532 384Q512 450 468 446Q400 424 332 446Q288 450 268 384Z', hair),
  bald: (hair) =>
    path('M262 372Q256 330 270 300Q282 340 280 392ZM538 372Q544 330 530 300Q518 340 520 392Z', hair),
};

/** A square portrait, head and shoulders. */
export function portrait(of: Likeness): Drawing {
  return drawing(
    size,
    size,
    [
      linear('wall', [...of.wall], [1, 1]),
      radial('halo', ['#fff:.34', '#fff:0']),
      linear('coat', [of.coat, of.coat, '#10131f'], [0.4, 1.6]),
    ],
    [
      rect(0, 0, size, size, 'url(#wall)'),
      circle(610, 190, 330, 'url(#halo)'),
      circle(400, 420, 330, '#fff', 'opacity=".12"'),
      behind[of.cut](of.hair),
      path('M66 800Q76 632 262 592Q340 574 400 574Q460 574 538 592Q724 632 734 800Z', 'url(#coat)'),
      path('M336 470L464 470L472 600Q400 668 328 600Z', of.shade),
      path('M316 586Q400 690 484 586L520 600Q470 720 400 800Q330 720 280 600Z', of.shirt),
      path('M280 592L252 604L330 800L400 800ZM520 592L548 604L470 800L400 800Z', '#000', 'opacity=".2"'),
      of.cut === 'scarf' ? '' : ellipse(262, 392, 24, 38, of.shade) + ellipse(538, 392, 24, 38, of.shade),
      path(
        'M264 340Q262 204 400 200Q538 204 536 340Q540 430 500 490Q452 552 400 552Q348 552 300 490Q260 430 264 340Z',
        of.skin,
      ),
      path(
        'M400 200Q538 204 536 340Q540 430 500 490Q452 552 400 552Q486 470 478 340Q474 240 400 200Z',
        of.shade,
        'opacity=".32"',
      ),
      circle(322, 436, 34, '#e2604e', 'opacity=".16"'),
      circle(478, 436, 34, '#e2604e', 'opacity=".16"'),
      stroke(
        'M312 334Q338 316 364 330M436 330Q462 316 488 334',
        of.cut === 'scarf' ? '#2a1c16' : of.hair,
        10,
        'stroke-linecap="round"',
      ),
      ellipse(340, 374, 13, 15, '#1c1719'),
      ellipse(460, 374, 13, 15, '#1c1719'),
      circle(345, 369, 4, '#fff'),
      circle(465, 369, 4, '#fff'),
      stroke(
        'M400 372Q386 428 398 438Q408 442 416 436',
        of.shade,
        8,
        'stroke-linecap="round" stroke-linejoin="round"',
      ),
      before[of.cut](of.hair),
      path('M352 474Q400 520 448 474Q400 494 352 474Z', '#fff'),
      stroke('M350 474Q400 516 450 474', '#7c3430', 7, 'stroke-linecap="round"'),
      of.glasses
        ? `${circle(340, 374, 46, '#fff', 'fill-opacity=".12" stroke="#1d1a20" stroke-width="8"')}${circle(460, 374, 46, '#fff', 'fill-opacity=".12" stroke="#1d1a20" stroke-width="8"')}${stroke('M386 370Q400 360 414 370M294 366L262 358M506 366L538 358', '#1d1a20', 8)}`
        : '',
      of.earrings ? circle(262, 446, 13, '#e8b84a') + circle(538, 446, 13, '#e8b84a') : '',
    ],
  );
}
