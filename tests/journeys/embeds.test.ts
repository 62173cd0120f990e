import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { browserPath, openBrowser } from '../support/browser.ts';
import type { TestNewsroom } from '../support/newsroom.ts';
import {
  countFetches,
  openPartnerSite,
  type PartnerSite,
  startOpenNewsroom,
  troublesOf,
} from '../support/partnerSite.ts';

const patience = 180_000;
const described = browserPath ? describe : describe.skip;
const story = 'port-almery-night-trams-approved';
const feed = '<dateline-feed feed="news" limit="5"><a href="https://news.example/">News</a></dateline-feed>';
const article = `<dateline-article slug="${story}"><a href="https://news.example/">News</a></dateline-article>`;

describe('/embed.js', () => {
  it('comes in less than 6 kB', () => {
    const size = gzipSync(readFileSync('dist/web/client/embed.js'), { level: 9 }).byteLength;
    expect(size).toBeLessThan(6_144);
  });
});

described(`embeds on a partner's page${browserPath ? '' : ' (Chromium)'}`, () => {
  let newsroom: TestNewsroom;
  let partner: PartnerSite;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    newsroom = await startOpenNewsroom();
    partner = await openPartnerSite(newsroom.address);
    browser = await openBrowser();
  }, patience);
  afterEach(() => context?.close());
  afterAll(async () => {
    await browser?.close();
    await partner?.close();
    await newsroom?.stop();
  });

  async function newPage(options: BrowserContextOptions = {}): Promise<void> {
    context = await browser.newContext({ permissions: ['local-network-access'], ...options });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    troubles = troublesOf(page);
    await countFetches(page);
  }

  const row = () => page.locator('dateline-feed li[part=item]');

  /** What is asked for; `answers` stands in for the newsroom, one after the other, the last for good. */
  async function answerWith(...answers: { status?: number; body?: string }[]): Promise<{ count: number }> {
    const asked = { count: 0 };
    await page.route(`${newsroom.address}/embed/data/**`, (route) => {
      const answer = answers[Math.min(asked.count, answers.length - 1)];
      asked.count += 1;
      const headers = { 'access-control-allow-origin': '*' };
      return answer ? route.fulfill({ headers, ...answer }) : route.continue();
    });
    return asked;
  }

  /** Lets so many seconds of the page go by, a few at a time: what is asked meanwhile is answered in between. */
  async function pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 5) {
      await page.clock.runFor(5_000);
      while ((await page.evaluate('asking')) !== 0);
    }
  }

  async function until(asked: { count: number }, count: number): Promise<void> {
    for (let steps = 0; asked.count < count && steps < 100; steps += 1) await pass(10);
    expect(asked.count).toBe(count);
  }

  /** As if the reader turned to another tab, or came back. */
  const see = (isSeen: boolean) =>
    page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, value: ${!isSeen} }); document.dispatchEvent(new Event('visibilitychange'))`,
    );

  it(
    'stand under a strict policy, with their pictures and credits, and leave nothing behind',
    async () => {
      await newPage();
      const bare = partner.put('', { scripts: 0 });
      await page.goto(bare);
      const before = await page.evaluate('Object.getOwnPropertyNames(window)');
      await page.goto(partner.put(feed + article));
      await row().nth(4).waitFor();
      const image = row().first().locator('img');
      await image.scrollIntoViewIfNeeded();
      expect(await page.locator('dateline-feed [part=credit]').first().textContent()).toMatch(/\w/);
      await page.locator('dateline-article [part=headline]').waitFor();
      await image.evaluate((one) => (one as unknown as { decode(): Promise<void> }).decode());
      expect(await page.locator('dateline-article [part=credit]').textContent()).toBe('Mara Quist/Dateline');
      expect(troubles).toEqual([]);
      expect(await context.cookies()).toEqual([]);
      expect(await page.evaluate('Object.getOwnPropertyNames(window)')).toEqual(before);
    },
    patience,
  );

  it(
    'stand once where the script stands twice',
    async () => {
      await newPage();
      await page.goto(partner.put(feed, { scripts: 2 }));
      await row().nth(4).waitFor();
      expect(await row().count()).toBe(5);
      expect(troubles).toEqual([]);
    },
    patience,
  );

  it(
    'are a plain link where no script runs',
    async () => {
      await newPage({ javaScriptEnabled: false });
      await page.goto(partner.put(feed));
      const link = page.getByRole('link', { name: 'News' });
      expect(await link.isVisible()).toBe(true);
      expect(await link.getAttribute('href')).toBe('https://news.example/');
    },
    patience,
  );

  it(
    'are reached by keyboard, in order, and say what they are',
    async () => {
      await newPage();
      await page.goto(partner.put(feed));
      await row().nth(4).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const first = row().first().getByRole('link');
      expect(
        await first.evaluate((link: { matches(selector: string): boolean }) =>
          link.matches(':focus-visible'),
        ),
      ).toBe(true);
      expect(await page.locator('dateline-feed').ariaSnapshot()).toMatch(
        /^- region "News Feed":\n {2}- heading "News Feed" \[level=2\][\s\S]*- list:\n {4}- listitem:/,
      );
    },
    patience,
  );

  it(
    'wait until they are near, and say that they are busy',
    async () => {
      await newPage();
      const asked = await answerWith();
      await page.goto(partner.put(`<br>`.repeat(300) + feed));
      const busy = page.locator('dateline-feed section[aria-busy=true]');
      await busy.waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle');
      expect(asked.count).toBe(0);
      await page.locator('dateline-feed').scrollIntoViewIfNeeded();
      await row().nth(4).waitFor();
      expect(await busy.count()).toBe(0);
      expect(asked.count).toBe(1);
    },
    patience,
  );

  it.each([
    ['a phone', 360, 760],
    ['a tablet', 820, 1100],
    ['a desk', 1280, 900],
  ])(
    'move nothing on %s when the stories come',
    async (_, width, height) => {
      await newPage({ viewport: { width, height } });
      await page.addInitScript(
        'globalThis.moved = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) moved += value; }).observe({ type: "layout-shift", buffered: true });',
      );
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(`${newsroom.address}/embed/data/**`, async (route) => {
        await held;
        await route.continue();
      });
      const small = feed.replace('limit="5"', 'limit="2"');
      await page.goto(
        partner.put(`${small}<p>What stands between.</p>${article}<p>What stands below.</p>`, {
          isAsync: false,
        }),
      );
      await page.locator('dateline-article section[aria-busy=true]').waitFor();
      await page.evaluate(
        'new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))',
      );
      release();
      await row().nth(1).waitFor();
      await page.locator('dateline-article [part=headline]').waitFor();
      await page.evaluate(
        'new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))',
      );
      expect(await page.evaluate('moved')).toBeLessThan(0.01);
    },
    patience,
  );

  it(
    'keep the link of the page, and say why, where there is nothing to show',
    async () => {
      await newPage();
      await page.goto(partner.put(article.replace(story, 'ferry-fares-to-double')));
      const said = page.locator('dateline-article').getByRole('status');
      await said.waitFor();
      expect(await said.textContent()).toContain('This is no longer to be seen here.');
      expect(await page.getByRole('link', { name: 'News' }).isVisible()).toBe(true);
    },
    patience,
  );

  it(
    'ask again now and then while they are seen, and take back what is gone',
    async () => {
      await newPage();
      await page.clock.install();
      const text = await (await fetch(`${newsroom.address}/embed/data/article/${story}.json`)).text();
      const changed = text.replace('Port Almery votes', 'Port Almery voted');
      const asked = await answerWith({ body: text }, { body: changed }, { status: 500 }, { status: 404 });
      await page.goto(partner.put(article));
      const headline = page.locator('dateline-article [part=headline]');
      await pass(10);
      await headline.waitFor();
      await pass(200);
      expect(asked.count).toBe(1);
      await until(asked, 2);
      await headline.filter({ hasText: 'voted' }).waitFor();
      // A failure changes nothing.
      await until(asked, 3);
      expect(await headline.textContent()).toContain('voted');
      await until(asked, 4);
      await page.locator('dateline-article').getByRole('status').waitFor();
      expect(await headline.count()).toBe(0);
    },
    patience,
  );

  it(
    'ask nothing while nobody sees the page',
    async () => {
      await newPage();
      await page.clock.install();
      const asked = await answerWith();
      await page.goto(partner.put(article));
      await pass(10);
      await page.locator('dateline-article [part=headline]').waitFor();
      await see(false);
      await pass(900);
      expect(asked.count).toBe(1);
      await see(true);
      await until(asked, 2);
    },
    patience,
  );

  it(
    'ask ever more seldom while they get no answer',
    async () => {
      await newPage();
      await page.clock.install();
      const asked = await answerWith({ status: 500 });
      await page.goto(partner.put(article));
      await pass(1_800);
      expect(asked.count).toBeGreaterThan(3);
      expect(asked.count).toBeLessThan(8);
    },
    patience,
  );

  it(
    'show what looks like HTML as text, and link to the web only',
    async () => {
      await newPage();
      const text = await (await fetch(`${newsroom.address}/embed/data/article/${story}.json`)).text();
      const evil = '<img src=x onerror=alert(1)>';
      const card = JSON.parse(text);
      const picture = { ...card.picture, credit: evil, alt: evil };
      const body = JSON.stringify({
        ...card,
        headline: evil,
        kicker: evil,
        url: 'javascript:alert(1)',
        picture,
      });
      await answerWith({ body });
      await page.goto(partner.put(article));
      const link = page.locator('dateline-article [part=link]');
      await link.waitFor();
      expect(await link.textContent()).toBe(evil);
      expect(await link.getAttribute('href')).toBeNull();
      expect(await page.locator('dateline-article [part=credit]').textContent()).toBe(evil);
      expect(await page.locator('dateline-article img').count()).toBe(1);
      expect(troubles).toEqual([]);
    },
    patience,
  );

  it(
    'follow the reader into the dark, and the page in colours, direction and what it shows',
    async () => {
      await newPage({ colorScheme: 'dark' });
      await page.goto(partner.put(feed));
      await row().nth(4).waitFor();
      const box = page.locator('dateline-feed [part~=box]');
      const paper = () =>
        page.evaluate(
          `getComputedStyle(document.querySelector('dateline-feed').shadowRoot.querySelector('[part~=box]')).backgroundColor`,
        );
      expect(await paper()).toBe('rgb(21, 24, 30)');
      const element = page.locator('dateline-feed');
      const set = (name: string, value: string) =>
        element.evaluate(
          (one: { setAttribute(name: string, value: string): void }, [key, to]) =>
            one.setAttribute(key as string, to as string),
          [name, value],
        );
      await set('theme', 'light');
      expect(await paper()).toBe('rgb(255, 255, 255)');
      await set('dir', 'rtl');
      expect(
        await page.evaluate(
          `getComputedStyle(document.querySelector('dateline-feed').shadowRoot.querySelector('h2')).direction`,
        ),
      ).toBe('rtl');
      await element.evaluate((one: { style: { setProperty(name: string, value: string): void } }) =>
        one.style.setProperty('--dateline-paper', 'rgb(1, 2, 3)'),
      );
      expect(await paper()).toBe('rgb(1, 2, 3)');
      await set('feed', 'section/world');
      await box.getByRole('heading', { name: 'World' }).waitFor();
      const arabic = row().filter({ hasText: 'فيلمورا' });
      expect([await arabic.getAttribute('lang'), await arabic.getAttribute('dir')]).toEqual(['ar', 'rtl']);
    },
    patience,
  );
});
