/** Client addresses as rate limit keys: hashed, and IPv6 by network. */
import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** Returns a function from an address to its rate limit key, which does not reveal the address. */
export function openAddressKeys(salt: string): (address: string) => string {
  return (address) => {
    const digest = createHmac('sha256', salt).update(networkOf(address)).digest('base64url');
    return `address:${digest.slice(0, 22)}`;
  };
}

/** An IPv4 address unchanged; the first 64 bits of an IPv6 address, since a subscriber usually holds a whole /64 network. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
