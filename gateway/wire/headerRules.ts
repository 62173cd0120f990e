/** Rules for propagating client request headers to subgraphs, compiled to one function per subgraph. */

import { credentialHeader } from '../../kit/credential.ts';
import { addTraceContext } from './traceContext.ts';

/** Headers as node:http provides them: names in lower case. */
export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One rule. `to` names its subgraphs; without it, the rule is for all. Later rules override earlier ones. */
export type HeaderRule =
  | {
      /** Propagates a client header, optionally renamed; `otherwise` is the default if the client sent none. */
      readonly forward: string;
      readonly as?: string;
      readonly otherwise?: string;
      readonly to?: readonly string[];
    }
  /** Sends a constant value. */
  | { readonly set: string; readonly value: string; readonly to?: readonly string[] }
  /** Removes a header that earlier rules added. */
  | { readonly drop: string; readonly to?: readonly string[] };

/** Returns the headers for one subgraph request; a new object for each call. */
export type WriteHeaders = (incoming: IncomingHeaders, requestId: string) => Record<string, string>;

/**
 * Header names that rules may not use: headers of one connection (RFC 9110 section 7.6.1) or of one body, and headers
 * that the gateway sets itself. Every subgraph request has x-request-id, and the trace context of the client.
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

/** Valid header values (RFC 9110 section 5.5): no line breaks, and no characters beyond one byte. */
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Parses rules from a list of names ("authorization,accept-language") or from JSON, a list of HeaderRule. Returns
 * undefined if the text is invalid or a rule uses a reserved name.
 */
export function readHeaderRules(text: string): readonly HeaderRule[] | undefined {
  const isJson = text.startsWith('[');
  const given: unknown = isJson ? parseJson(text) : text.split(',').map((name) => ({ forward: name.trim() }));
  if (!Array.isArray(given)) return undefined;
  const rules = given.map(readRule);
  return rules.every((rule) => rule !== undefined) ? Object.freeze(rules) : undefined;
}

/** Compiles the rules that apply to `subgraph` into a function. */
export function compileHeaders(rules: readonly HeaderRule[], subgraph: string): WriteHeaders {
  const steps = rules.filter(({ to }) => !to || to.includes(subgraph)).map(stepOf);
  return (incoming, requestId) => {
    const headers: Record<string, string> = { 'x-request-id': requestId };
    addTraceContext(headers, incoming);
    if (steps.length === 0) return headers;
    const hops = hopsOf(incoming.connection);
    for (const step of steps) step(headers, incoming, hops);
    return headers;
  };
}

/**
 * Headers that code has set: names in lower case, without reserved ones. Values are converted as by node:http, lists
 * to one value; undefined and null are omitted.
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

/** Returns names in the rules' `to` that are not in `subgraphs`, without duplicates: they may be misspelled. */
export function unknownSubgraphsIn(rules: readonly HeaderRule[], subgraphs: ReadonlySet<string>): string[] {
  const named = new Set(rules.flatMap(({ to = [] }) => to));
  return [...named].filter((name) => !subgraphs.has(name));
}

type Step = (headers: Record<string, string>, incoming: IncomingHeaders, hops: Hops) => void;

/** Hop-by-hop headers that the client listed in its Connection header. */
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

function textOf(value: IncomingHeaders[string]): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : undefined;
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

/** The rule with its names in lower case; undefined if it is invalid. */
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
