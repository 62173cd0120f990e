/** The urql client with its default settings, which sends queries by GET: from a program, and from a page of another origin. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { build } from 'esbuild';
import { browserPath, openBrowser } from '../support/browser.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startTestNewsroom();
}, 180_000);
afterAll(() => newsroom?.stop());

const text = 'query Headlines { articles(first: 3) { nodes { headline } } }';

/** A fetch that sends the headers of a page of another site, and notes the requests. */
function openFetch() {
  const sent: { method: string; hasText: boolean; status: number }[] = [];
  const asPage: typeof fetch = async (input, init) => {
    const headers = { ...(init?.headers as Record<string, string>), 'sec-fetch-site': 'cross-site' };
    const response = await fetch(input, { ...init, headers });
    const hasText = /[?&]query=|"query":/.test(`${input} ${init?.body ?? ''}`);
    sent.push({ method: init?.method ?? 'GET', hasText, status: response.status });
    return response;
  };
  return { asPage, sent };
}

describe('urql', () => {
  it('gets the answer of a query with its default settings', async () => {
    const { asPage, sent } = openFetch();
    const client = new Client({
      url: `${newsroom.address}/graphql`,
      exchanges: [fetchExchange],
      fetch: asPage,
    });
    const { data, error } = await client.query(text, {});
    expect([error, data.articles.nodes]).toEqual([
      undefined,
      Array(3).fill({ headline: expect.any(String) }),
    ]);
    expect(sent).toEqual([{ method: 'GET', hasText: true, status: 200 }]);
  });

  it('sends automatic persisted queries by GET', async () => {
    const { asPage, sent } = openFetch();
    const client = new Client({
      url: `${newsroom.address}/graphql`,
      exchanges: [persistedExchange({}), fetchExchange],
      fetch: asPage,
      requestPolicy: 'network-only',
    });
    const ask = (first: number) =>
      client.query(text.replace('3', '$first').replace('Headlines', 'P($first: Int!)'), { first });
    for (const first of [1, 2]) {
      const { data, error } = await ask(first);
      expect([error, data.articles.nodes.length]).toEqual([undefined, first]);
    }
    expect(sent.map(({ method, hasText }) => `${method} ${hasText ? 'text' : 'hash'}`)).toEqual([
      'GET hash',
      'GET text',
      'GET hash',
    ]);
  });

  it('sends a mutation by POST and gets why it was refused', async () => {
    const { asPage, sent } = openFetch();
    const client = new Client({
      url: `${newsroom.address}/graphql`,
      exchanges: [fetchExchange],
      fetch: asPage,
    });
    const { data, error } = await client.mutation(
      'mutation { refreshSession(refreshToken: "x") { session { accessToken } userErrors { code field } } }',
      {},
    );
    expect([error, data]).toEqual([
      undefined,
      {
        refreshSession: {
          session: null,
          userErrors: [{ code: 'INVALID_TOKEN', field: ['refreshToken'] }],
        },
      },
    ]);
    expect(sent).toEqual([{ method: 'POST', hasText: true, status: 200 }]);
  });

  (browserPath ? it : it.skip)(
    'works in a page of another origin (Chromium)',
    async () => {
      const { outputFiles } = await build({
        stdin: {
          contents: `import { Client, fetchExchange } from '@urql/core';
            globalThis.ask = async (url, text) => {
              const { data, error } = await new Client({ url, exchanges: [fetchExchange] }).query(text, {});
              return error ? error.message : data;
            };`,
          resolveDir: process.cwd(),
        },
        bundle: true,
        write: false,
        format: 'iife',
      });
      const script = outputFiles[0]?.text ?? '';
      const site = createServer((_request, response) =>
        response.setHeader('content-type', 'text/html').end(`<script>${script}</script>`),
      );
      await new Promise<void>((resolve) => site.listen(0, 'localhost', resolve));
      const browser = await openBrowser();
      try {
        const page = await browser.newPage();
        await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
        const url = `${newsroom.address}/graphql`;
        const data = await page.evaluate(
          ([address, query]) =>
            (globalThis as unknown as { ask: (...sent: unknown[]) => Promise<unknown> }).ask(address, query),
          [url, text],
        );
        expect(data).toEqual({ articles: { nodes: Array(3).fill({ headline: expect.any(String) }) } });
      } finally {
        await browser.close();
        await new Promise((resolve) => site.close(resolve));
      }
    },
    180_000,
  );
});
