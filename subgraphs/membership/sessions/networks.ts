/**
 * The networks that contain a client, the smallest first. A client with many addresses usually has them in one of
 * these.
 */
import ipaddr from 'ipaddr.js';

export interface Network {
  /** "2001:db8::/48", or the client's text if it is not an IP address. */
  name: string;
  /** The kind determines how many networks of the next smaller kind it contains. */
  kind: 'client' | 'site part' | 'site' | 'block';
}

/** An IPv6 client is identified by its /64. */
export function networksOf(client: string): Network[] {
  const [address = ''] = client.split('/', 1);
  if (!ipaddr.isValid(address)) return [{ name: client, kind: 'client' }];
  const parsed = ipaddr.process(address);
  const within = (bits: number): string => {
    const bytes = parsed
      .toByteArray()
      .map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8))));
    return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
  };
  if (parsed.kind() === 'ipv4')
    return [
      { name: parsed.toString(), kind: 'client' },
      { name: within(24), kind: 'block' },
    ];
  return [
    { name: within(64), kind: 'client' },
    { name: within(56), kind: 'site part' },
    { name: within(48), kind: 'site' },
  ];
}
