/** The programs in examples/ are built and run against a newsroom, as their README says. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserPath, openBrowser } from '../support/browser.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const run = promisify(execFile);

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startTestNewsroom();
}, 180_000);
afterAll(() => newsroom?.stop());

describe('examples/script', () => {
  it('prints headlines and the text of a story', async () => {
    const { data } = await newsroom.ask('{ articles(first: 5) { nodes { headline } } }');
    const { stdout, stderr } = await run(process.execPath, ['examples/script/stories.mjs', newsroom.address]);
    expect(stderr).toBe('');
    const [headlines = '', story = ''] = stdout.split('\n\n');
    const nodes: { headline: string }[] = data.articles.nodes;
    for (const { headline } of nodes) expect(headlines).toContain(headline);
    expect(story).toContain(nodes[0]?.headline);
    expect(stdout).not.toMatch(/<\w|&#?\w+;/);
  });
});

const described = browserPath ? describe : describe.skip;

described(`examples/react${browserPath ? '' : ' (Chromium)'}`, () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-example-'));
    await run('npx', [
      'esbuild',
      'examples/react/page.tsx',
      '--bundle',
      '--define:process.env.NODE_ENV="development"',
      `--outdir=${folder}`,
    ]);
    await copyFile('examples/react/index.html', join(folder, 'index.html'));
    server = createServer(async ({ url = '/' }, response) => {
      const name = basename(new URL(url, 'http://localhost').pathname) || 'index.html';
      const text = await readFile(join(folder, name)).catch(() => undefined);
      response.writeHead(text ? 200 : 404, {
        'content-type': name.endsWith('.js') ? 'text/javascript' : 'text/html',
      });
      response.end(text);
    });
    server.listen(0, 'localhost');
    await once(server, 'listening');
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await new Promise((closed) => server?.close(closed));
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('shows more of the feed, a story with its credit, and the same feed again, without a warning', async () => {
    const page = await browser.newPage();
    const told: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      // What React and Apollo Client say of their own developer tools.
      if (!/DevTools/i.test(message.text())) told.push(message.text());
    });
    page.on('pageerror', (error) => void told.push(error.message));
    page.on('request', (request) => {
      if (request.url() === `${newsroom.address}/graphql`) requests.push(request.postData() ?? '');
    });
    await page.route('https://news.example/**', (route) =>
      route.fulfill({
        status: 200,
        contentType: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      }),
    );
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/?newsroom=${encodeURIComponent(newsroom.address)}`);
    const items = page.locator('li');
    for (const count of [5, 10]) {
      await items.nth(count - 1).waitFor();
      await page.getByRole('button', { name: 'Show More' }).click();
    }
    await items.nth(14).waitFor();
    const headlines = await items.allTextContents();
    expect(headlines).toHaveLength(15);
    const headline = headlines[0] as string;
    await page.getByRole('button', { name: headline, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: headline }).waitFor();
    for (const caption of await page.locator('figcaption').allTextContents())
      expect(caption).toMatch(/\(.+\)$/);
    await page.getByRole('button', { name: 'Back' }).click();
    await items.nth(14).waitFor();
    expect(await items.allTextContents()).toEqual(headlines);
    expect(requests.filter((body) => body !== '')).toHaveLength(4);
    expect(told).toEqual([]);
  });
});
