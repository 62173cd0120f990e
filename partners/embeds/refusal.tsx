/** Errors as HTML pages for frames: the reason, and a link to the site. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { callerError, statusOfCode } from '../../gateway/errors.ts';
import { assetOf } from '../../web/asset.ts';
import { framePolicy } from './framePolicy.ts';
import { frameStyle } from './frames.tsx';
import { pageOf } from './page.tsx';

/** A Fastify error handler for pages; the link leads to `siteUrl`. */
export function answerWithPage(siteUrl: string) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const registered = error instanceof GraphQLError ? error : undefined;
    if (!registered) request.log.error({ err: error }, 'internal server error in an embed');
    const { message, extensions } = registered ?? callerError('INTERNAL_SERVER_ERROR', { id: request.id });
    const { html, allows } = pageOf({
      title: 'Nothing to show',
      ...{ style: frameStyle, script: assetOf('frame').text },
      body: (
        <main>
          <div class="box">
            <div class="message">
              <p>{message}</p>
              <a href={`${siteUrl}/`} target="_blank" rel="noopener">
                Read the news where it was published
              </a>
            </div>
          </div>
        </main>
      ),
    });
    return reply
      .code(statusOfCode(extensions.code) ?? 500)
      .type('text/html; charset=utf-8')
      .headers({
        'cache-control': 'no-store',
        'content-security-policy': framePolicy(request, allows),
        'referrer-policy': 'strict-origin-when-cross-origin',
        'x-content-type-options': 'nosniff',
      })
      .send(html);
  };
}
