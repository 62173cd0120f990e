/** Serves GraphiQL at /graphiql. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerError } from '../../errors.ts';
import { sendError } from '../formatErrors.ts';
import folder from './bundle.cts';
import { graphiqlPage } from './page.ts';
import type { openTabs } from './tabs.ts';

/** An `onSend` hook that forbids framing of HTML pages, which a page's own <meta> policy cannot do. */
export async function guardPage(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!String(reply.getHeader('content-type')).startsWith('text/html')) return;
  reply.header('content-security-policy', "frame-ancestors 'none'");
}

const mediaTypes = { 'client.js': 'text/javascript', 'client.css': 'text/css' };

/** Adds the page and its two files, which `npm run build` creates. */
export function addGraphiql(app: FastifyInstance, tabsFor: ReturnType<typeof openTabs>): void {
  app.get('/graphiql', { onSend: guardPage }, async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(graphiqlPage(await tabsFor(request, reply))),
  );
  for (const [name, mediaType] of Object.entries(mediaTypes)) {
    const file = join(folder, name);
    let text: string | undefined;
    app.get(`/graphiql/${name}`, async (_request, reply) => {
      if (text === undefined && !existsSync(file))
        return sendError(reply, callerError('NOT_FOUND', { path: `GET /graphiql/${name}` }));
      text ??= readFileSync(file, 'utf8');
      return reply
        .type(`${mediaType}; charset=utf-8`)
        .header('cache-control', 'public, max-age=3600')
        .send(text);
    });
  }
}
