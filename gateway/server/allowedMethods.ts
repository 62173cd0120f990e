/** By which methods a path is served: another one is answered with 405, and only a path that is nobody's with 404. */
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route is there only to say that its methods are not served. */
    isRefusal?: boolean;
  }
}

/**
 * Takes note of the routes that are added to `app` from now on. What it returns answers the methods of a path, in the
 * order of the alphabet; none where no route has it, but for one that takes all that others leave.
 */
export function watchMethods(app: FastifyInstance): (path: string) => string[] {
  const served = new Map<string, { form: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method, config }) => {
    if (url === '*' || url === '/*' || config?.isRefusal) return;
    const route = served.get(url) ?? { form: formOf(url), methods: new Set() };
    served.set(url, route);
    for (const one of [method].flat()) route.methods.add(one);
  });
  return (path) => {
    const found = [...served.values()].filter(({ form }) => form.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}

/** "/sitemap/:page.xml" and "/feeds/*" as expressions for whole paths. */
function formOf(url: string): RegExp {
  const plain = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${plain.replace(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}
