import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserPath, openBrowser } from '../support/browser.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { operation } from '../support/operations.ts';

const patience = 180_000;
const described = browserPath ? describe : describe.skip;

described(`a browser${browserPath ? '' : ' (Chromium)'}`, () => {
  let newsroom: TestNewsroom;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    newsroom = await startTestNewsroom();
    browser = await openBrowser();
  }, patience);
  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await context?.close();
    for (const close of open.splice(0)) await close();
  });
  afterAll(async () => {
    await browser?.close();
    await newsroom?.stop();
  });

  /** A page on its own, and what it asks for: beyond the newsroom there is no network. */
  async function openPage(): Promise<{ asked: URL[] }> {
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const asked: URL[] = [];
    context.on('request', (request) => asked.push(new URL(request.url())));
    await context.route('**/*', (route) =>
      route.request().url().startsWith(newsroom.address) ? route.continue() : route.abort(),
    );
    return { asked };
  }

  it(
    'finds Apollo Sandbox at /graphql, which asks Apollo for its script and tells nobody anything',
    async () => {
      const { asked } = await openPage();
      const answer = await page.goto(`${newsroom.address}/graphql`, { waitUntil: 'load' });
      expect(answer?.status()).toBe(200);
      const fallback = page.locator('.fallback');
      expect(await fallback.isVisible()).toBe(true);
      expect(await fallback.textContent()).toContain('Apollo Sandbox could not be loaded');
      const beyond = asked.filter(({ origin }) => origin !== newsroom.address);
      const scripts = beyond.filter(({ pathname }) => pathname.endsWith('.js'));
      expect(scripts.map(({ origin, pathname }) => origin + pathname)).toEqual([
        'https://embeddable-sandbox.cdn.apollographql.com/v2/embeddable-sandbox.umd.production.min.js',
      ]);
      expect(beyond).toEqual(scripts);
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/sandbox.png` });
    },
    patience,
  );

  it(
    'finds GraphiQL there, with an article page, a feed, a search and a sign-in that run at the first click',
    async () => {
      const { asked } = await openPage();
      const problems: string[] = [];
      page.on('console', (line) => {
        if (line.type() === 'error' && !/ERR_FAILED/.test(line.text())) problems.push(line.text());
      });
      await page.goto(`${newsroom.address}/graphql`, { waitUntil: 'load' });
      asked.length = 0;
      await page.getByRole('link', { name: 'GraphiQL' }).click();
      const tabs = page.locator('.graphiql-tab-button');
      await tabs.first().waitFor();
      expect(await tabs.allTextContents()).toEqual([
        'ArticlePage',
        'NewsFeed',
        'SearchPage',
        'RequestSignInLink',
      ]);
      // The beginning of each result, since the pane renders the lines in view only; errors would come before it.
      const proofs = ['"headline"', '"feed"', '"totalCount"', '"expiresAt"'];
      for (const [place, proof] of proofs.entries()) {
        // The first one is open: a click on it would fill its variables.
        if (place > 0) await tabs.nth(place).click();
        await page.getByRole('button', { name: /Execute query/ }).click();
        const result = page.locator('.result-window');
        await result.getByText(proof).first().waitFor();
        expect(await result.textContent()).not.toContain('"errors"');
        if (process.env.SCREENSHOTS)
          await page.screenshot({ path: `${process.env.SCREENSHOTS}/graphiql-${place}.png` });
      }
      await page.getByRole('button', { name: 'New tab' }).click();
      await tabs.nth(4).waitFor();
      const editor = page.locator(
        '.graphiql-query-editor .CodeMirror-code, .graphiql-query-editor .view-lines',
      );
      expect((await editor.first().textContent())?.replace(/[\u200b\s\d]/g, '')).toBe('');
      if (process.env.SCREENSHOTS)
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/graphiql-new.png` });
      expect(asked.filter(({ origin }) => origin !== newsroom.address)).toEqual([]);
      expect(problems).toEqual([]);
    },
    patience,
  );

  it(
    'opens Sandbox with the article page of the latest story, where its script comes',
    async () => {
      await openPage();
      await context.unrouteAll();
      await context.route('https://embeddable-sandbox.cdn.apollographql.com/**', (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          body: 'window.EmbeddedSandbox = class { constructor(config) { window.config = config; } };',
        }),
      );
      await page.goto(`${newsroom.address}/graphql`, { waitUntil: 'load' });
      const config = await page.evaluate(() => (globalThis as unknown as { config: SandboxConfig }).config);
      expect(config).toMatchObject({
        initialEndpoint: `${newsroom.address}/graphql`,
        runTelemetry: false,
        initialState: { document: expect.stringContaining('query ArticlePage($slug: String!)') },
      });
      const { document, variables } = config.initialState;
      expect(document.match(/^(query|mutation) /gm)).toHaveLength(1);
      const { data, errors } = await newsroom.ask(document, variables);
      expect([errors, data.article.headline]).toEqual([undefined, expect.any(String)]);
      expect(await page.locator('.fallback').isVisible()).toBe(false);
    },
    patience,
  );

  /** Asks from a page of another origin, with the browser's own checks; answers too what it asked for leave with. */
  async function askFrom(origin: string) {
    // What a person is asked once: whether pages of this origin may talk to programs on this machine.
    context = await browser.newContext({ permissions: ['local-network-access'] });
    page = await context.newPage();
    await page.route(`${origin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>A page</title>' }),
    );
    await page.goto(`${origin}/sandbox`);
    // Requests that a driver looks into are not asked for leave: from here on the browser is alone.
    await page.unrouteAll();
    const wire = await recordWire(newsroom.address);
    open.push(wire.close);
    const url = `${wire.address}/graphql`;
    const query =
      '{ __schema { queryType { name } types { name } } articles(first: 1) { nodes { headline } } }';
    return { answer: await page.evaluate(askFromPage, { url, query }), methods: wire.methods };
  }

  it.each(['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'])(
    'lets a page of %s introspect and ask, once it asked for leave',
    async (origin) => {
      const { answer, methods } = await askFrom(origin);
      expect(answer).toMatchObject({
        status: 200,
        id: expect.any(String),
        body: {
          data: {
            __schema: { queryType: { name: 'Query' } },
            articles: { nodes: [{ headline: expect.any(String) }] },
          },
        },
      });
      expect(methods).toEqual(['OPTIONS', 'POST']);
    },
    patience,
  );

  it(
    'lets no page of another origin ask',
    async () => {
      const { answer, methods } = await askFrom('https://evil.example');
      expect(answer).toEqual({ failure: 'Failed to fetch' });
      expect(methods).toEqual(['OPTIONS']);
    },
    patience,
  );

  it(
    'loads the pictures of an article page, in the sizes that they promise',
    async () => {
      await openPage();
      const slug = 'port-almery-night-trams-approved';
      const { data } = await newsroom.ask(operation('article-page'), { slug });
      const promised = srcsetsIn(data).flatMap((srcset) =>
        srcset.replaceAll('https://news.example', newsroom.address).split(', '),
      );
      expect(promised.length).toBeGreaterThan(10);
      await page.goto(`${newsroom.address}/health/live`);
      const widths = await page.evaluate(
        loadPictures,
        promised.map((candidate) => candidate.split(' ')[0] as string),
      );
      expect(widths.map((width) => `${width}w`)).toEqual(
        promised.map((candidate) => candidate.split(' ')[1]),
      );
    },
    patience,
  );
});

/** Stands before the newsroom and notes how it was asked: what a browser asks for leave, its driver does not show. */
async function recordWire(target: string) {
  const methods: string[] = [];
  const server = createServer((request, response) => {
    methods.push(request.method ?? '');
    const { method, headers, url } = request;
    const onward = httpRequest(`${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${port}`, methods, close };
}

interface SandboxConfig {
  initialEndpoint: string;
  runTelemetry: boolean;
  initialState: { document: string; variables: object };
}

/** Every srcset in an answer. */
function srcsetsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'srcset' ? [inner as string] : srcsetsIn(inner),
  );
}

/** Runs in the page: the natural width of each picture, 0 for one that does not load. */
function loadPictures(urls: string[]): Promise<number[]> {
  const { Image } = globalThis as unknown as {
    Image: new () => { src: string; naturalWidth: number; onload: () => void; onerror: () => void };
  };
  return Promise.all(
    urls.map(
      (url) =>
        new Promise<number>((resolve) => {
          const picture = new Image();
          picture.onload = () => resolve(picture.naturalWidth);
          picture.onerror = () => resolve(0);
          picture.src = url;
        }),
    ),
  );
}

/** Runs in the page: asks as Sandbox does, with the headers that make a browser ask for leave first. */
async function askFromPage({ url, query }: { url: string; query: string }) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      headers: {
        'content-type': 'application/json',
        'apollographql-client-name': 'apollo-sandbox',
        'apollographql-client-version': '1',
        'apollo-require-preflight': 'true',
        'x-apollo-operation-name': 'Sandbox',
      },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, id: response.headers.get('x-request-id'), body: await response.json() };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
