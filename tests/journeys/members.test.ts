import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { seriousIn } from '../support/axe.ts';
import { browserPath } from '../support/browser.ts';
import { type Mailbox, openMailbox } from '../support/mailbox.ts';
import { openHtml } from '../support/pages.ts';
import { desktop, phone, startVisit, tablet, type Visit } from '../support/visit.ts';

const patience = 240_000;
const described = browserPath ? describe : describe.skip;

/** A story that is closed to whoever does not pay: words before the paywall, and the last ones. */
const paid = '/articles/slow-train-over-sorrel-pass';
const free = 'The train leaves Velm at 5.10';
const gated = 'The geese travelled free.';

const wrongLink = '/sign-in?token=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

described(`a member in a browser${browserPath ? '' : ' (Chromium)'}`, () => {
  let visit: Visit;
  let mails: Mailbox;
  beforeAll(async () => {
    visit = await startVisit();
    mails = await openMailbox(visit.newsroom.dataDir);
  }, patience);
  afterEach(() => visit?.leave());
  afterAll(async () => {
    mails?.close();
    await visit?.end();
  });

  /** From the form on the page that is open to where the link leads back to. */
  async function signIn(page: Page, email: string): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    await page.waitForURL('**/sign-in/sent');
    expect(await page.locator('h1').textContent()).toBe('Check your mail');
    await page.goto(await mails.nextLink());
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }

  let members = 0;

  /** A page that a member who pays opened after they signed in: another one each time, as a mailbox gets three links in ten minutes. */
  async function openSignedIn(options?: BrowserContextOptions) {
    members += 1;
    const email = `patron.${members}@home.example`;
    const paying = { status: 'PAID' as const, tierSlugs: ['patron'] };
    await visit.newsroom.stores.membership.putMembers([{ sourceId: email, email, ...paying }], 'test');
    const opened = await visit.open('/sign-in', options);
    await signIn(opened.page, email);
    return opened;
  }

  const shown = (page: Page) => page.locator('article .body').textContent();
  const cookiesOf = (page: Page) => page.context().cookies();

  it.each([
    ['with script', true],
    ['without script', false],
  ])(
    'signs in by mail, reads on where the paywall was, changes newsletters and signs out, %s',
    async (_how, javaScriptEnabled) => {
      const { page, complaints } = await visit.open(paid, { javaScriptEnabled });
      expect(await shown(page)).toContain(free);
      expect(await shown(page)).not.toContain(gated);
      await page.locator('.paywall').getByRole('link', { name: 'Sign in to read on' }).click();
      await signIn(page, 'supporter@example.org');

      expect(new URL(page.url()).pathname).toBe(paid);
      expect(await shown(page)).toContain(free);
      expect(await shown(page)).toContain(gated);
      expect(await page.locator('.paywall').count()).toBe(0);
      expect(openHtml(await page.content()).jsonLd('NewsArticle')).toMatchObject({
        isAccessibleForFree: false,
      });
      const cookies = await cookiesOf(page);
      expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]).sort()).toEqual([
        ['dateline-access', true, 'Lax'],
        ['dateline-refresh', true, 'Lax'],
      ]);

      await page.getByRole('link', { name: 'Account' }).click();
      const facts = await page.locator('.facts').textContent();
      for (const fact of ['Sam Supporter', 'supporter@example.org', 'Paid membership: Supporter'])
        expect(facts).toContain(fact);
      const chosen = () => page.locator('input:checked').evaluateAll((all) => all.length);
      const before = await chosen();
      const letter = page.getByLabel('Slow News');
      const wasChosen = await letter.isChecked();
      await letter.setChecked(!wasChosen);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.waitForURL('**/account?done=saved');
      expect(await page.locator('.notice').textContent()).toBe('Your newsletters are saved.');
      expect([await letter.isChecked(), await chosen()]).toEqual([!wasChosen, before + (wasChosen ? -1 : 1)]);
      // Loaded again nothing is sent again.
      await page.reload();
      expect(await letter.isChecked()).toBe(!wasChosen);

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL('**/sign-in?done=signed-out');
      expect(await page.locator('.notice').textContent()).toBe('You are signed out.');
      expect(await cookiesOf(page)).toEqual([]);
      await page.goto(new URL(paid, page.url()).href);
      expect(await shown(page)).not.toContain(gated);
      expect(await page.locator('.paywall').count()).toBe(1);
      await page.goto(new URL('/account', page.url()).href);
      expect(page.url()).toMatch(/\/sign-in\?return=\/account$/);
      expect(complaints).toEqual([]);
    },
    patience,
  );

  it(
    'joins for free, reads what is for members, and is told what the rest asks for',
    async () => {
      const { page } = await visit.open('/membership');
      await page.getByRole('link', { name: 'Join for free: Reader' }).click();
      await signIn(page, 'new.reader@example.org');
      expect(new URL(page.url()).pathname).toBe('/membership');
      expect(await page.locator('.tier').first().textContent()).toContain('You are a member of this.');
      await page.goto(new URL('/articles/mayor-halloran-interview', page.url()).href);
      expect(await page.locator('.paywall').count()).toBe(0);
      await page.goto(new URL(paid, page.url()).href);
      expect(await shown(page)).not.toContain(gated);
      const paywall = page.locator('.paywall');
      expect(await paywall.getByRole('link').first().getAttribute('href')).toBe('/membership');
      expect(await paywall.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(
        `/sign-in?return=${paid}`,
      );
    },
    patience,
  );

  it(
    'stays signed in when two tabs renew at the same time, and after that',
    async () => {
      const { page } = await openSignedIn();
      const context = page.context();
      const url = new URL(paid, page.url()).href;
      const access = (await cookiesOf(page)).find(({ name }) => name === 'dateline-access');
      const forget = () => context.addCookies([{ ...access, value: 'expired' } as never]);
      const refresh = async () =>
        (await cookiesOf(page)).find(({ name }) => name === 'dateline-refresh')?.value;
      const first = await refresh();
      await forget();
      const tabs = [page, await context.newPage(), await context.newPage()];
      await Promise.all(tabs.map((tab) => tab.goto(url)));
      const second = await refresh();
      expect(second).not.toBe(first);
      for (const tab of tabs) expect(await shown(tab)).toContain(gated);
      // A tab whose answer was on its way still brings the old one.
      await context.addCookies([
        { ...access, value: 'expired' },
        { ...access, name: 'dateline-refresh', value: first },
      ] as never);
      await page.reload();
      expect(await shown(page)).toContain(gated);
      await forget();
      for (const tab of tabs) {
        await tab.reload();
        expect(await shown(tab)).toContain(gated);
      }
    },
    patience,
  );

  it(
    'is nobody again where the session was ended elsewhere, and sees pages all the same',
    async () => {
      const { page } = await openSignedIn();
      const kept = await cookiesOf(page);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL('**/sign-in?**');
      // Another copy of the browser has the cookies still, of which the first has expired.
      await page
        .context()
        .addCookies(kept.map((one) => (one.name === 'dateline-access' ? { ...one, value: 'x' } : one)));
      const response = await page.goto(new URL(paid, page.url()).href);
      expect(response?.status()).toBe(200);
      expect(await shown(page)).not.toContain(gated);
      expect(await cookiesOf(page)).toEqual([]);
    },
    patience,
  );

  it(
    'cannot be acted for by a page of another site',
    async () => {
      const { page } = await openSignedIn();
      const site = new URL(page.url()).origin;
      const other = await page.context().newPage();
      await other.route('http://127.0.0.1:1/**', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<form method="post" action="${site}/sign-out"><button>Win</button></form>`,
        }),
      );
      await other.goto('http://127.0.0.1:1/');
      await other.getByRole('button').click();
      await other.waitForURL(`${site}/sign-out`);
      expect(await other.locator('h1').textContent()).toBe('This form came from elsewhere');
      await page.reload();
      expect(await page.locator('h1').textContent()).toBe('Your account');
      // Nor does the graph know anybody by cookies.
      const { data } = await (
        await page.request.post(`${site}/graphql`, { data: { query: '{ me { id } }' } })
      ).json();
      expect(data).toEqual({ me: null });
    },
    patience,
  );

  it.each(['light', 'dark'] as const)(
    'is told by every page of signing in what to do, on any device and for any eyes, where it is %s',
    async (colorScheme) => {
      const look = { colorScheme, reducedMotion: 'reduce' } as const;
      const { page } = await openSignedIn(look);
      const site = new URL(page.url()).origin;
      const pages: [name: string, open: () => Promise<unknown>][] = [
        ['account', () => page.goto(`${site}/account?done=saved`)],
        ['signed in', () => page.goto(`${site}/sign-in`)],
        ['membership', () => page.goto(`${site}/membership`)],
        [
          'signed out',
          () =>
            page.goto(`${site}/account`).then(() => page.getByRole('button', { name: 'Sign out' }).click()),
        ],
        ['wrong', () => wrongAddress(page)],
        ['sent', () => page.goto(`${site}/sign-in/sent`)],
        ['link', () => page.goto(`${site}${wrongLink}&returnTo=${paid}`)],
        ['used', () => page.getByRole('button', { name: 'Sign in', exact: true }).click()],
        ['paywall', () => page.goto(`${site}${paid}`)],
        ['join', () => page.goto(`${site}/membership`)],
      ];
      for (const [name, open] of pages) {
        await open();
        for (const viewport of [phone, tablet, desktop, { width: 320, height: 640 }]) {
          await page.setViewportSize(viewport);
          const { width } = viewport;
          expect([name, await page.evaluate(widthOfPage)]).toEqual([name, width]);
          if (viewport !== tablet) expect([name, width, await seriousIn(page)]).toEqual([name, width, []]);
        }
        await shoot(page, `${name}-${colorScheme}`);
      }
    },
    patience,
  );

  it(
    'is led to the field that is wrong',
    async () => {
      const { page } = await visit.open('/sign-in');
      await wrongAddress(page);
      const email = page.getByLabel('E-mail address');
      expect(await email.evaluate(isFocused)).toBe(true);
      expect(await email.getAttribute('aria-describedby')).toBe(
        await page.locator('.wrong').getAttribute('id'),
      );
      expect(await email.inputValue()).toBe('ada@nowhere');
    },
    patience,
  );
});

/** What a browser takes for an address, and we do not. */
async function wrongAddress(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill('ada@nowhere');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.locator('.wrong').waitFor();
}

/** Pictures of the pages at three widths, for whoever wants to see them: SCREENSHOTS names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const part = page.locator('.paywall, .tiers').first();
    if ((await part.count()) > 0) await part.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${folder}/${name}-${width}.png`.replaceAll(' ', '-') });
  }
}

// What follows runs in the page.

interface Window {
  document: { documentElement: { scrollWidth: number }; activeElement: unknown };
}

const widthOfPage = () => (globalThis as never as Window).document.documentElement.scrollWidth;

const isFocused = (element: unknown) => (globalThis as never as Window).document.activeElement === element;
