import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { isPublicAddress } from '../../../src/core/rules/address.js';
import { hasError } from '../../../src/core/rules/finding.js';
import { checkHost, checkUrl, displayHost, normalizeUrl, splitUserinfo } from '../../../src/core/rules/url.js';
import { vectors } from '../../helpers/vectors.js';
import { codes, errorCodes } from './codes.js';

interface UrlCase {
  readonly url: string;
  readonly expect: string;
  readonly why: string;
  readonly whatwg: { readonly host: string } | null;
}

const development = { allowPrivateNetwork: true };

describe('checkUrl', () => {
  it('gives every vector its verdict', async () => {
    const { cases } = await vectors<{ cases: UrlCase[] }>('endpoint-urls');
    expect(cases).to.have.length.greaterThan(50);
    for (const { url, expect: verdict, why, whatwg } of cases) {
      const findings = checkUrl(url);
      const label = `${JSON.stringify(url)} (${why})`;
      expect(hasError(findings), label).to.equal(verdict === 'deny');
      if (verdict === 'warn')
        expect(
          findings.map(({ severity }) => severity),
          label,
        ).to.include('warning');
      if (verdict === 'allow-show-punycode')
        expect(findings, label).to.deep.equal([
          { code: 'url.punycode', severity: 'info', params: { host: whatwg!.host } },
        ]);
      if (/^allow(-by-address)?$/.test(verdict)) expect(findings, label).to.deep.equal([]);
    }
  });

  const refusals: Record<string, string[]> = {
    'url.absolute': [
      '',
      'x',
      'example.com',
      'example.com:8443/x',
      '//example.com',
      '/hooks',
      'ftp://example.com',
      'javascript:alert(1)',
      'data:text/html,x',
      'wss://example.com',
      '\u00a0https://example.com',
      'httpss://example.com',
    ],
    'url.scheme': ['http://example.com', 'HTTP://example.com/'],
    'url.slashes': ['https:example.com', 'https:/example.com', 'https:///example.com', 'https:////example.com'],
    'url.backslash': [
      'https://example.com\\x',
      'https://example.com\\@example.org/',
      'https://example.com/a\\b',
      'https:\\\\example.com',
    ],
    'url.userinfo': [
      'https://@example.com',
      'https://:@example.com',
      'https://user@example.com',
      'https://user:pass@example.com',
      'https://a@b@example.com',
      'https://example.com:443@example.org/x',
    ],
    'url.fragment': ['https://example.com/#', 'https://example.com#x', 'https://example.com/?a#b'],
    'url.invalid': [
      'https://',
      'https://?x',
      'https://example.com:65536',
      'https://example.com:x',
      'https://[::1',
      'https://[fe80::1%25eth0]/',
      'https://1.2.3.4.5/',
      'https://256.1.1.1',
    ],
    'url.port': [
      'https://example.com:0',
      'https://example.com:00',
      'https://example.com:1/',
      'https://example.com:22/',
      'https://example.com:6697',
      'https://example.com:10080/',
    ],
    'url.host': [
      'https://.',
      'https://example..com',
      'https://.example.com',
      'https://example.com..',
      'https://a*b.com',
      `https://${'a.'.repeat(126)}aa`,
      `https://${'a'.repeat(64)}.com`,
      'https://ex!ample.com',
      "https://a'b.com",
    ],
    'url.address': [
      'https://127.0.0.1',
      'https://127.0.0.1.',
      'https://2130706433',
      'https://0x7f.1',
      'https://017700000001',
      'https://127。0。0。1',
      'https://①②⑦.0.0.1',
      'https://169.254.169.254/latest',
      'https://[::1]:8443/',
      'https://[fd00::1]',
      'https://[::ffff:10.0.0.1]',
    ],
    'url.local': [
      'https://localhost',
      'https://localhost.',
      'https://LOCALHOST/',
      'https://%6cocalhost/',
      'https://a.localhost',
      'https://printer.local',
      'https://x.internal.',
      'https://router.home.arpa',
      'https://localhost.localdomain',
      'https://intranet',
      'https://test',
      'https://com.',
    ],
    'text.control': [
      'https://example.com/\t',
      'https://exam\nple.com',
      'https://example.com/\0',
      'https://example.com/\ud800',
      'https://example.com/\u2028',
      '\nhttps://example.com',
    ].filter((url) => url.startsWith('h')),
    'text.bidi': ['https://example.com/\u202etxt'],
    'text.tooLong': [`https://example.com/${'a'.repeat(2029)}`],
  };

  for (const [code, urls] of Object.entries(refusals))
    it(`says ${code}`, () => {
      for (const url of urls) expect(errorCodes(checkUrl(url)), JSON.stringify(url)).to.include(code);
    });

  it('accepts what a person would call fine', () => {
    for (const url of [
      'https://example.com',
      'HTTPS://EXAMPLE.COM/Hooks',
      'https://example.com.',
      'https://example.com:8443/a?b=c&d',
      'https://a_b.example.com/',
      'https://example.com/@user',
      'https://example.com/?a=b@c',
      'https://example.com/a//b',
      'https://example.com/日本',
      'https://[2606:4700::1111]:8443/x',
      '  https://example.com  ',
      `https://example.com/${'a'.repeat(2028)}`,
      'https://mylocal.example.com',
      'https://notlocalhost.com',
      'https://internal.example.com',
      'https://my.sample',
      'https://example.org',
      'https://0x7f.com',
    ])
      expect(checkUrl(url), url).to.deep.equal([]);
  });

  it('says more than one thing at once, and nothing of minor matters beside an error', () => {
    expect(codes(checkUrl('http://a:b@localhost:22/?token=x#y'))).to.deep.equal([
      'url.scheme',
      'url.userinfo',
      'url.fragment',
      'url.port',
      'url.local',
    ]);
  });

  it('warns of a secret in the query and names the parameter, never the value', () => {
    for (const name of [
      'token',
      'access_token',
      'apiKey',
      'api-key',
      'api_key',
      'X-Api-Key',
      'key',
      'secret',
      'clientSecret',
      'password',
      'pwd',
      'sig',
      'signature',
      'code',
      'auth',
      'jwt',
      'X-Amz-Credential',
    ]) {
      expect(checkUrl(`https://example.com/?a=1&${name}=hunter2`), name).to.deep.equal([
        { code: 'url.secretInQuery', severity: 'warning', params: { name } },
      ]);
    }
    for (const query of ['monkey=1', 'keyword=x', 'author=x', 'tenant=7', 'token', 'token=', 'encode=1'])
      expect(checkUrl(`https://example.com/?${query}`), query).to.deep.equal([]);
  });

  it('warns of names that are reserved and of hyphens at an edge', () => {
    for (const host of ['example', 'example.', 'hooks.example', 'hooks.test', 'hooks.invalid'])
      expect(checkUrl(`https://${host}/`), host).to.deep.equal([
        { code: 'url.reserved', severity: 'warning', params: { host: host.replace(/\.$/, '') } },
      ]);
    for (const host of ['-a.com', 'a-.com', 'b.-a.com', 'b.a-.com'])
      expect(codes(checkUrl(`https://${host}/`)), host).to.deep.equal(['url.hyphen']);
    expect(checkUrl('https://a-b.com')).to.deep.equal([]);
  });

  it('shows the punycode of an internationalized host, typed either way', () => {
    for (const url of ['https://münchen.example.com', 'https://xn--mnchen-3ya.example.com'])
      expect(checkUrl(url)).to.deep.equal([
        { code: 'url.punycode', severity: 'info', params: { host: 'xn--mnchen-3ya.example.com' } },
      ]);
  });

  it('lets a host in development use http and its own network, and nothing else', () => {
    for (const url of [
      'http://localhost:8080/x',
      'https://127.0.0.1',
      'http://[::1]/',
      'http://10.0.0.1',
      'https://intranet',
      'https://a.internal',
    ])
      expect(checkUrl(url, development), url).to.deep.equal([]);
    for (const url of [
      'ftp://localhost',
      'http://a:b@localhost',
      'http://localhost/#x',
      'http://localhost:22',
      'http:localhost',
      'http://a\\b',
    ])
      expect(hasError(checkUrl(url, development)), url).to.be.true;
  });

  it('accepts nothing that is not https to a public host, without userinfo and fragment', () => {
    const scheme = fc.constantFrom('https://', 'https:', 'http://', 'HTTPS://', 'https:///', 'https:\\\\', '');
    const userinfo = fc.constantFrom('', '', '@', 'a@', 'a:b@');
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4Extended(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('localhost', 'a.local', '127。0。0。1', 'ⓛocalhost', 'faß.de'),
    );
    const port = fc.oneof(
      fc.constant(''),
      fc.nat(70_000).map((number) => `:${number}`),
    );
    const rest = fc.oneof(fc.webPath(), fc.string(), fc.constantFrom('', '/', '?a=b', '#', '\t', '\\x'));
    let accepted = 0;
    fc.assert(
      fc.property(scheme, userinfo, host, port, rest, (...parts) => {
        const text = parts.join('');
        if (hasError(checkUrl(text))) return;
        accepted++;
        const url = new URL(normalizeUrl(text));
        expect(url.protocol).to.equal('https:');
        expect(url.username + url.password + url.hash).to.equal('');
        expect(url.href).not.to.match(/#|^https:\/\/[^/?]*@/);
        expect(url.hostname)
          .to.match(/\.|^example$|^\[/)
          .and.not.match(/(^|\.)(localhost|local|internal)\.?$/);
        if (/^[\d.]+$|^\[/.test(url.hostname)) expect(isPublicAddress(url.hostname.replace(/[[\]]/g, ''))).to.be.true;
        expect(
          checkUrl(url.href).filter(({ severity }) => severity === 'error'),
          'its canonical form',
        ).to.deep.equal([]);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).to.be.greaterThan(50);
  });

  it('gives every spelling of an IPv4 address the verdict of the dotted one', () => {
    const byte = fc.nat(255);
    const address = fc.oneof(
      fc.tuple(byte, byte, byte, byte),
      fc.constantFrom([127, 0, 0, 1], [10, 0, 0, 5], [8, 8, 8, 8], [169, 254, 169, 254]),
    );
    const radixes = fc.tuple(...Array.from({ length: 4 }, () => fc.constantFrom(8, 10, 16)));
    const spell = (number: number, radix = 10) => ({ 8: '0', 10: '', 16: '0x' })[radix]! + number.toString(radix);
    fc.assert(
      fc.property(
        address,
        radixes,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('.', '。', '．', '｡'),
        (bytes, radix, count, dot) => {
          // The last of `count` parts holds all the bytes that are left (WHATWG URL §3.5.2).
          const last = bytes.slice(count - 1).reduce((sum, value) => sum * 256 + value, 0);
          const spelled = [...bytes.slice(0, count - 1), last]
            .map((value, index) => spell(value, radix[index]))
            .join(dot);
          expect(new URL(`https://${spelled}/`).hostname).to.equal(bytes.join('.'));
          expect(checkUrl(`https://${spelled}/`)).to.deep.equal(checkUrl(`https://${bytes.join('.')}/`));
        },
      ),
    );
  });
});

describe('checkHost', () => {
  it('fails closed for spellings that URL.hostname never gives', () => {
    for (const host of [
      '0x7f.1',
      '0X7F.1',
      '127.1',
      '2130706433',
      '0177.0.0.1',
      'A.LOCAL',
      '::1',
      '[::1]',
      '[]',
      '',
      '.',
      'xn--.com',
      'xn--a-.com',
      'a b.com',
      'ü.com',
      'localhost.',
    ])
      expect(hasError(checkHost(host)), host).to.be.true;
    expect(checkHost('example.com')).to.deep.equal([]);
    expect(checkHost('8.8.8.8')).to.deep.equal([]);
  });
});

describe('normalizeUrl', () => {
  it('removes the spaces around a URL and changes nothing else', () => {
    expect(normalizeUrl('  https://example.com/a b ')).to.equal('https://example.com/a b');
    expect(normalizeUrl('\thttps://Example.com\u00a0')).to.equal('\thttps://Example.com\u00a0');
    expect(normalizeUrl('   ')).to.equal('');
    expect(normalizeUrl(`a${' '.repeat(1_000_000)}b`)).to.have.length(1_000_002);
  });
});

describe('splitUserinfo', () => {
  it('moves what stands before the last @ of the authority, percent-decoded', () => {
    expect(splitUserinfo(' https://user:pass@example.com/x?a@b ')).to.deep.equal({
      url: 'https://example.com/x?a@b',
      username: 'user',
      password: 'pass',
    });
    expect(splitUserinfo('https://u%40x:p%C3%A9:%zz@h.example.com')).to.deep.equal({
      url: 'https://h.example.com',
      username: 'u@x',
      password: 'pé:%zz',
    });
    expect(splitUserinfo('https://a@b:c@h.example.com/')).to.deep.equal({
      url: 'https://h.example.com/',
      username: 'a@b',
      password: 'c',
    });
    expect(splitUserinfo('https://user@h.example.com/')).to.deep.equal({
      url: 'https://h.example.com/',
      username: 'user',
      password: '',
    });
    expect(splitUserinfo('https://:p@h.example.com/')).to.deep.equal({
      url: 'https://h.example.com/',
      username: '',
      password: 'p',
    });
  });

  it('has nothing to move otherwise', () => {
    for (const url of [
      '',
      'https://example.com',
      'https://@example.com',
      'https://:@example.com',
      'https://example.com/@x',
      'https://example.com?a:b@c',
      'user:pass@example.com',
      'mailto:a@example.com',
      'https:a:b@example.com',
    ])
      expect(splitUserinfo(url), url).to.equal(undefined);
  });

  it('leaves a URL that has no userinfo, to the host that it named before', () => {
    const part = fc.string({ minLength: 1 }).map(encodeURIComponent);
    fc.assert(
      fc.property(part, part, fc.domain(), (username, password, domain) => {
        const before = new URL(`https://${username}:${password}@${domain}/x`);
        const split = splitUserinfo(`https://${username}:${password}@${domain}/x`)!;
        expect(split.username).to.equal(decodeURIComponent(before.username));
        expect(split.password).to.equal(decodeURIComponent(before.password));
        expect(split.url).to.equal(`https://${domain}/x`);
        expect(splitUserinfo(split.url)).to.equal(undefined);
      }),
    );
  });
});

describe('displayHost', () => {
  it('shows the canonical host, and both forms of an internationalized one', () => {
    expect(displayHost(' https://EXAMPLE.com:8443/x')).to.equal('example.com:8443');
    expect(displayHost('https://faß.de/x')).to.equal('faß.de (xn--fa-hia.de)');
    expect(displayHost('https://user:pass@faß.de/x'), 'never the userinfo').to.equal('faß.de (xn--fa-hia.de)');
    expect(displayHost('https://xn--fa-hia.de')).to.equal('xn--fa-hia.de');
    expect(displayHost('https://127。0。0。1/')).to.equal('127.0.0.1');
  });

  it('gives back what is no URL', () => {
    for (const text of ['', 'hello', 'https://', 'mailto:a@b.c', '\ud800']) expect(displayHost(text)).to.equal(text);
  });
});
