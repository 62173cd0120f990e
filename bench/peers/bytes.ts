/** node:http sending the bytes of an answer to whoever asks: the least that any server costs. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const bytes = readFileSync(process.argv[2] ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
const server = createServer((request, response) => {
  // The body is read as a server has to that would know what it is asked.
  request.on('data', () => {}).on('end', () => response.writeHead(200, headers).end(bytes));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Graph: http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
});
