/** The reader's pages for tests: what is in their HTML, and the doors alone with answers that a test makes up. */
import { fastify, type InjectOptions, LogController } from 'fastify';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { Reader } from '../../gateway/auth/readerClaims.ts';
import type { VerifyReader } from '../../gateway/auth/verifyToken.ts';
import { addReaders } from '../../gateway/server/authenticate.ts';
import type { Ask, Reply } from '../../gateway/server/graphClient.ts';
import { addPages } from '../../web/pages/routes.ts';
import type { Sessions } from '../../web/pages/session/renew.ts';

export const mainStory = 'port-almery-night-trams-approved';

/** Each kind of page in the demo newsroom, and the operation that it asks. */
export const demoPages = {
  HomePage: '/',
  StoryPage: `/articles/${mainStory}`,
  AuthorPage: '/authors/ines-okoro-lind',
  SectionPage: '/sections/city',
  TagPage: '/tags/trams',
  SearchPage: '/search?q=tram',
  FeedPage: '/search',
  MembershipPage: '/membership',
} as const;

type Parsed = ReturnType<typeof parseDocument>;
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** A page to look into. */
export function openHtml(html: string) {
  const document = parseDocument(html);
  const all = (tag: string) => DomUtils.getElementsByTagName(tag, document, true);
  return {
    all,
    text: (tag: string) => all(tag).map((element) => DomUtils.textContent(element).trim()),
    /** The elements of a tag with this value of an attribute. */
    where: (tag: string, name: string, value: string) =>
      all(tag).filter(({ attribs }) => attribs[name] === value),
    /** What the head says under a name or property. */
    meta: (name: string) =>
      all('meta').find(({ attribs }) => attribs.name === name || attribs.property === name)?.attribs.content,
    /** schema.org's JSON, by type. */
    // biome-ignore lint/suspicious/noExplicitAny: tests read JSON of any shape.
    jsonLd: (type: string): any =>
      all('script')
        .filter(({ attribs }) => attribs.type === 'application/ld+json')
        .map((script) => JSON.parse(DomUtils.textContent(script)))
        .find((one) => one['@type'] === type),
    /** Tags and names of attributes, in order: what text can never change. */
    skeleton: () => skeletonOf(document),
  };
}

/** The figure around an element. */
export function figureOf(element: Element): Element | undefined {
  let found: Element['parent'] = element.parent;
  while (found && !('name' in found && found.name === 'figure')) found = found.parent;
  return (found as Element | null) ?? undefined;
}

export const textOf = (element: Element) => DomUtils.textContent(element);

function skeletonOf(document: Parsed): string[] {
  return DomUtils.getElementsByTagName('*', document, true).map(
    ({ name, attribs }) => `${name}[${Object.keys(attribs).sort().join()}]`,
  );
}

export interface PagesWith {
  publicUrl?: string;
  /** Whose access tokens hold; none unless given. */
  verify?: VerifyReader;
  /** Renews sessions; none is in force unless given. */
  renew?: Sessions['renew'];
  /** How long a renewal may take. */
  timeoutMs?: number;
}

/** What is asked of the graph: by which operation, with what, and by whom. */
export interface AskedOfGraph {
  name: string;
  variables: Record<string, unknown>;
  reader: Reader | undefined;
}

/** The pages' doors on a graph that answers what `answer` says; `asked` has the names of the operations. */
export async function openPages(
  answer: (name: string, by: AskedOfGraph) => Reply<unknown>,
  given: PagesWith = {},
) {
  const {
    publicUrl = 'https://news.example',
    verify,
    renew = async () => undefined,
    timeoutMs = 5000,
  } = given;
  const asked: string[] = [];
  const ask: Ask = async (document, variables, { reader }) => {
    const [operation] = document.definitions;
    const name = (operation && 'name' in operation && operation.name?.value) || '';
    asked.push(name);
    return answer(name, { name, variables: variables as Record<string, unknown>, reader }) as Reply<never>;
  };
  const logged: string[] = [];
  const log = { level: 'info', stream: { write: (line: string) => void logged.push(line) } };
  const quiet = new LogController({ disableRequestLogging: true });
  const app = fastify({ logger: log, logController: quiet });
  app.decorateRequest('note');
  app.addHook('onRequest', async (request) => {
    request.note = {};
  });
  addReaders(app, verify);
  const settings = { publicUrl, port: 4000, publicationName: 'Dateline', subgraphTimeoutMs: timeoutMs };
  const now = () => new Date('2026-11-24T12:00:00Z');
  await addPages(app, { ask, verify, sessions: { renew }, settings, now });
  const send = async (options: InjectOptions) => {
    const headers = { accept: 'text/html', ...options.headers };
    const { statusCode: status, ...answered } = await app.inject({ ...options, headers });
    const cookies = new Map(answered.cookies.map((one) => [one.name, one]));
    return { status, headers: answered.headers, cookies, body: answered.body, page: openHtml(answered.body) };
  };
  return { app, asked, logged, send, textOf, open: (url: string) => send({ url }) };
}
