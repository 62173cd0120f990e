/**
 * Where we send: anybody may name an address to the hub, so that none may lead into a network of ours. Addresses are
 * looked at after DNS, all that a name has, and the connection is made to the very ones that were looked at.
 */
import { lookup, Resolver } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** A place that we do not send to; the message says what was expected, never what a name led to. */
export class TargetError extends Error {
  override name = 'TargetError';
}

export interface AddressPolicyOptions {
  /** Only https then. */
  isProduction: boolean;
  /** Whether private networks and this very machine may be reached, for tests and for trying it out. */
  allowsPrivate: boolean;
  /** All addresses of a name; DNS unless given. */
  resolve?: (host: string) => Promise<string[]>;
}

export interface AddressPolicy {
  /** The address as a URL, by its form alone; throws a TargetError that calls it by `name`. */
  read(address: string, name: string): URL;
  /** The IP addresses of its host, every one of them public; rejects with a TargetError. */
  addressesOf(url: URL): Promise<string[]>;
}

const longest = 1000;

/** Ports of services that are not HTTP: https://fetch.spec.whatwg.org/#port-blocking */
const badPorts = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/**
 * Ports above 1024 on which databases, queues and what administers machines listen, by the names at
 * https://www.iana.org/assignments/service-names-port-numbers and the documents of those that are not there: a request of ours is
 * the beginning of a command to some of them.
 */
const servicePorts = new Set([
  // Databases and caches.
  1433, 1434, 1521, 1830, 2483, 2484, 3050, 3306, 5432, 5433, 5984, 6379, 6380, 6432, 7000, 7001, 7199, 7474,
  7687, 8086, 8091, 8123, 8529, 8983, 9000, 9042, 9160, 9200, 9300, 11210, 11211, 16379, 26379, 27017, 27018,
  27019, 28015, 28017, 33060, 50000,
  // Queues and what keeps settings for others.
  1883, 2181, 2379, 2380, 4222, 4369, 5671, 5672, 6222, 8222, 8300, 8301, 8302, 8500, 8883, 9092, 9093, 9094,
  15672, 61613, 61616,
  // Machines, containers and what administers them.
  1099, 2375, 2376, 2377, 3128, 3389, 5601, 5900, 5901, 5985, 5986, 6443, 8009, 8200, 9090, 9100, 10000,
  10250, 10255, 50070,
]);

/** Whether others may name it: one for HTTP, or one that anybody may listen on and no service is known by. */
const isCallbackPort = (port: number): boolean =>
  port === 80 || port === 443 || (port > 1024 && !badPorts.has(port) && !servicePorts.has(port));

export function openAddressPolicy({
  isProduction,
  allowsPrivate,
  resolve,
}: AddressPolicyOptions): AddressPolicy {
  const resolveHost = resolve ?? (allowsPrivate ? resolveHere : resolvePublic);
  return {
    read(address, name) {
      const expected = `Expected ${name} to be`;
      const scheme = isProduction ? 'an https URL' : 'an http or https URL';
      if (address.length > longest)
        throw new TargetError(`${expected} at most ${longest} characters, but got: ${address.length}.`);
      const url = URL.canParse(address) ? new URL(address) : undefined;
      const isHttp = url?.protocol === 'https:' || (url?.protocol === 'http:' && !isProduction);
      if (!url || !isHttp) throw new TargetError(`${expected} ${scheme}, but got: another text.`);
      if (url.username !== '' || url.password !== '')
        throw new TargetError(`${expected} a URL without a user, but got: one with it.`);
      if (url.hash !== '')
        throw new TargetError(`${expected} a URL without a fragment, but got: one with it.`);
      const port = Number(url.port);
      const isServed = allowsPrivate ? !badPorts.has(port) : isCallbackPort(port);
      if (url.port !== '' && !isServed)
        throw new TargetError(`${expected} on a port for HTTP, but got: ${url.port}.`);
      const literal = literalOf(url);
      if (literal !== undefined && !allowsPrivate && !isPublic(literal))
        throw new TargetError(`${expected} on a public address, but got: another one.`);
      return url;
    },

    async addressesOf(url) {
      const literal = literalOf(url);
      const addresses = literal === undefined ? await resolveHost(url.hostname) : [literal];
      if (addresses.length === 0) throw new TargetError('Expected a host that DNS knows, but got: none.');
      if (!allowsPrivate && !addresses.every(isPublic))
        throw new TargetError('Expected a host on public addresses only, but got: another one.');
      return addresses;
    },
  };
}

/** The host as an IP address where it is one; URLs have one spelling for each, whatever was written. */
function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** The part of IPv6 that is given out: all else is special, or nobody's yet. */
const givenOut = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** The one special address that stands among public ones: the host of a machine at Azure answers there. */
const platforms = new Set(['168.63.129.16']);

/** Whether an IP address is one of the open internet, IPv4 within IPv6 included. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.range() !== 'unicast' || platforms.has(ip.toString())) return false;
  return ip.kind() === 'ipv4' || (ip as ipaddr.IPv6).match(givenOut);
}

/** By DNS alone, in time, and on no thread that files wait for too. */
async function resolvePublic(host: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** As this machine knows its neighbours. */
async function resolveHere(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
