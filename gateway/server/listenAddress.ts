/** The address of a caller as it is counted: never in clear, and a network of IPv6 as one. */
import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';

/** A function from an address to the key under which it is counted, which tells nobody the address. */
export function openAddressKeys(salt: string): (address: string) => string {
  return (address) => {
    const digest = createHmac('sha256', salt).update(networkOf(address)).digest('base64url');
    return `address:${digest.slice(0, 22)}`;
  };
}

/** An IPv4 address as it is; of IPv6 the first 64 bits, since whoever has one address there has all that begin so. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
