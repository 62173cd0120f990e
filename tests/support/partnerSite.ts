/** A partner's site for journeys: pages of another origin, under a policy that lets in only what embeds need. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { startTestNewsroom, type TestNewsroom } from './newsroom.ts';

/** A newsroom whose addresses a browser can open: its public one is the one that it listens on. */
export async function startOpenNewsroom(): Promise<TestNewsroom> {
  const port = String(await freePort());
  return startTestNewsroom({ env: { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` } });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export interface PartnerSite {
  /** "http://localhost:PORT": another origin than the newsroom's. */
  address: string;
  /** Puts a page there and answers its address; the script of embeds stands in it `scripts` times. */
  put(html: string, options?: { scripts?: number; isAsync?: boolean }): string;
  close(): Promise<unknown>;
}

export async function openPartnerSite(newsroom: string): Promise<PartnerSite> {
  const pages = new Map<string, string>();
  const policy = [
    "default-src 'none'",
    ...['script-src', 'img-src', 'connect-src', 'frame-src'].map((name) => `${name} ${newsroom}`),
    "style-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const server = createServer((request, response) => {
    const html = pages.get(request.url ?? '');
    response.writeHead(html ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(html);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    address,
    put(html, { scripts = 1, isAsync = true } = {}) {
      const path = `/${pages.size}`;
      const script = `<script src="${newsroom}/embed.js"${isAsync ? ' async' : ''}></script>`;
      pages.set(
        path,
        `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A partner</title>${script.repeat(scripts)}<main><h1>A partner</h1>${html}</main></html>`,
      );
      return `${address}${path}`;
    },
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

/** What went wrong in a page: errors, and what its policy kept out. The list grows. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  return troubles;
}

/** What a page asks for that is not answered yet. */
export function pendingOf(page: Page): ReadonlySet<unknown> {
  const pending = new Set<unknown>();
  page.on('request', (request) => pending.add(request));
  page.on('response', (response) => pending.delete(response.request()));
  page.on('requestfailed', (request) => pending.delete(request));
  return pending;
}
