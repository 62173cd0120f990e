/** Responds to malformed HTTP requests: headers that are too large, bodies that do not arrive in time, invalid HTTP. */
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { callerError, errors } from '../errors.ts';
import type { Connections } from './connections.ts';

/** Handles Node's `clientError`: writes one registered error to the socket as a GraphQL response, and closes the socket. */
export function answerBroken(requestTimeoutMs: number, { isBusy }: Pick<Connections, 'isBusy'>) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const { message, extensions } = errorByCode(error.code, requestTimeoutMs);
    const code = extensions.code as keyof typeof errors;
    const { status } = errors[code];
    const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'X-Content-Type-Options: nosniff',
      'Connection: close',
    ];
    // On a busy connection it would end up inside the response to another request.
    if (socket.writable && !isBusy(socket)) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    socket.destroy(error);
  };
}

function errorByCode(code: string | undefined, requestTimeoutMs: number) {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return callerError('HEADERS_TOO_LARGE', { limit: maxHeaderSize });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return callerError('REQUEST_TOO_SLOW', { seconds: requestTimeoutMs / 1000 });
    default:
      return callerError('BAD_REQUEST', {}, 'Expected an HTTP/1.1 request, but got: a malformed one.');
  }
}
