/** Access tokens as people get them, at the door of a newsroom that is at work all the while. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askAt } from '../support/newsroom.ts';
import { freePort } from '../support/port.ts';
import { killPrograms, type Program, startProgram } from '../support/program.ts';

const patience = 180_000;
const run = (args: string[], env: Record<string, string> = {}) =>
  startProgram('partners/keys/main.js', { args, env }).ended;

describe('npm run token -- --scopes, beside a newsroom on the embedded database', () => {
  let dataDir: string;
  let newsroom: Program;
  let env: Record<string, string>;
  let url: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'dateline-token-'));
    // No PUBLIC_URL and no secret: both go by the port and by the data folder.
    env = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    newsroom = startProgram('newsroom/main.js', { env });
    await newsroom.said(/The newsroom is ready/);
    url = `http://127.0.0.1:${env.PORT}/graphql`;
  }, patience);
  afterAll(async () => {
    await killPrograms();
    await rm(dataDir, { recursive: true, force: true });
  });

  it(
    'makes a token that opens what it says, and whose use the log tells by its id alone',
    async () => {
      const { code, stdout, stderr } = await run(
        ['--scopes', 'articles:write articles:publish', '--subject', 'Night desk', '--for', '5m'],
        env,
      );
      expect(code).toBe(0);
      const token = stdout.trim();
      expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      expect(stderr).not.toContain(token.split('.')[2]);
      expect(stderr).toMatch(
        /^subject {2}Night desk\nscopes {3}articles:write articles:publish\nfor {6}http:\/\/localhost:\d+\/graphql\nid {7}[\w-]{36}\nuntil {4}20[\d-]{8} [\d:]{8} UTC\n/,
      );
      const id = /^id +(\S+)$/m.exec(stderr)?.[1];

      const query = '{ articles(first: 100) { nodes { id access { level reason } } } }';
      const levels = async (headers: Record<string, string>) => {
        const { data } = await askAt(url, query, {}, headers);
        return data.articles.nodes.map(({ access }: { access: object }) => access);
      };
      const anybody = await levels({});
      const desk = await levels({ authorization: `Bearer ${token}` });
      expect(anybody).toContainEqual({ level: 'PREVIEW', reason: 'LOGIN_REQUIRED' });
      expect(desk).toContainEqual({ level: 'FULL', reason: 'STAFF' });
      expect(JSON.stringify(desk)).not.toContain('PREVIEW');

      await askAt(url, query, {}, { authorization: `Bearer ${token.slice(0, -3)}AAA` });
      const [line] = await newsroom.said(/^.*"token":.*$/m, 'stderr');
      expect(JSON.parse(line)).toMatchObject({ reader: 'Night desk', token: id, status: 200 });
      await newsroom.said(/^.*"status":401.*$/m, 'stderr');
      for (const part of token.split('.').slice(1)) {
        expect(newsroom.printed.stderr).not.toContain(part.slice(0, 20));
        expect(newsroom.printed.stdout).not.toContain(part.slice(0, 20));
      }
    },
    patience,
  );

  it(
    'makes one that is none at another address',
    async () => {
      const { stdout } = await run(['--scopes', 'articles:write'], { ...env, PORT: '4000' });
      const { errors } = await askAt(url, '{ __typename }', {}, { authorization: `Bearer ${stdout.trim()}` });
      expect(errors?.[0]).toMatchObject({
        message: 'Expected a valid access token, but got: one of another issuer.',
        extensions: { code: 'UNAUTHENTICATED' },
      });
    },
    patience,
  );
});

describe('npm run token -- --scopes', () => {
  it(
    'makes none in production without a secret, and says all that is wrong with the settings',
    async () => {
      const { code, stdout, stderr } = await run(['--scopes', 'articles:write'], { NODE_ENV: 'production' });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        'Expected TOKEN_SECRET or GATEWAY_SECRET to be set in production, but got: nothing.\n',
      );
      const wrong = await run(['--scopes', 'articles:write'], { PORT: 'x', TOKEN_SECRET: 'too short a one' });
      expect([wrong.code, wrong.stdout]).toEqual([1, '']);
      expect(wrong.stderr).toMatch(/^Expected PORT to be .*, but got: x\.\n$/);
      const short = await run(['--scopes', 'articles:write'], { TOKEN_SECRET: 'too short a one' });
      expect(short.stderr).toMatch(
        /^Expected TOKEN_SECRET to be one secret of .*, but got: \[redacted\]\.\n$/,
      );
    },
    patience,
  );

  it('knows the scopes that there are, and tells them', async () => {
    const { code, stderr } = await run(['--scopes', 'articles:read']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Expected --scopes to be among articles:write, .*, but got: articles:read\.\n$/);
    const { stdout } = await run(['--help']);
    expect(stdout).toMatch(/npm run token -- --scopes LIST.*articles:write.*membership:read/s);
  });
});
