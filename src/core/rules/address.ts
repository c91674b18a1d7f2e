import ipaddr from 'ipaddr.js';

/**
 * True for an IP address that anyone on the internet can reach. For servers: to be called on the address that is about
 * to be dialled, since a public name may resolve to a private address (DNS rebinding).
 *
 * Refused are all blocks of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), multicast, and of IPv6
 * everything outside 2000::/3, the only space that IANA assigns for global unicast (RFC 4291 §2.4); that covers NAT64,
 * IPv4-compatible, site-local and blocks yet to be named. An IPv4-mapped address is judged by the IPv4 address inside.
 * What is no address in its usual spelling (`0x7f.1`, `010.0.0.1`) is not public: readers differ on what it means.
 */
export function isPublicAddress(address: string): boolean {
  // 45 is the longest spelling of an address (RFC 4291 §2.2, `ffff:…:255.255.255.255`).
  if (!/^[\da-f:.]{1,45}$/i.test(address)) return false;
  const isV6 = address.includes(':');
  const tail = address.slice(address.lastIndexOf(':') + 1);
  if ((!isV6 || tail.includes('.')) && !ipaddr.IPv4.isValidFourPartDecimal(tail)) return false;
  try {
    // Through URL, because ipaddr.js takes the IPv4-compatible ::8.8.8.8 for the IPv4-mapped ::ffff:8.8.8.8.
    const ip = ipaddr.process(isV6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address);
    return ip.range() === 'unicast' && ('octets' in ip || (ip.parts[0] ?? 0) >> 13 === 1);
  } catch {
    return false;
  }
}
