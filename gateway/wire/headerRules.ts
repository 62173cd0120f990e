/** Which headers of a caller's request go on to which subgraph: rules as data, made into one function for each. */

import { credentialHeader } from './signCredential.ts';

/** Headers as node:http has them: names in lower case. */
export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One rule. `to` names the subgraphs that it is for; all, unless given. Later rules win over earlier ones. */
export type HeaderRule =
  | {
      /** Sends the caller's header on, under its own name or as another; `otherwise` where the caller sent none. */
      readonly forward: string;
      readonly as?: string;
      readonly otherwise?: string;
      readonly to?: readonly string[];
    }
  /** Sends a value that is always the same. */
  | { readonly set: string; readonly value: string; readonly to?: readonly string[] }
  /** Sends nothing under this name, whatever rules before it said. */
  | { readonly drop: string; readonly to?: readonly string[] };

/** The headers that one subgraph is sent for one request of a caller. The object is new each time. */
export type WriteHeaders = (incoming: IncomingHeaders, requestId: string) => Record<string, string>;

/**
 * Names that no rule may send: they speak of one connection (RFC 9110 section 7.6.1) or of one body, and the
 * gateway has connections and bodies of its own, or of the gateway itself. x-request-id always goes to all.
 */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  credentialHeader,
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
]);

const namePattern = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** What a header may hold (RFC 9110 section 5.5): no line ends, nothing beyond one byte. */
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Reads rules from a list of names ("authorization,accept-language") or from JSON, a list of HeaderRule. Returns
 * undefined for anything else, and for rules that name what none may send.
 */
export function readHeaderRules(text: string): readonly HeaderRule[] | undefined {
  const isJson = text.startsWith('[');
  const given: unknown = isJson ? parseJson(text) : text.split(',').map((name) => ({ forward: name.trim() }));
  if (!Array.isArray(given)) return undefined;
  const rules = given.map(readRule);
  return rules.every((rule) => rule !== undefined) ? Object.freeze(rules) : undefined;
}

/** A function that writes the headers for `subgraph` by those of `rules` that are for it. */
export function compileHeaders(rules: readonly HeaderRule[], subgraph: string): WriteHeaders {
  const steps = rules.filter(({ to }) => !to || to.includes(subgraph)).map(stepOf);
  if (steps.length === 0) return (_incoming, requestId) => ({ 'x-request-id': requestId });
  return (incoming, requestId) => {
    const headers: Record<string, string> = { 'x-request-id': requestId };
    const hops = hopsOf(incoming.connection);
    for (const step of steps) step(headers, incoming, hops);
    return headers;
  };
}

/**
 * Headers that code has made: the names in lower case, without those that belong to one connection or body. Values are written as
 * node:http writes them, lists as one value; undefined and null are no header.
 */
export function ownHeaders(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (value === undefined || value === null || (lower !== 'x-request-id' && reserved.has(lower))) continue;
    headers[lower] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return headers;
}

/** The subgraphs that `rules` are for and that are not among `subgraphs`, each once: a name may be mistyped. */
export function unknownSubgraphsIn(rules: readonly HeaderRule[], subgraphs: ReadonlySet<string>): string[] {
  const named = new Set(rules.flatMap(({ to = [] }) => to));
  return [...named].filter((name) => !subgraphs.has(name));
}

type Step = (headers: Record<string, string>, incoming: IncomingHeaders, hops: Hops) => void;

/** Headers that the caller declared to be for its own connection. */
type Hops = readonly string[] | undefined;

function stepOf(rule: HeaderRule): Step {
  if ('set' in rule) {
    const { set, value } = rule;
    return (headers) => {
      headers[set] = value;
    };
  }
  if ('drop' in rule) {
    const { drop } = rule;
    return (headers) => {
      delete headers[drop];
    };
  }
  const { forward, as = forward, otherwise } = rule;
  return (headers, incoming, hops) => {
    const value = hops?.includes(forward) ? undefined : textOf(incoming[forward]);
    if (value !== undefined && valuePattern.test(value)) headers[as] = value;
    else if (otherwise !== undefined) headers[as] = otherwise;
  };
}

function textOf(sent: IncomingHeaders[string]): string | undefined {
  if (typeof sent === 'string') return sent;
  return Array.isArray(sent) ? sent.join(', ') : undefined;
}

function hopsOf(connection: string | readonly string[] | undefined): Hops {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined;
  return String(connection)
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
}

const keysOfRules: readonly (readonly string[])[] = [
  ['forward', 'as', 'otherwise', 'to'],
  ['set', 'value', 'to'],
  ['drop', 'to'],
];

/** The rule with its names in lower case; undefined when it is none. */
function readRule(given: unknown): HeaderRule | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const rule = given as Record<string, unknown>;
  const keys = keysOfRules.find(([verb = '']) => verb in rule);
  if (!keys || Object.keys(rule).some((key) => !keys.includes(key))) return undefined;
  const { to } = rule;
  if (to !== undefined && !(Array.isArray(to) && to.every((name) => typeof name === 'string')))
    return undefined;
  const scope = to === undefined ? {} : { to: to as string[] };
  if (keys[0] === 'drop') return isName(rule.drop) ? { drop: rule.drop.toLowerCase(), ...scope } : undefined;
  if (keys[0] === 'set') {
    if (!isName(rule.set) || !isValue(rule.value)) return undefined;
    return { set: rule.set.toLowerCase(), value: rule.value, ...scope };
  }
  const { forward, as, otherwise } = rule;
  if (!isName(forward) || !(as === undefined || isName(as))) return undefined;
  if (!(otherwise === undefined || isValue(otherwise))) return undefined;
  return {
    forward: forward.toLowerCase(),
    ...(as === undefined ? {} : { as: as.toLowerCase() }),
    ...(otherwise === undefined ? {} : { otherwise }),
    ...scope,
  };
}

function isName(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  const lower = name.toLowerCase();
  return namePattern.test(lower) && !reserved.has(lower) && lower !== '__proto__';
}

function isValue(value: unknown): value is string {
  return typeof value === 'string' && valuePattern.test(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
