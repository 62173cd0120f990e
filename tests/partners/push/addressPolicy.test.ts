import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AddressPolicyOptions,
  isPublic,
  openAddressPolicy,
  TargetError,
} from '../../../partners/push/addressPolicy.ts';
import { openExchange, problemOf } from '../../../partners/push/sendRequest.ts';
import { readPartnerSettings } from '../../../partners/settings.ts';

const guardOf = (options: Partial<AddressPolicyOptions> = {}) =>
  openAddressPolicy({ isProduction: false, allowsPrivate: false, ...options });
const read = (address: string, options?: Partial<AddressPolicyOptions>) =>
  guardOf(options).read(address, 'hub.callback').href;

/** Public ones that nobody here asks anything of. */
const publicAddresses = ['1.1.1.1', '93.184.215.14', '2606:4700:4700::1111', '::ffff:8.8.8.8'];

/** What leads into somebody's own network or machine, and what is nobody's. */
const refusedAddresses = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
];

describe('the addresses that push sends to', () => {
  it.each(publicAddresses)('%s is one', (address) => expect(isPublic(address)).toBe(true));

  it.each(refusedAddresses)('%s is none', (address) => expect(isPublic(address)).toBe(false));

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0x7f.0.0x1/',
    'http://①②⑦.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://3232235777/',
  ])('%s is refused before anything is asked of DNS', (address) => {
    expect(() => read(address)).toThrow(
      new TargetError('Expected hub.callback to be a URL on a public IP address, but got: another address.'),
    );
  });

  it('are refused in whichever spelling an IPv4 address of a private network comes', () => {
    const privateAddress = fc.oneof(
      fc.tuple(fc.constantFrom(10, 127, 0), byte(), byte(), byte()),
      fc.tuple(fc.constant(192), fc.constant(168), byte(), byte()),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte(), byte()),
      fc.tuple(fc.constant(169), fc.constant(254), byte(), byte()),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte(), byte()),
    );
    fc.assert(
      fc.property(privateAddress, fc.nat(), (parts, choice) => {
        const host = spellings(parts)[choice % spellings(parts).length];
        expect(() => read(`http://${host}/`)).toThrow(TargetError);
      }),
      { numRuns: 500 },
    );
  });

  it('are taken in whichever spelling a public one comes', () => {
    for (const host of spellings([93, 184, 215, 14])) {
      const isOther = host.startsWith('[') && !host.includes('ffff:');
      if (isOther) expect(() => read(`http://${host}/`)).toThrow(TargetError);
      else expect(read(`http://${host}/`)).toMatch(/^http:\/\/(93\.184\.215\.14|\[::ffff:5db8:d70e\])\/$/);
    }
  });

  it.each([
    ['ftp://reader.example/', 'Expected hub.callback to be an http or https URL, but got: another value.'],
    ['reader.example', 'Expected hub.callback to be an http or https URL, but got: another value.'],
    ['http://127.0.0.256/', 'Expected hub.callback to be an http or https URL, but got: another value.'],
    [
      'http://user:pass@reader.example/',
      'Expected hub.callback to be a URL without user and password, but got: one with them.',
    ],
    [
      'http://reader.example/#x',
      'Expected hub.callback to be a URL without a fragment, but got: one with it.',
    ],
    ['http://reader.example:25/', 'Expected hub.callback to be a URL on an allowed port, but got: 25.'],
    ['http://reader.example:6000/', 'Expected hub.callback to be a URL on an allowed port, but got: 6000.'],
    [
      `http://reader.example/${'x'.repeat(1000)}`,
      'Expected hub.callback to be at most 1000 characters, but got: 1022.',
    ],
  ])('%s is refused in words', (address, message) => {
    expect(() => read(address)).toThrow(new TargetError(message));
  });

  it('are on ports for HTTP, or on others that no service is known by', () => {
    const isTaken = (port: number, options: Partial<AddressPolicyOptions> = {}) => {
      try {
        return read(`http://reader.example:${port}/`, options) !== '';
      } catch (error) {
        expect(error).toEqual(
          new TargetError(`Expected hub.callback to be a URL on an allowed port, but got: ${port}.`),
        );
        return false;
      }
    };
    const all = [80, 443, 1025, 3000, 8000, 8080, 8443, 30_123, 65_535];
    expect(all.filter((port) => !isTaken(port))).toEqual([]);
    const services = [5432, 3306, 1433, 6379, 11211, 27017, 9200, 2375, 2379, 6443, 10250, 3389, 5900, 5672];
    expect([...services, 81, 888, 1024, 6000].filter((port) => isTaken(port))).toEqual([]);
    // On one's own machine any program of one's own may listen.
    expect([5432, 9000].map((port) => isTaken(port, { allowsPrivate: true }))).toEqual([true, true]);
    for (let port = 1; port <= 1024; port++) expect(isTaken(port)).toBe(port === 80 || port === 443);
  });

  it('are https alone in production', () => {
    expect(read('http://reader.example:8080/a?b=c')).toBe('http://reader.example:8080/a?b=c');
    expect(read('https://reader.example/', { isProduction: true })).toBe('https://reader.example/');
    expect(() => read('http://reader.example/', { isProduction: true })).toThrow(
      'Expected hub.callback to be an https URL, but got: another value.',
    );
  });

  it('are private ones only outside production', () => {
    expect(read('http://127.0.0.1:8080/', { allowsPrivate: true })).toBe('http://127.0.0.1:8080/');
    expect(() => readPartnerSettings({ PUSH_PRIVATE_TARGETS: 'true', NODE_ENV: 'production' })).toThrow(
      'Expected PUSH_PRIVATE_TARGETS to be false in production, but got: true.',
    );
    expect(readPartnerSettings({ PUSH_PRIVATE_TARGETS: 'true' }).allowsPrivateTargets).toBe(true);
    expect(readPartnerSettings({}).allowsPrivateTargets).toBe(false);
  });
});

