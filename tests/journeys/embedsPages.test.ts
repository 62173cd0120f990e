import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { browserPath, openBrowser } from '../support/browser.ts';
import type { TestNewsroom } from '../support/newsroom.ts';
import { openPartnerSite, type PartnerSite, startOpenNewsroom, troublesOf } from '../support/partnerSite.ts';

const patience = 180_000;
const described = browserPath ? describe : describe.skip;
const story = 'port-almery-night-trams-approved';
const axe = readFileSync(
  createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

const sizes = { phone: [360, 760], tablet: [820, 1100], desk: [1280, 900] } as const;
const looks = Object.keys(sizes).flatMap((size) =>
  (['light', 'dark'] as const).map((scheme) => [size as keyof typeof sizes, scheme] as const),
);

described(`the pages of embeds${browserPath ? '' : ' (Chromium)'}`, () => {
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
  }

  describe('a frame', () => {
    /** As oEmbed gives it. */
    async function frameHtml(): Promise<string> {
      const url = encodeURIComponent(`${newsroom.address}/articles/${story}`);
      const answer = await fetch(`${newsroom.address}/oembed?url=${url}&maxwidth=480`);
      return ((await answer.json()) as { html: string }).html;
    }

    const height = async () => Number(await page.locator('iframe').first().getAttribute('height'));

    /** The frame of ours in the page, once it has said how high it is. */
    async function openFrame(beside = ''): Promise<Frame> {
      const html = (await frameHtml()).replace(/height="\d+"/, 'height="123"');
      await page.goto(partner.put(html + beside));
      // Not by a text that the page would have to evaluate: its policy lets it not.
      await page.locator('iframe[src*="/embed/"]:not([height="123"])').first().waitFor();
      return page.frames().find((frame) => frame.url().includes('/embed/')) as Frame;
    }

    const say = (frame: Frame, message: object) =>
      frame.evaluate(`parent.postMessage(${JSON.stringify(message)}, '*')`);

    /** Once whatever was said before has been heard. */
    const heard = () =>
      page.evaluate(
        `new Promise((heard) => { addEventListener('message', heard, { once: true }); postMessage('last', '*') })`,
      );

    it(
      'gets the height of its content, which nothing runs over',
      async () => {
        await newPage();
        const frame = await openFrame();
        const [inner, outer] = (await frame.evaluate(
          '[document.documentElement.scrollHeight, innerHeight]',
        )) as [number, number];
        expect(inner).toBeLessThanOrEqual(outer);
        expect(await height()).toBeGreaterThan(300);
        expect(troubles).toEqual([]);
        expect(await context.cookies()).toEqual([]);
      },
      patience,
    );

    it(
      'asks for no height that no embed has',
      async () => {
        await newPage();
        const frame = await openFrame();
        const before = await height();
        for (const wrong of [-1, 0, 49, 4_001, 1e9, '800', null, { valueOf: 9 }])
          await say(frame, { type: 'dateline:resize', height: wrong });
        await say(frame, { type: 'resize', height: 700 });
        await heard();
        expect(await height()).toBe(before);
        await say(frame, { type: 'dateline:resize', height: 700.2 });
        await heard();
        expect(await height()).toBe(701);
      },
      patience,
    );

    it(
      'is spoken for by nobody else',
      async () => {
        await newPage();
        // A page of ours that is no embed, and one that a stranger put there.
        const strangers = `<iframe id="stranger" sandbox="allow-scripts" srcdoc="A stranger"></iframe><iframe id="ours" src="${newsroom.address}/health/live"></iframe>`;
        await openFrame(strangers);
        const before = await height();
        for (const frame of page.frames().filter((one) => !one.url().includes('/embed/')))
          await frame.evaluate(
            `(parent === window ? window : parent).postMessage({ type: 'dateline:resize', height: 999 }, '*')`,
          );
        await heard();
        expect(await height()).toBe(before);
        expect(await page.locator('#stranger').getAttribute('height')).toBeNull();
        expect(await page.locator('#ours').getAttribute('height')).toBeNull();
      },
      patience,
    );

    it(
      'shows its stories as links where no script runs',
      async () => {
        await newPage({ javaScriptEnabled: false });
        await page.goto(`${newsroom.address}/embed/feed/section/city?limit=2`);
        const links = page.getByRole('listitem').getByRole('link');
        expect(await links.count()).toBe(2);
        expect(await links.first().getAttribute('href')).toContain(`${newsroom.address}/articles/`);
      },
      patience,
    );
  });

  describe('/partners', () => {
    it(
      'shows what is picked, and copies what shows it',
      async () => {
        await newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
        await page.goto(`${newsroom.address}/partners`);
        await page.getByLabel('Feed', { exact: true }).selectOption('section/city');
        await page.getByLabel('Stories').fill('3');
        await page.getByLabel('Dark').check();
        const preview = page.locator('dateline-feed');
        await preview.getByRole('heading', { name: 'City' }).waitFor();
        await page.waitForURL('**/partners?feed=section%2Fcity&limit=3&theme=dark');
        await preview.locator('li[part=item]').nth(2).waitFor();
        expect(await preview.locator('li[part=item]').count()).toBe(3);
        await page.getByRole('button', { name: 'Copy' }).first().click();
        await page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
        const copied = await page.evaluate('navigator.clipboard.readText()');
        expect(copied).toContain('<dateline-feed feed="section/city" limit="3" theme="dark">');
        expect(copied).toBe(await page.getByLabel('Copy this into your page').inputValue());
        expect(await page.getByRole('link', { name: /feeds\/section\/city\.rss$/ }).isVisible()).toBe(true);
        expect(troubles).toEqual([]);
      },
      patience,
    );

    it(
      'works as a form where no script runs',
      async () => {
        await newPage({ javaScriptEnabled: false });
        await page.goto(`${newsroom.address}/partners`);
        await page.getByLabel('Feed', { exact: true }).selectOption('section/world');
        await page.getByRole('button', { name: 'Show it' }).click();
        expect(await page.getByLabel('Copy this into your page').inputValue()).toContain(
          'feed="section/world"',
        );
        expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
        const framed = page.frameLocator('iframe[title="Preview"]');
        await framed.getByRole('heading', { name: 'World' }).waitFor();
      },
      patience,
    );
  });

  describe.each(looks)('on a %s, %s', (size, colorScheme) => {
    const [width, height] = sizes[size];
    const host = () =>
      partner.put(
        `<dateline-feed feed="news" limit="4"></dateline-feed><dateline-article slug="${story}"></dateline-article><dateline-article slug="none"></dateline-article>`,
      );
    it.each([
      ['/partners', () => `${newsroom.address}/partners`],
      ['the frame of a feed', () => `${newsroom.address}/embed/feed/section/world`],
      ['the frame of a story', () => `${newsroom.address}/embed/article/mayor-halloran-interview`],
      ['a frame with nothing to show', () => `${newsroom.address}/embed/article/none`],
      ["a partner's page", host],
    ])(
      '%s can be read by everybody, and fits',
      async (name, urlOf) => {
        await newPage({ viewport: { width, height }, colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
        await page.goto(urlOf());
        if (name.startsWith('a partner')) {
          await page.locator('dateline-article').last().scrollIntoViewIfNeeded();
          await page.locator('dateline-article').last().getByRole('status').waitFor();
        }
        if (name !== 'a frame with nothing to show') await page.locator('[part~=headline]').first().waitFor();
        await page.evaluate(axe);
        const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as {
          id: string;
          impact: string;
          nodes: { html: string }[];
        }[];
        const grave = found.filter(({ impact }) => ['serious', 'critical'].includes(impact));
        expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        if (process.env.SCREENSHOTS) {
          const file = `${name.replace(/\W+/g, '-')}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: join(process.env.SCREENSHOTS, file), fullPage: true });
        }
      },
      patience,
    );
  });
});
