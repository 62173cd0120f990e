/**
 * Decides which addresses push may connect to. Anybody may name a callback, so that none may resolve to a private
 * network. All addresses of a host are checked after DNS, and the connection uses the checked addresses.
 */
import { lookup, Resolver } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** An address that push does not connect to. The message never has the resolved address. */
export class TargetError extends Error {
  override name = 'TargetError';
}

export interface AddressPolicyOptions {
  /** Allows https only. */
  isProduction: boolean;
  /** Allows private networks and this machine, for tests and for trying it out. */
  allowsPrivate: boolean;
  /** Resolves a host to all its addresses; by DNS when not given. */
  resolve?: (host: string) => Promise<string[]>;
}

export interface AddressPolicy {
  /** Parses and checks the form of a URL; throws a TargetError that calls it `name`. */
  read(address: string, name: string): URL;
  /** The IP addresses of the host, all of them public; rejects with a TargetError. */
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
 * Ports above 1024 of databases, queues and administration, by
 * https://www.iana.org/assignments/service-names-port-numbers and the documentation of services that are not
 * registered. Some of them read an HTTP request as a command.
 */
const servicePorts = new Set([
  // Databases and caches.
  1433, 1434, 1521, 1830, 2483, 2484, 3050, 3306, 5432, 5433, 5984, 6379, 6380, 6432, 7000, 7001, 7199, 7474,
  7687, 8086, 8091, 8123, 8529, 8983, 9000, 9042, 9160, 9200, 9300, 11210, 11211, 16379, 26379, 27017, 27018,
  27019, 28015, 28017, 33060, 50000,
  // Queues and configuration stores.
  1883, 2181, 2379, 2380, 4222, 4369, 5671, 5672, 6222, 8222, 8300, 8301, 8302, 8500, 8883, 9092, 9093, 9094,
  15672, 61613, 61616,
  // Containers, remote desktops and administration.
  1099, 2375, 2376, 2377, 3128, 3389, 5601, 5900, 5901, 5985, 5986, 6443, 8009, 8200, 9090, 9100, 10000,
  10250, 10255, 50070,
]);

/** Whether a callback may use the port: an HTTP port, or an unprivileged port without a known service. */
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
      if (!url || !isHttp) throw new TargetError(`${expected} ${scheme}, but got: another value.`);
      if (url.username !== '' || url.password !== '')
        throw new TargetError(`${expected} a URL without user and password, but got: one with them.`);
      if (url.hash !== '')
        throw new TargetError(`${expected} a URL without a fragment, but got: one with it.`);
      const port = Number(url.port);
      const isServed = allowsPrivate ? !badPorts.has(port) : isCallbackPort(port);
      if (url.port !== '' && !isServed)
        throw new TargetError(`${expected} a URL on an allowed port, but got: ${url.port}.`);
      const literal = literalOf(url);
      if (literal !== undefined && !allowsPrivate && !isPublic(literal))
        throw new TargetError(`${expected} a URL on a public IP address, but got: another address.`);
      return url;
    },

    async addressesOf(url) {
      const literal = literalOf(url);
      const addresses = literal === undefined ? await resolveHost(url.hostname) : [literal];
      if (addresses.length === 0)
        throw new TargetError('Expected a host name that resolves, but got: no address.');
      if (!allowsPrivate && !addresses.every(isPublic))
        throw new TargetError('Expected a host on public IP addresses only, but got: another address.');
      return addresses;
    },
  };
}

/** The host as an IP address when it is a literal. URL parsing normalizes its spelling. */
function literalOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** Global unicast IPv6. Other ranges are special or not assigned. */
const givenOut = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** The one special address in a public range: the host of an Azure virtual machine answers there. */
const platforms = new Set(['168.63.129.16']);

/** Whether an IP address is public; an IPv4 address within IPv6 counts as IPv4. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.range() !== 'unicast' || platforms.has(ip.toString())) return false;
  return ip.kind() === 'ipv4' || (ip as ipaddr.IPv6).match(givenOut);
}

/** Resolves by DNS alone, with a timeout, and outside the thread pool that file access uses. */
async function resolvePublic(host: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
}

/** Resolves by the operating system, hosts file included. */
async function resolveHere(host: string): Promise<string[]> {
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.map(({ address }) => address);
}
