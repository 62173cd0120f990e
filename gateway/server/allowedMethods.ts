/** The methods that a path allows: other methods are answered with 405, and 404 is for paths without a route. */
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route only rejects its methods. */
    isRefusal?: boolean;
  }
}

/**
 * Records the routes that are added to `app` from now on. Returns a function from a path to its methods, sorted; the list is
 * empty for a path without a route. Catch-all routes ("*") do not count.
 */
export function watchMethods(app: FastifyInstance): (path: string) => string[] {
  const served = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method, config }) => {
    if (url === '*' || url === '/*' || config?.isRefusal) return;
    const route = served.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    served.set(url, route);
    for (const name of [method].flat()) route.methods.add(name);
  });
  return (path) => {
    const routes = [...served.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(routes.flatMap(({ methods }) => [...methods]))].sort();
  };
}

/** The regular expression for the paths of a route such as "/sitemap/:page.xml" or "/feeds/*". */
function patternOf(url: string): RegExp {
  const plain = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${plain.replace(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}
