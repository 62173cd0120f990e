/** Signing in from outside: mails by a server and in a folder, sessions over HTTP, and what the log says of it all. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type { MemberContent } from '../../subgraphs/membership/content.ts';
import { tokenIn } from '../support/desk.ts';
import { type Answer, startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { audience, issuer, makeSigner, type TokenSigner } from '../support/tokens.ts';

const manifest = JSON.parse(readFileSync('schema/operations.json', 'utf8')) as {
  operations: { id: string; name: string }[];
};

const logged: string[] = [];
const secrets = new Set<string>();

interface Sent extends Answer {
  status: number;
}

/** Sends a stored operation by its id, or a text. */
async function send(
  { address }: TestNewsroom,
  operation: string,
  variables: object = {},
  token?: string,
): Promise<Sent> {
  const documentId = manifest.operations.find((one) => one.name === operation)?.id;
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ ...(documentId ? { documentId } : { query: operation }), variables }),
  });
  return { ...((await response.json()) as Answer), status: response.status };
}

/** Asks until it is so: what is done beside requests shows a moment later. */
async function until<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;

/** What quoted-printable made of the text of a mail, read again. */
const readable = (mail: string) =>
  mail
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

const member: MemberContent = {
  sourceId: 'ghost-member:paul@x.example',
  email: 'paul@x.example',
  name: 'Paul',
  status: 'PAID',
  memberSince: new Date('2025-01-01T00:00:00Z'),
};

let signer: TokenSigner;
let keys: Server;
let mailServer: SMTPServer;
let received: string[];
let mailFolder: string;
let newsroom: TestNewsroom;

