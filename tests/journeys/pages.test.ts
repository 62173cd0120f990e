import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { seriousIn } from '../support/axe.ts';
import { browserPath } from '../support/browser.ts';
import { demoPages, mainStory } from '../support/pages.ts';
import { desktop, phone, startVisit, tablet, type Visit } from '../support/visit.ts';

const patience = 240_000;
const described = browserPath ? describe : describe.skip;
const storyPath = `/articles/${mainStory}`;
const paths = [
  ...Object.values(demoPages),
  '/articles/broken-lifts-counted',
  '/articles/comet-over-halden-hill',
  '/nothing-here',
];

described(`the reader’s pages in a browser${browserPath ? '' : ' (Chromium)'}`, () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await startVisit();
  }, patience);
  afterEach(() => visit?.leave());
  afterAll(() => visit?.end());

  it.each(paths)(
    '%s fits a phone, a tablet and a desk, and the browser has nothing to complain of',
    async (path) => {
      const { page, complaints } = await visit.open(path);
      for (const viewport of [phone, tablet, desktop, { width: 320, height: 640 }]) {
        await page.setViewportSize(viewport);
        expect([viewport.width, await page.evaluate(widthOfPage)]).toEqual([viewport.width, viewport.width]);
      }
      // The browser writes down that a page is not there.
      expect(complaints.filter((text) => !text.includes('404 (Not Found)'))).toEqual([]);
    },
    patience,
  );

  it.each(paths)(
    '%s has nothing serious for axe to find, in light and in dark, on a phone and at a desk',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await visit.open(path, { colorScheme, viewport: phone, reducedMotion: 'reduce' });
        expect([colorScheme, 'phone', await seriousIn(page)]).toEqual([colorScheme, 'phone', []]);
        await page.setViewportSize(desktop);
        expect([colorScheme, 'desk', await seriousIn(page)]).toEqual([colorScheme, 'desk', []]);
      }
    },
    patience,
  );

  it(
    'are whole without script: the story to its end, and "Show More" as a link',
    async () => {
      const { page } = await visit.open(storyPath, { javaScriptEnabled: false });
      const { data } = await visit.newsroom.ask(
        `{ article(slug: "${mainStory}") { body { ... on ParagraphBlock { text } } } }`,
      );
      const shown = await page.locator('.body').textContent();
      for (const { text } of data.article.body) if (text) expect(shown).toContain(text);
      expect(await page.locator('.counter strong').textContent()).toContain('600+');
      const first = await page.locator('[data-list] h3').allInnerTexts();
      await page.getByRole('link', { name: 'Show More' }).click();
      expect(page.url()).toContain('/?after=');
      const next = await page.locator('[data-list] h3').allInnerTexts();
      expect(next.length).toBeGreaterThan(5);
      expect(next.filter((headline) => first.includes(headline))).toEqual([]);
    },
    patience,
  );

  it(
    'show the words before the pictures on a slow network',
    async () => {
      const { page } = await visit.open('/health/live', { viewport: phone });
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      const slow = { offline: false, latency: 300, downloadThroughput: 40_000, uploadThroughput: 40_000 };
      await session.send('Network.emulateNetworkConditions', slow);
      await page.goto(new URL(storyPath, page.url()).href, { waitUntil: 'load' });
      const { painted, arrived } = await page.evaluate(timesOfPage);
      expect(painted).toBeGreaterThan(0);
      expect(painted).toBeLessThan(arrived);
    },
    patience,
  );

  it.each([
    ['phone', phone],
    ['desk', desktop],
  ] as const)(
    'hold still while the story’s pictures arrive, on a %s',
    async (device, viewport) => {
      const { page } = await visit.open(storyPath, { viewport, reducedMotion: 'reduce' });
      await page.evaluate(() =>
        (globalThis as never as { scrollTo(x: number, y: number): void }).scrollTo(0, 9e9),
      );
      await page.waitForLoadState('networkidle');
      const { shift, largest, largestAt, bytes, painted } = await page.evaluate(measureOfPage);
      if (process.env.MEASURE)
        process.stderr.write(`${JSON.stringify({ device, shift, largest, largestAt, bytes, painted })}\n`);
      expect(shift).toBeLessThan(0.01);
      expect(largest).toBe('IMG');
    },
    patience,
  );

  it(
    'print the story alone, with its credits and the addresses of its links',
    async () => {
      const { page } = await visit.open(storyPath);
      await page.emulateMedia({ media: 'print' });
      for (const hidden of ['.masthead nav', '.search', '.rail', '.footer', '.more'])
        expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
      expect(await page.locator('figure.lead .credit').isVisible()).toBe(true);
      const address = await page.locator('.body p a').first().evaluate(textAfter);
      expect(address).toContain('/articles/');
    },
    patience,
  );

  it(
    'can be gone through by keyboard, from the way past the masthead on',
    async () => {
      const { page } = await visit.open('/');
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: 'Skip to the news' });
      expect(await skip.evaluate(isFocused)).toBe(true);
      expect(await skip.evaluate(hasOutline)).toBe(true);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const first = page.locator('main a').first();
      expect(await first.evaluate(isFocused)).toBe(true);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/articles/**');
    },
    patience,
  );
});

// What follows runs in the page.

interface Timed {
  startTime: number;
  responseEnd: number;
  transferSize: number;
  initiatorType: string;
  value: number;
  hadRecentInput: boolean;
  element?: { tagName: string };
}

interface Window {
  document: { documentElement: { scrollWidth: number }; activeElement: unknown };
  getComputedStyle(element: unknown, part?: string): { content: string; outlineStyle: string };
}

const widthOfPage = () => (globalThis as never as Window).document.documentElement.scrollWidth;

const isFocused = (element: unknown) => (globalThis as never as Window).document.activeElement === element;

const hasOutline = (element: unknown) =>
  (globalThis as never as Window).getComputedStyle(element).outlineStyle !== 'none';

const textAfter = (element: unknown) =>
  (globalThis as never as Window).getComputedStyle(element, '::after').content;

/** When the first words were painted, and when the first picture was there. */
function timesOfPage() {
  const entries = (type: string) => performance.getEntriesByType(type) as never as Timed[];
  const painted = entries('paint').at(-1)?.startTime ?? 0;
  const pictures = entries('resource').filter(({ initiatorType }) => initiatorType === 'img');
  return { painted, arrived: Math.min(...pictures.map(({ responseEnd }) => responseEnd)) };
}

/** How far things moved, what was the largest thing painted and when, and how much came over the network. */
async function measureOfPage() {
  const observed = (type: string) =>
    new Promise<Timed[]>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries() as never)).observe({
        type,
        buffered: true,
      });
      setTimeout(() => resolve([]), 500);
    });
  const shifts = await observed('layout-shift');
  const largest = (await observed('largest-contentful-paint')).at(-1);
  const entries = (type: string) => performance.getEntriesByType(type) as never as Timed[];
  const files = [...entries('navigation'), ...entries('resource')];
  const bytes: Record<string, number> = {};
  for (const { initiatorType, transferSize } of files)
    bytes[initiatorType] = (bytes[initiatorType] ?? 0) + transferSize;
  return {
    shift: shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0),
    largest: largest?.element?.tagName,
    largestAt: largest?.startTime,
    painted: entries('paint').at(-1)?.startTime,
    bytes,
  };
}
