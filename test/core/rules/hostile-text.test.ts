import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import * as rules from '../../../src/core/rules/index.js';
import { naughtyStrings, securityPayloads } from '../../helpers/vectors.js';

type Check = (value: string) => rules.Finding[];

const checks: Record<string, Check> = Object.fromEntries(
  Object.entries(rules).filter(
    (entry): entry is [string, Check] => /^check/.test(entry[0]) && !/^check(Length|BasicPair)$/.test(entry[0]),
  ),
);

/** What must hold of any text that a check lets pass, written again in other words. */
const accepted: Record<string, (value: string) => boolean> = {
  checkName: (value) => value.trim().length > 0 && !/[\0-\x1f\x7f\u202e]/.test(value.trim()),
  checkUrl: (value) => new URL(value).protocol === 'https:' && !new URL(value).username && !value.includes('#'),
  checkHeaderName: (value) => /^[^\s"(),/:;<=>?@[\\\]{}]+$/.test(value) && !/[^!-~]/.test(value) && value.length <= 100,
  checkHeaderValue: (value) => new Headers([['x', value]]).get('x') === value && !/[^\t -~]/.test(value),
  checkBasicUsername: (value) => !/[:\0-\x1f\x7f]/.test(value),
  checkBasicPassword: (value) => !/[\0-\x1f\x7f]/.test(value),
  checkAccessKey: (value) => /^[A-Za-z0-9_]{16,128}$/.test(value),
  checkSecretKey: (value) => value === value.trim() && !/[\s\0]/.test(value),
  checkRegion: (value) => /^[a-z0-9-]+$/.test(value),
  checkService: (value) => /^[a-z0-9-]+$/.test(value),
  checkHmacClientId: (value) => !/[\0-\x1f\x7f]/.test(value),
  checkHmacClientSecret: (value) => !/[\0-\x1f\x7f]/.test(value),
  checkClientCredential: (value) => [...value].every((character) => character >= ' ' && character <= '~'),
  checkScope: (value) => value.split(' ').every((token) => token && !/["\\]|[^!-~]/.test(token)),
  checkAudience: (value) => value.trim() !== '',
};

function judge(text: string): void {
  for (const [name, check] of Object.entries(checks)) {
    const findings = check(text);
    const label = `${name}(${JSON.stringify(text.slice(0, 80))})`;
    expect(check(text), label).to.deep.equal(findings);
    const severities = findings.map(({ severity }) => severity);
    expect(severities, label).to.deep.equal(
      [...severities].sort((a, b) => 'ewi'.indexOf(a[0]!) - 'ewi'.indexOf(b[0]!)),
    );
    if (!rules.hasError(findings) && accepted[name]) expect(accepted[name](text), label).to.be.true;
  }
  for (const encode of [rules.encodeBasicCredentials, rules.encodeClientCredentials])
    expect(encode(text, text)).to.match(/^Basic [A-Za-z0-9+/]+={0,2}$/);
  expect(rules.displayHost(text)).to.be.a('string');
  expect(rules.splitUserinfo(text)?.url.length ?? 0).to.be.lessThan(text.length + 1);
  expect(rules.isPublicAddress(text) && !/^[\da-f:.]+$/i.test(text)).to.be.false;
}

describe('every rule, given hostile text', () => {
  it('has a second opinion on what it accepts', () => {
    expect(Object.keys(checks)).to.include.members(Object.keys(accepted));
  });

  it('judges the usual suspects', () => {
    for (const text of [
      '',
      ' ',
      '\0',
      '\ud800',
      '\udfff\ud800',
      '__proto__',
      'constructor',
      'toString',
      '{label}',
      '%',
      '%zz',
      '\ufeff',
      '🏳️‍⚧️',
      '‮',
    ])
      judge(text);
  });

  it('judges any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        ),
        judge,
      ),
    );
  });

  it('judges a megabyte without delay', () => {
    for (const unit of [
      'a',
      ' ',
      '\t',
      'ä',
      '\u0301',
      '🔑',
      '\ud800',
      'a ',
      ':',
      '.',
      '@',
      'https://a@',
      '=',
      '-',
      '\n',
      '%',
    ]) {
      for (const text of [unit.repeat(1_000_000 / unit.length), `https://${unit.repeat(1_000_000 / unit.length)}`]) {
        for (const [name, check] of [
          ...Object.entries(checks),
          ['splitUserinfo', rules.splitUserinfo],
          ['displayHost', rules.displayHost],
        ] as const) {
          const start = performance.now();
          check(text);
          expect(performance.now() - start, `${name} ${JSON.stringify(unit)}`).to.be.lessThan(1000);
        }
      }
    }
  }).timeout(60_000);
});

describe('every rule, given the big list of naughty strings', () => {
  let strings: string[] | undefined;
  before(async function () {
    strings = await naughtyStrings();
    if (!strings) this.skip();
  });

  it('judges each of them', () => {
    expect(strings).to.have.length.greaterThan(400);
    strings?.forEach(judge);
  });
});

describe('every rule, given the HTML5 security cheatsheet', () => {
  let payloads: string[] | undefined;
  before(async function () {
    payloads = await securityPayloads();
    if (!payloads) this.skip();
  });

  it('judges each of them', () => {
    expect(payloads).to.have.length.greaterThan(130);
    payloads?.forEach(judge);
  });
});