beforeAll(async () => {
  received = [];
  mailServer = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('refused') ? new Error(`550 no mailbox ${address}`) : null),
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        received.push(readable(Buffer.concat(parts).toString()));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
  const smtpPort = (mailServer.server.address() as AddressInfo).port;
  signer = await makeSigner();
  keys = createServer((_, response) => void response.end(JSON.stringify(signer.jwks)));
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  mailFolder = await mkdtemp(join(tmpdir(), 'dateline-mail-'));
  newsroom = await startTestNewsroom({
    isServer: process.env.DATABASE_URL !== undefined,
    env: {
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      MAIL_FROM: 'letters@news.example',
      JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys.json`,
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: audience,
      LOG_LEVEL: 'trace',
    },
    logTo: (line) => void logged.push(line),
  });
  await newsroom.stores.membership.putMembers([member], 'test');
}, 120_000);

afterAll(async () => {
  await newsroom?.stop();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
  keys.closeAllConnections();
  keys.close();
  await rm(mailFolder, { recursive: true, force: true });
});

/** Signs an address in by the mail that the server got. */
async function enter(email: string): Promise<{ accessToken: string; refreshToken: string }> {
  const before = received.length;
  const asked = await send(newsroom, 'RequestSignInLink', { email });
  expect(asked.data.requestSignInLink.userErrors).toEqual([]);
  const mail = await until(async () =>
    received.slice(before).find((one) => one.includes(`To: ${email}\r\n`)),
  );
  const token = tokenIn(mail);
  const { data } = await send(newsroom, 'SignIn', { token });
  const { session } = data.signIn;
  for (const secret of [token, session.accessToken, session.refreshToken]) secrets.add(secret);
  return session;
}

describe('a reader', () => {
  it('signs in by a mail from the server, goes on, and signs out', async () => {
    const session = await enter('paul@x.example');
    expect(received.at(-1)).toMatch(/^From: Dateline <letters@news\.example>\r?$/m);
    expect(received.at(-1)).toMatch(/^To: paul@x\.example\r?$/m);
    expect(received.at(-1)).toMatch(/^Subject: Sign in to Dateline\r?$/m);
    const account = await send(newsroom, 'Account', {}, session.accessToken);
    expect(account.errors).toBeUndefined();
    expect(account.data.me).toMatchObject({ name: 'Paul', email: 'paul@x.example', status: 'PAID' });
    const [newsletter] = account.data.membership.newsletters;
    const chosen = await send(
      newsroom,
      'UpdateNewsletters',
      { newsletterIds: [newsletter.id] },
      session.accessToken,
    );
    expect(chosen.data.updateNewsletters).toMatchObject({
      member: { newsletters: [{ id: newsletter.id }] },
      userErrors: [],
    });
    const next = await send(newsroom, 'RefreshSession', { refreshToken: session.refreshToken });
    const { accessToken, refreshToken } = next.data.refreshSession.session;
    secrets.add(accessToken).add(refreshToken);
    expect((await send(newsroom, 'Account', {}, accessToken)).data.me.newsletters).toMatchObject([
      { id: newsletter.id },
    ]);
    expect((await send(newsroom, 'SignOut', { refreshToken })).data.signOut.userErrors).toEqual([]);
    const refused = await send(newsroom, 'RefreshSession', { refreshToken });
    expect([refused.data, refused.errors]).toMatchObject([
      {
        refreshSession: {
          session: null,
          userErrors: [
            {
              field: ['refreshToken'],
              code: 'INVALID_TOKEN',
              message: 'Expected a valid refresh token, but got: one that is unknown, used or expired.',
              retryAfterSeconds: null,
            },
          ],
        },
      },
      undefined,
    ]);
  });

  it('who is nobody sees nobody, and changes nothing', async () => {
    const { data, errors } = await send(newsroom, 'Account');
    expect([data.me, errors]).toEqual([null, undefined]);
    const refused = await send(newsroom, 'UpdateNewsletters', { newsletterIds: [] });
    expect([refused.data, codeOf(refused)]).toEqual([
      { updateNewsletters: null },
      'UNAUTHORIZED_FIELD_OR_TYPE',
    ]);
    const count = await send(newsroom, '{ membership { memberCount { total display } } }');
    expect([count.data.membership.memberCount.total, codeOf(count)]).toEqual([
      null,
      'UNAUTHORIZED_FIELD_OR_TYPE',
    ]);
  });

  it('with a scope knows the exact count', async () => {
    const token = await signer.sign({ sub: 'counter', scope: 'membership:read' });
    const { data } = await send(newsroom, '{ membership { memberCount { total rounded } } }', {}, token);
    const { total, rounded } = data.membership.memberCount;
    expect(total).toBeGreaterThanOrEqual(rounded);
    expect(total).toBeGreaterThan(0);
  });

  it('whose address the mail server refuses is answered as any other, and the log has no address', async () => {
    const { data } = await send(newsroom, 'RequestSignInLink', { email: 'refused@x.example' });
    expect(data.requestSignInLink.userErrors).toEqual([]);
    await until(async () => logged.find((line) => line.includes('e-mail not sent')));
  });

  it('is told the same when asking often, however many mails there were', async () => {
    const email = 'often@x.example';
    for (let n = 0; n < 5; n++) {
      const { data, errors } = await send(newsroom, 'RequestSignInLink', { email });
      expect([errors, data.requestSignInLink.userErrors]).toEqual([undefined, []]);
    }
  });

  it('who is a member no more is told so within a moment, and reads on with what is left', async () => {
    const { accessToken, refreshToken } = await enter('paul@x.example');
    expect((await send(newsroom, 'Account', {}, accessToken)).data.me.status).toBe('PAID');
    await newsroom.stores.membership.putMembers([{ ...member, status: 'FREE' }], 'test');
    const refused = await until(async () => {
      const answer = await send(newsroom, 'Account', {}, accessToken);
      return answer.status === 401 ? answer : undefined;
    });
    expect(refused.errors?.[0]?.message).toBe(
      'Expected a valid access token, but got: one that was revoked.',
    );
    const next = await send(newsroom, 'RefreshSession', { refreshToken });
    const { accessToken: now } = next.data.refreshSession.session;
    secrets.add(now).add(next.data.refreshSession.session.refreshToken);
    expect((await send(newsroom, 'Account', {}, now)).data.me.status).toBe('FREE');
  });

  it.each([
    ['an address that its issuer has seen to', { email: 'paul@x.example', email_verified: true }, true],
    ['an address as its subject', { sub: 'Paul@x.example' }, true],
    ['an address that nobody has seen to', { email: 'paul@x.example' }, false],
    ['an address that is not verified', { email: 'paul@x.example', email_verified: false }, false],
    ['a verified address in words', { email: 'paul@x.example', email_verified: 'true' }, false],
    ['the address of nobody', { sub: 'nemo@x.example' }, false],
  ])('of another issuer with %s is the member or nobody', async (_, claims, isMember) => {
    const token = await signer.sign(claims);
    secrets.add(token);
    const { data, status } = await send(newsroom, 'Account', {}, token);
    expect([status, data.me?.name ?? null]).toEqual([200, isMember ? 'Paul' : null]);
  });

  it('of another issuer is named in the log without the address', async () => {
    const token = await signer.sign({ sub: 'editor@x.example', scope: 'articles:write' });
    const { status } = await send(newsroom, 'Account', {}, token);
    expect(status).toBe(200);
    expect(logged.some((line) => /"reader":"reader-[\w-]{22}"/.test(line))).toBe(true);
  });

  it('of another issuer reads on with what is left, and need not do anything for it', async () => {
    const token = await signer.sign({ sub: 'paul@x.example' });
    expect((await send(newsroom, 'Account', {}, token)).data.me.status).toBe('FREE');
    await newsroom.stores.membership.putMembers([{ ...member, status: 'COMPED' }], 'test');
    await until(async () => {
      const { data } = await send(newsroom, '{ me { status } }', {}, token);
      return data.me.status === 'COMPED' || undefined;
    });
  });

  it('stands in no line of the log, neither with an address nor with a token', async () => {
    expect(logged.length).toBeGreaterThan(20);
    const text = logged.join('');
    expect(text).not.toMatch(/@|%40/);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe('without a mail server', () => {
  it('mails are files, which the log names', async () => {
    const lines: string[] = [];
    const alone = await startTestNewsroom({
      isServer: process.env.DATABASE_URL !== undefined,
      env: { LOG_LEVEL: 'info', DATA_DIR: mailFolder },
      logTo: (line) => void lines.push(line),
    });
    try {
      const { data } = await send(alone, 'RequestSignInLink', {
        email: 'zoe@x.example',
        returnTo: '/articles/a',
      });
      expect(data.requestSignInLink.userErrors).toEqual([]);
      const line = await until(async () => lines.find((one) => one.includes('"file"')));
      const [name = '', words = '', ...others] = (await readdir(join(mailFolder, 'mail'))).sort();
      expect([words, ...others]).toEqual([name.replace('.eml', '.txt')]);
      expect(JSON.parse(line).file).toBe(join(mailFolder, 'mail', name));
      expect(name).toMatch(/^[\dTZ-]+-[0-9a-f]{8}\.eml$/);
      const mail = readable(await readFile(join(mailFolder, 'mail', name), 'utf8'));
      expect(mail).toMatch(/^To: zoe@x\.example\r?$/m);
      expect(mail).toMatch(/&returnTo=%2Farticles%2Fa/);
      expect(await readFile(join(mailFolder, 'mail', words), 'utf8')).toContain(tokenIn(mail));
      const { data: session } = await send(alone, 'SignIn', { token: tokenIn(mail) });
      expect(session.signIn.session.member).toMatchObject({ email: 'zoe@x.example', status: 'FREE' });
      expect(lines.join('')).not.toMatch(/@|%40/);
    } finally {
      await alone.stop();
    }
  }, 120_000);
});
