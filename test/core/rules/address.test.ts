import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { isPublicAddress } from '../../../src/core/rules/address.js';

/** First and last address of each block that the IANA special-purpose registries list, and of multicast. */
const special = `
  0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.0 127.255.255.255
  169.254.0.0 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.170 192.0.0.255
  192.0.2.0 192.0.2.255 192.31.196.0 192.31.196.255 192.52.193.0 192.52.193.255 192.88.99.0 192.88.99.255
  192.168.0.0 192.168.255.255 192.175.48.0 192.175.48.255 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255
  203.0.113.0 203.0.113.255 224.0.0.0 233.252.0.0 233.252.0.255 239.255.255.255 240.0.0.0 255.255.255.254 255.255.255.255
  :: ::1 ::7f00:1 ::8.8.8.8 ::ffff:0:0 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:8.8.8.8 64:ff9b:: 64:ff9b::8.8.8.8
  64:ff9b::ffff:ffff 64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff 100:: 100::ffff:ffff:ffff:ffff 100:0:0:1:: 200:: 1fff::1
  2001:: 2001:0:ffff::1 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::
  2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff 2002:: 2002:808:808::1 2620:4f:8000::1 3fff:: 3fff:fff:ffff::
  4000::1 5f00:: 5f00:ffff:: 8000::1 fc00:: fd00::1 fdff:ffff:: fe80:: fe80::1%eth0 febf:ffff:: fec0:: feff:ffff:: ff02::1
  ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`;

/** Their neighbours, and addresses of well-known public servers. */
const open = `
  1.0.0.0 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0
  172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0
  198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255
  2001:200:: 2001:4860:4860::8888 2001:db7:ffff:: 2001:db9:: 2003:: 2606:4700:4700::1111 2A00:1450::1 3ffe:ffff:: ::ffff:8.8.8.8
  ::ffff:808:808`;

const list = (text: string) => text.trim().split(/\s+/);

describe('isPublicAddress', () => {
  it('refuses the first and last address of every special-purpose block', () => {
    for (const address of list(special)) expect(isPublicAddress(address), address).to.be.false;
  });

  it('accepts their public neighbours', () => {
    for (const address of list(open)) expect(isPublicAddress(address), address).to.be.true;
  });

  it('refuses what is no address in its usual spelling', () => {
    for (const text of [
      '',
      ' ',
      '.',
      ':',
      'example.com',
      '8.8.8',
      '8.8.8.8.',
      '010.8.8.8',
      '0x8.8.8.8',
      '134744072',
      '8.8.8.256',
      ' 8.8.8.8',
      '8.8.8.8\n',
      '[2003::1]',
      '2003::1]/x[',
      '2003::1]:443/x?[',
      '::ffff:010.8.8.8',
      '::ffff:0x8.8.8.8',
      '2003::1::2',
      '2003:::1',
      'g::1',
      '2003::1/64',
      '8.8.8.8/32',
      '8.8.8.8:443',
    ])
      expect(isPublicAddress(text), JSON.stringify(text)).to.be.false;
  });

  it('judges an IPv4-mapped address by the IPv4 address inside, in both spellings', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const hex = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const verdict = isPublicAddress(address);
        return isPublicAddress(`::ffff:${address}`) === verdict && isPublicAddress(hex) === verdict;
      }),
    );
  });

  it('is true of no IPv6 address outside 2000::/3, mapped ones aside', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        // WebKit's parser refuses an IPv4 tail after four groups and “::”. What cannot be read is not public.
        if (!URL.canParse(`http://[${address}]`)) return !isPublicAddress(address);
        const host = new URL(`http://[${address}]`).hostname.slice(1, -1);
        return !isPublicAddress(host) || /^[23]...:|^::ffff:/.test(host);
      }),
    );
  });

  it('takes no time over a megabyte', () => {
    const start = performance.now();
    for (const text of [':', '.', ':.', '1', '0:', '1.\n']) expect(isPublicAddress(text.repeat(500_000))).to.be.false;
    expect(performance.now() - start).to.be.lessThan(200);
  });
});
