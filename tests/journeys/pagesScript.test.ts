import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserPath } from '../support/browser.ts';
import { mainStory } from '../support/pages.ts';
import { story, topic } from '../support/stories.ts';
import { startVisit, type Visit } from '../support/visit.ts';

const patience = 240_000;
const described = browserPath ? describe : describe.skip;

described(`what the script adds to the reader’s pages${browserPath ? '' : ' (Chromium)'}`, () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await startVisit();
  }, patience);
  afterEach(() => visit?.leave());
  afterAll(() => visit?.end());

  const shownIds = (page: Page) =>
    page.locator('[data-id]').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
  const status = (page: Page) => page.locator('[data-status]').textContent();

  it(
    'shows more of 200 stories, each once and none left out, while new ones are published',
    async () => {
      const { articles } = visit.newsroom.stores;
      await articles.putSections([topic('long')], 'test');
      const start = Date.now() - 3_600_000;
      const stories = Array.from({ length: 200 }, (_, number) =>
        story(`long-${number}`, { sectionSlug: 'long', datePublished: new Date(start - number * 1000) }),
      );
      const put = (await articles.putArticles(stories, 'test')).map(({ id }) => id);
      const { page } = await visit.open('/sections/long');
      const more = page.getByRole('link', { name: 'Show More' });
      let count = (await shownIds(page)).length;
      for (let round = 0; await more.count(); round += 1) {
        const breaking = { sectionSlug: 'long', datePublished: new Date(start + round * 1000 + 1000) };
        await articles.putArticles([story(`meanwhile-${round}`, breaking)], 'test');
        await more.focus();
        await page.keyboard.press('Enter');
        await page.waitForFunction(hasMoreThan, count);
        count = (await shownIds(page)).length;
        expect(await status(page)).toBe(`20 more, ${count} stories in all`);
        const focused = await page.evaluate(focusedText);
        // Who pressed it can press it again; at the end the focus is on the first of the new.
        expect(focused).toBe((await more.count()) > 0 ? 'Show More' : 'Story long-180');
      }
      // The section page shows its newest large, above the list.
      const ids = await shownIds(page);
      expect(ids).toEqual(put.slice(1));
      expect(new Set(ids).size).toBe(199);
      expect(new URL(page.url()).search).toBe('');
    },
    patience,
  );

  it(
    'follows the link where more cannot be fetched',
    async () => {
      const { page } = await visit.open('/');
      await page.route('**/?after=*', (route) =>
        route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
      );
      await page.getByRole('link', { name: 'Show More' }).click();
      await page.waitForURL('**/?after=*');
      expect(await page.locator('h1').textContent()).toBe('News Feed');
    },
    patience,
  );

  it(
    'searches as somebody types, gives up what is stale, and says how many were found',
    async () => {
      const { page } = await visit.open('/search');
      let release = () => {};
      const held = new Promise<void>((go) => {
        release = go;
      });
      await page.route('**/search?q=tr', async (route) => {
        await held;
        // The page has given it up by now.
        await route.continue().catch(() => undefined);
      });
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/search?')) asked.push(new URL(request.url()).search);
      });
      const input = page.getByLabel('Words to look for');
      const givenUp = page.waitForEvent('requestfailed', { timeout: 20_000 });
      const first = page.waitForRequest('**/search?q=tr');
      await input.pressSequentially('tr');
      await first;
      const second = page.waitForResponse('**/search?q=tram');
      await input.pressSequentially('am');
      await second;
      expect(new URL((await givenUp).url()).search).toBe('?q=tr');
      await page.waitForFunction(saysSomething);
      release();
      expect(await status(page)).toMatch(/^\d+ stories$/);
      expect(await page.locator('[data-results] mark').first().textContent()).toMatch(/tram/i);
      expect(new URL(page.url()).search).toBe('?q=tram');
      expect(asked).toEqual(['?q=tr', '?q=tram']);
      expect(await input.evaluate(isFocused)).toBe(true);
    },
    patience,
  );

  it(
    'counts members up once they are seen, and says the number of the server at its end',
    async () => {
      const { page } = await visit.open('/membership');
      await page.waitForFunction(countsTo, '600+');
      expect(await page.locator('.counter .unseen').textContent()).toBe('600+');
      const still = await visit.open('/membership', { reducedMotion: 'reduce' });
      expect(await still.page.locator('[data-count]').getAttribute('style')).toBeNull();
      expect(await still.page.locator('[data-count]').textContent()).toBe('600+');
    },
    patience,
  );

  it(
    'loads a player when it is asked for, and nothing of it before',
    async () => {
      const { page, complaints } = await visit.open(`/articles/${mainStory}`);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.waitForLoadState('networkidle');
      expect(asked.filter((url) => url.endsWith('.webm'))).toEqual([]);
      const file = page.waitForRequest('**/*.webm');
      await page.getByRole('link', { name: /Play video/ }).click();
      await file;
      const video = page.locator('.rail video');
      expect(await video.isVisible()).toBe(true);
      expect(await video.locator('track').getAttribute('srclang')).toBe('en');
      expect(await video.evaluate(isFocused)).toBe(true);
      expect(complaints).toEqual([]);
    },
    patience,
  );
});

// What follows runs in the page.

interface Window {
  document: {
    activeElement: { textContent: string };
    querySelector(selector: string): { textContent: string } | null;
    querySelectorAll(selector: string): { length: number };
  };
}

const hasMoreThan = (count: number) =>
  (globalThis as never as Window).document.querySelectorAll('[data-id]').length > count;

const focusedText = () => (globalThis as never as Window).document.activeElement.textContent;

const isFocused = (element: unknown) => (globalThis as never as Window).document.activeElement === element;

const saysSomething = () =>
  (globalThis as never as Window).document.querySelector('[data-status]')?.textContent !== '';

const countsTo = (text: string) =>
  (globalThis as never as Window).document.querySelector('[data-count]')?.textContent === text;
