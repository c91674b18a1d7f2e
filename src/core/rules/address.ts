import { parseIp } from 'ip-bigint';

/** The IANA IPv4 Special-Purpose Address Registry (RFC 6890) as of 2026, and multicast (RFC 5771). */
const specialV4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
  '192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';

/**
 * The special-purpose blocks inside 2000::/3, the only space that IANA assigns for global unicast (RFC 4291 §2.4):
 * protocol assignments with Teredo and ORCHID, documentation, 6to4, AS112.
 */
const specialV6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20';

/** A block as its version, the bits that all its addresses begin with, and how many bits follow them. */
const block = (cidr: string) => {
  const [first = '', length] = cidr.split('/');
  const { number, version } = parseIp(first);
  const rest = BigInt((version === 4 ? 32 : 128) - Number(length));
  return { version, prefix: number >> rest, rest };
};

const special = `${specialV4} ${specialV6}`.split(' ').map(block);
const globalUnicast = block('2000::/3');

/** Four decimals of 0 to 255, without the leading zeros that some readers take for octal. */
const dotted = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * True for an IP address that anyone on the internet can reach. For servers: to be called on the address that is about
 * to be dialled, since a public name may resolve to a private address (DNS rebinding).
 *
 * Refused are all blocks of the IANA special-purpose registries, multicast, and of IPv6 everything outside 2000::/3:
 * that covers NAT64, IPv4-compatible, site-local and blocks yet to be named. An IPv4-mapped address (RFC 4291 §2.5.5.2)
 * is judged by the IPv4 address inside. What is no address in its usual spelling (`0x7f.1`, `010.0.0.1`) is not public:
 * readers differ on what it means.
 */
export function isPublicAddress(address: string): boolean {
  // 45 is the longest spelling of an address (RFC 4291 §2.2, `ffff:…:255.255.255.255`).
  if (!/^[\da-f:.]{1,45}$/i.test(address)) return false;
  const tail = address.slice(address.lastIndexOf(':') + 1);
  if (tail.includes('.') ? !dotted.test(tail) : !address.includes(':')) return false;
  try {
    // The URL parser knows the grammar of IPv6 (WHATWG URL §3.5), and has one spelling for each address.
    let { number, version } = parseIp(address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address);
    if (version === 6 && number >> 32n === 0xffffn) [number, version] = [number & 0xffff_ffffn, 4];
    const within = (one: ReturnType<typeof block>) => one.version === version && number >> one.rest === one.prefix;
    return (version === 4 || within(globalUnicast)) && !special.some(within);
  } catch {
    return false;
  }
}