describe('a name', () => {
  const resolved = (...addresses: string[]) => {
    const addressPolicy = guardOf({ resolve: async () => addresses });
    return addressPolicy.addressesOf(addressPolicy.read('https://reader.example/', 'hub.callback'));
  };

  it('is as good as the worst of its addresses', async () => {
    await expect(resolved('1.1.1.1', '2606:4700:4700::1111')).resolves.toHaveLength(2);
    const refusal = 'Expected a host on public IP addresses only, but got: another address.';
    await expect(resolved('1.1.1.1', '10.0.0.1')).rejects.toThrow(refusal);
    await expect(resolved('1.1.1.1', '::ffff:169.254.169.254')).rejects.toThrow(refusal);
    await expect(resolved('fe80::1%eth0')).rejects.toThrow(refusal);
    await expect(resolved('not an address')).rejects.toThrow(refusal);
  });

  it('has to have one', async () => {
    await expect(resolved()).rejects.toThrow('Expected a host name that resolves, but got: no address.');
  });
});

describe('an exchange with somebody else', () => {
  const open: (Server | ReturnType<typeof createSocketServer>)[] = [];
  afterEach(() => {
    for (const server of open.splice(0)) {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    }
  });

  async function serve(listener: RequestListener): Promise<number> {
    const server = createServer(listener);
    open.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return (server.address() as AddressInfo).port;
  }

  const allowed = { isProduction: false, allowsPrivate: true };
  const exchangeWith = (
    address: string,
    { resolve, totalMs }: { resolve?: AddressPolicyOptions['resolve']; totalMs?: number } = {},
  ) => {
    const addressPolicy = openAddressPolicy({ ...allowed, ...(resolve ? { resolve } : {}) });
    const exchange = openExchange(addressPolicy, totalMs === undefined ? {} : { totalMs });
    return exchange({ method: 'POST', url: addressPolicy.read(address, 'it'), body: Buffer.from('hello') });
  };

  it('goes to the address that was looked at, and asks DNS once', async () => {
    const hosts: (string | undefined)[] = [];
    const port = await serve(({ headers }, response) => {
      hosts.push(headers.host);
      response.end('yes');
    });
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return ['127.0.0.1'];
    };
    const { status, body } = await exchangeWith(`http://rebinding.example:${port}/`, { resolve });
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'yes' });
    expect(asked).toEqual(['rebinding.example']);
    expect(hosts).toEqual([`rebinding.example:${port}`]);
  });

  it('connects to nothing where the address policy refuses', async () => {
    const seen: string[] = [];
    const port = await serve(({ url }, response) => {
      seen.push(url ?? '');
      response.end();
    });
    const addressPolicy = guardOf({ resolve: async () => ['127.0.0.1'] });
    const url = addressPolicy.read(`http://rebinding.example:${port}/`, 'it');
    await expect(openExchange(addressPolicy)({ method: 'GET', url })).rejects.toThrow(TargetError);
    expect(seen).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    const seen: string[] = [];
    const port = await serve(({ url }, response) => {
      seen.push(url ?? '');
      response.writeHead(307, { location: `http://127.0.0.1:${port}/inside` }).end();
    });
    expect(await exchangeWith(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 307 });
    expect(seen).toEqual(['/']);
  });

  it('ends with a server that never answers', async () => {
    const port = await serve(() => {});
    const failure = await exchangeWith(`http://127.0.0.1:${port}/`, { totalMs: 50 }).catch(problemOf);
    expect(failure).toBe('Expected a response in time, but got: none.');
  });

  it('ends with a server that begins and does not end', async () => {
    const port = await serve((_request, response) => void response.write('begun'));
    const failure = await exchangeWith(`http://127.0.0.1:${port}/`, { totalMs: 300 }).catch(problemOf);
    expect(failure).toBe('Expected a response in time, but got: none.');
  });

  it('ends with a DNS that never answers', async () => {
    const resolve = () => new Promise<string[]>(() => {});
    const failure = await exchangeWith('http://slow.example/', { resolve, totalMs: 50 }).catch(problemOf);
    expect(failure).toBe('Expected a response in time, but got: none.');
  });

  it('takes no more than 64 kB of an answer of 1 GB', async () => {
    const chunk = Buffer.alloc(64 * 1024);
    let written = 0;
    let ended = () => {};
    const hasEnded = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const port = await serve((_request, response) => {
      const write = () => {
        while (written < 1024 ** 3) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
        response.end();
      };
      response.once('close', ended);
      write();
    });
    const { body } = await exchangeWith(`http://127.0.0.1:${port}/`);
    await hasEnded;
    expect(body).toHaveLength(64 * 1024);
    expect(written).toBeLessThan(64 * 1024 ** 2);
  });

  it('takes no endless headers', async () => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => {});
      const fill = () => {
        while (socket.writable && socket.write(`x-more: ${'y'.repeat(1000)}\r\n`));
        if (socket.writable) socket.once('drain', fill);
      };
      socket.write('HTTP/1.1 200 OK\r\n');
      fill();
    });
    open.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const failure = await exchangeWith(`http://127.0.0.1:${port}/`).catch(problemOf);
    expect(failure).toBe('Expected an answer, but got: UND_ERR_HEADERS_OVERFLOW.');
  });
});

function byte() {
  return fc.integer({ min: 0, max: 255 });
}

/** Ways to write one IPv4 address into a URL. */
function spellings(parts: readonly number[]): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => value.toString(16);
  const groups = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
  return [
    parts.join('.'),
    String(number),
    `0x${hex(number)}`,
    `0${number.toString(8)}`,
    parts.map((part) => `0x${hex(part)}`).join('.'),
    parts.map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `[::ffff:${parts.join('.')}]`,
    `[::ffff:${groups}]`,
    `[0:0:0:0:0:ffff:${groups}]`,
    `[64:ff9b::${parts.join('.')}]`,
    `[2002:${groups}::1]`,
    `[::${groups}]`,
  ];
}
