/** The reader's pages for tests: what is in their HTML, and the doors alone with answers that a test makes up. */
import { fastify } from 'fastify';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { Ask, Reply } from '../../gateway/server/ask.ts';
import { addPages } from '../../web/pages/routes.ts';

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

/** The pages' doors on a graph that answers what `answer` says; `asked` has the names of the operations. */
export async function openPages(answer: (name: string) => Reply<unknown>) {
  const asked: string[] = [];
  const ask: Ask = async (document) => {
    const [operation] = document.definitions;
    const name = (operation && 'name' in operation && operation.name?.value) || '';
    asked.push(name);
    return answer(name) as Reply<never>;
  };
  const app = fastify();
  app.decorateRequest('note');
  app.addHook('onRequest', async (request) => {
    request.note = {};
  });
  const now = () => new Date('2026-11-24T12:00:00Z');
  await addPages(app, { ask, settings: { publicUrl: 'https://news.example', port: 4000 }, now });
  const open = async (url: string) => {
    const { statusCode: status, headers, body } = await app.inject({ url, headers: { accept: 'text/html' } });
    return { status, headers, body, page: openHtml(body) };
  };
  return { app, asked, open };
}
