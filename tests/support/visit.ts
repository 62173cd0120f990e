/** Visits to a newsroom's pages in Chromium, at the address that the newsroom itself says it has. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { startTestNewsroom, type TestNewsroom } from './newsroom.ts';
import { freePort } from './port.ts';

export const phone = { width: 390, height: 844 };
export const tablet = { width: 820, height: 1180 };
export const desktop = { width: 1360, height: 900 };

export interface Visit {
  newsroom: TestNewsroom;
  browser: Browser;
  /** A page of its own at this path; `complaints` are what the browser wrote into its console as errors. */
  open(path: string, options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  /** Closes the pages that were opened. */
  leave(): Promise<void>;
  end(): Promise<void>;
}

export async function startVisit(): Promise<Visit> {
  const port = await freePort();
  const site = `http://localhost:${port}`;
  const newsroom = await startTestNewsroom({ env: { PORT: String(port), PUBLIC_URL: site } });
  const browser = await openBrowser();
  const opened: (() => Promise<void>)[] = [];
  const leave = async () => {
    for (const close of opened.splice(0)) await close();
  };
  return {
    newsroom,
    browser,
    leave,
    async open(path, options = {}) {
      const context = await browser.newContext({ viewport: desktop, ...options });
      opened.push(() => context.close());
      // Beyond the newsroom there is no network.
      await context.route(
        (url) => url.origin !== site,
        (route) => route.abort(),
      );
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', ({ message }) => complaints.push(message));
      await page.goto(site + path, { waitUntil: 'load' });
      return { page, complaints };
    },
    async end() {
      await leave();
      await browser.close();
      await newsroom.stop();
    },
  };
}
