import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { type Newsroom, startNewsroom } from '../../newsroom/start.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../../subgraphs/settings.ts';
import { openTokens } from '../../subgraphs/trust/accessTokens.ts';
import { createScratchDatabase } from '../support/databases.ts';
import { askAt } from '../support/newsroom.ts';
import { type OperationName, operation } from '../support/operations.ts';
import { killPrograms, type Program, startProgram } from '../support/program.ts';

const patience = 180_000;
const secrets = ['first', 'second', 'third'].map((name) => `the ${name} secret of these five processes`) as [
  string,
  string,
  string,
];
const isThere = Boolean(process.env.DATABASE_URL);
const described = isThere ? describe : describe.skip;

described(`five processes on one PostgreSQL${isThere ? '' : ' (DATABASE_URL)'}`, () => {
  let folder: string;
  let scratch: Awaited<ReturnType<typeof createScratchDatabase>>;
  let whole: Newsroom;
  let subgraphs: Record<SubgraphName, { program: Program; url: string }>;
  let supergraphSdl: string;
  let gateway: { program: Program; url: string };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-processes-'));
    scratch = await createScratchDatabase();
    const env = {
      PUBLIC_URL: 'https://news.example',
      DATABASE_URL: scratch.url,
      DATABASE_POOL: '4',
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      // While it is replaced: the gateway signs with the one, they know the other first.
      GATEWAY_SECRET: `${secrets[1]},${secrets[0]}`,
      TOKEN_SECRET: secrets[2],
    };
    whole = await startNewsroom({ ...env, PORT: '0', LOG_LEVEL: 'silent' });
    const started = subgraphNames.map(async (name) => {
      const program = startProgram('subgraphs/main.js', { args: [name, '--port', '0'], env });
      return [name, { program, url: await urlFrom(program, name) }];
    });
    subgraphs = Object.fromEntries(await Promise.all(started));
    const supergraph = join(folder, 'supergraph.graphql');
    const committed = subgraphNames.map(async (name) => {
      const sdl = await readFile(join('schema', `${name}.graphql`), 'utf8');
      return { name, url: subgraphs[name].url, sdl };
    });
    supergraphSdl = composed(await Promise.all(committed));
    await writeFile(supergraph, supergraphSdl);
    // No PUBLIC_URL: the gateway says where it listens.
    const program = startProgram('gateway/main.js', {
      args: ['--supergraph', supergraph, '--port', '0'],
      env: {
        LOG_LEVEL: 'warn',
        GATEWAY_SECRET: `${secrets[0]},${secrets[1]}`,
        JWKS_URL: subgraphs.membership.url.replace('/graphql', '/.well-known/jwks.json'),
        JWT_ISSUER: env.PUBLIC_URL,
        JWT_AUDIENCE: `${env.PUBLIC_URL}/graphql`,
      },
    });
    gateway = { program, url: await urlFrom(program, 'Graph') };
  }, patience);
  afterAll(async () => {
    await killPrograms();
    await whole?.stop();
    await scratch?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const questions: [name: OperationName, slugs: string | undefined, variables: object[]][] = [
    ['article-page', 'articles', []],
    ['author-page', 'authors', []],
    ['front-page', undefined, [{}]],
    ['news-feed', undefined, [{}, { first: 100 }, { first: 3 }, { first: 0 }]],
    ['partner-feed', 'sections', []],
  ];

  it.each(questions)(
    'answer %s as all in one process do, byte for byte',
    async (name, list, variables) => {
      const slugs = list ? await slugsOf(list) : [];
      const sent = [
        ...variables,
        ...slugs.map((slug) => ({ slug, section: slug })),
        { slug: 'none', section: 'none' },
      ];
      expect(sent.length).toBeGreaterThan(1);
      for (const each of sent) {
        const [here, there] = await both(operation(name), each);
        expect(there).toBe(here);
        expect(here).not.toContain('"errors"');
      }
    },
    patience,
  );

  it(
    'show a member the whole of a story that is paid for, and others its free part',
    async () => {
      const tokens = await openTokens(
        readSubgraphSettings({ PUBLIC_URL: 'https://news.example', TOKEN_SECRET: secrets[2] }),
      );
      const headersOf = async (claims: object) => {
        const { token } = await tokens.sign({ sub: 'x', ...claims }, 60);
        return { authorization: `Bearer ${token}` };
      };
      const list = '{ articles(first: 100) { nodes { slug access { reason requiredTiers { id } } } } }';
      const { data } = await askAt(gateway.url, list);
      const gated = data.articles.nodes.filter(
        ({ access }: { access: { reason: string } }) => access.reason !== 'FREE',
      );
      expect(gated.length).toBeGreaterThan(1);
      const query =
        'query ($slug: String!) { article(slug: $slug) { bodyHtml access { level } body { __typename } } }';
      for (const { slug, access } of gated) {
        const member_tiers = access.requiredTiers.map(({ id }: { id: string }) => id);
        const readers = [
          {},
          await headersOf({ member_status: 'PAID', member_tiers }),
          await headersOf({}),
          {},
        ];
        const answers = await Promise.all(
          readers.map(async (headers) => (await askAt(gateway.url, query, { slug }, headers)).data.article),
        );
        expect([slug, answers.map((one) => one.access.level)]).toEqual([
          slug,
          ['PREVIEW', 'FULL', 'PREVIEW', 'PREVIEW'],
        ]);
        const walls = answers.map(({ body }) => JSON.stringify(body).includes('PaywallBlock'));
        expect(walls).toEqual([true, false, true, true]);
        expect(answers[1].bodyHtml.length).toBeGreaterThan(answers[0].bodyHtml.length);
        expect(answers[1].bodyHtml.startsWith(answers[0].bodyHtml)).toBe(true);
        expect([answers[2], answers[3]]).toEqual([answers[0], answers[0]]);
        // The same as where all is one process.
        const here = await askAt(`${whole.address}/graphql`, query, { slug }, readers[1]);
        expect(here.data.article).toEqual(answers[1]);
      }
    },
    patience,
  );

  it.each([
    ['a page too long', '{ articles(first: 101) { nodes { id } } membership { memberCount { rounded } } }'],
    ['a cursor of another list', '{ articles(first: 1, after: "abc") { nodes { id } } }'],
    ['a URL that is none', '{ page(url: "news") { __typename } }'],
    ['a date that is none', '{ articles(first: 1, filter: { publishedAfter: "soon" }) { nodes { id } } }'],
    ['a URL that is none, in a variable', 'query ($url: URL! = "news") { page(url: $url) { __typename } }'],
    [
      'a negative width',
      '{ videos(first: 1) { nodes { poster { srcset(widths: [-1]) rendition(width: 0) { href } } } } }',
    ],
    ['an unknown locale', '{ membership { memberCount { display(locale: "!!") } } }'],
    ['a field that is not there', '{ articels { id } }'],
  ])(
    'refuse %s as all in one process do',
    async (_, query) => {
      const [here, there] = await both(query);
      expect(there).toBe(here);
      expect(here).toContain('"errors"');
    },
    patience,
  );

  it('say their schemas, which compose to the committed supergraph', async () => {
    const said = subgraphNames.map(async (name) => {
      const { data } = await askAt(subgraphs[name].url, '{ _service { sdl } }');
      return { name, url: subgraphs[name].url, sdl: data._service.sdl as string };
    });
    expect(composed(await Promise.all(said))).toBe(supergraphSdl);
  });

  it.each(subgraphNames)('let %s alone find its entities', async (name) => {
    const { url } = subgraphs[name];
    const [type, id] = await entityOf[name]();
    const representations = [
      { __typename: type, id },
      { __typename: type, id: 'none' },
    ];
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { __typename id } } }`;
    const { data: found, errors } = await askAt(url, query, { r: representations });
    expect(errors).toBeUndefined();
    expect(found._entities).toEqual([{ __typename: type, id }, null]);
  });

  it(
    'end with code 0 when they are told to, with connections open between them',
    async () => {
      const programs = [gateway.program, ...subgraphNames.map((name) => subgraphs[name].program)];
      await both(operation('front-page'));
      const endings = await Promise.all(programs.map((program) => program.signal('SIGTERM')));
      expect(endings.map(({ code, signal, stderr }) => ({ code, signal, stderr }))).toEqual(
        programs.map(() => ({ code: 0, signal: null, stderr: '' })),
      );
    },
    patience,
  );

  /** The text that each of the two answers, numbers of errors left out. */
  async function both(query: string, variables: object = {}): Promise<[string, string]> {
    const texts = [`${whole.address}/graphql`, gateway.url].map(async (url) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return `${response.status} ${await response.text()}`;
    });
    return (await Promise.all(texts)) as [string, string];
  }

  async function slugsOf(list: string): Promise<string[]> {
    const query =
      list === 'sections'
        ? '{ list: sections { slug } }'
        : `{ list: ${list}(first: 100) { nodes { slug } } }`;
    const { data } = await askAt(`${whole.address}/graphql`, query);
    return (data.list.nodes ?? data.list).map(({ slug }: { slug: string }) => slug);
  }

  const first = (type: string, query: string, id: (data: never) => string) => async () => {
    const { data } = await askAt(`${whole.address}/graphql`, query);
    return [type, id(data as never)] as const;
  };
  const nodeId = ({ list }: { list: { nodes: { id: string }[] } }) => list.nodes[0]?.id ?? '';
  const entityOf: Record<SubgraphName, () => Promise<readonly [string, string]>> = {
    articles: first('Article', '{ list: articles(first: 1) { nodes { id } } }', nodeId),
    authors: first('Author', '{ list: authors(first: 1) { nodes { id } } }', nodeId),
    media: first('Video', '{ list: videos(first: 1) { nodes { id } } }', nodeId),
    membership: first(
      'Tier',
      '{ membership { tiers { id } } }',
      ({ membership }: { membership: { tiers: { id: string }[] } }) => membership.tiers[0]?.id ?? '',
    ),
  };
});

async function urlFrom(program: Program, name: string): Promise<string> {
  const [, url] = await program.said(new RegExp(`^${name}: (http:\\S+/graphql)$[^]*ready\\.\\n`, 'm'));
  return url as string;
}

function composed(services: { name: string; url: string; sdl: string }[]): string {
  const { supergraphSdl, errors } = composeServices(
    services.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) throw new Error(`Expected the schemas to compose, but got: ${errors}`);
  return supergraphSdl;
}
