import { asciiLowercase } from '../../../src/core/ascii.js';
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  checkCredentialHeaderName,
  checkHeaderName,
  checkHeaderValue,
  duplicateHeaderIndexes,
} from '../../../src/core/rules/header.js';
import { vectors } from '../../helpers/vectors.js';
import { codes } from './codes.js';

interface HeaderVectors {
  readonly names: readonly { name: string; grammar: boolean; reservedForSender?: true | string }[];
  readonly values: readonly { value: string; valid: 0 | 1; why: string }[];
}

describe('checkHeaderName', () => {
  it('gives every vector its verdict', async () => {
    const { names } = await vectors<HeaderVectors>('http-headers');
    for (const { name, grammar, reservedForSender } of names) {
      const found = codes(checkHeaderName(name, { authenticationType: 'basic' }));
      if (!grammar) expect(found, name).to.deep.equal(['header.syntax']);
      else expect(found.length, name).to.equal(reservedForSender ? 1 : 0);
    }
  });

  const reasons: Record<string, string> = {
    'header.connection':
      'connection keep-alive te trailer trailers transfer-encoding upgrade http2-settings proxy-authorization proxy-connection content-length host expect',
    'header.contentType': 'content-type',
    'header.sender':
      'user-agent date via webhook-id webhook-timestamp webhook-signature svix-id svix-signature x-amz-date x-amz-security-token',
    'header.browser': 'cookie cookie2 set-cookie sec-fetch-site origin referer',
    'header.forwarded': 'forwarded x-forwarded-for x-forwarded-proto x-real-ip',
    'header.method': 'x-http-method x-http-method-override x-method-override',
  };

  for (const [code, names] of Object.entries(reasons))
    it(`says ${code}, whatever the case`, () => {
      for (const name of names.split(' '))
        for (const spelled of [name, name.toUpperCase()])
          expect(checkHeaderName(spelled), spelled).to.deep.equal([
            { code, severity: 'error', params: { name: spelled } },
          ]);
    });

  it('leaves names alone that only resemble those', () => {
    for (const name of [
      'x-tenant',
      'x-api-key',
      'accept',
      'hosts',
      'x-host',
      'tea',
      'dated',
      'webhook-idx',
      'x-webhook-id',
      'content-types',
      'x-cookie',
      'security',
      'x-forwarded',
      '__proto__',
      'constructor',
      'toString',
      'authorization',
      '0',
    ])
      expect(checkHeaderName(name), name).to.deep.equal([]);
  });

  it('refuses authorization beside the types that set it, and any name that carries a credential', () => {
    for (const authenticationType of ['basic', 'aws4', 'hmac-sha256', 'oauth2'])
      for (const name of ['Authorization', 'AUTHORIZATION'])
        expect(checkHeaderName(name, { authenticationType })).to.deep.equal([
          { code: 'header.credential', severity: 'error', params: { name } },
        ]);
    for (const authenticationType of ['none', 'headers', 'token', 'constructor'])
      expect(checkHeaderName('authorization', { authenticationType })).to.deep.equal([]);
    const credentialHeaders = ['Authorization', 'X-Key'];
    for (const name of ['authorization', 'x-kEy'])
      expect(codes(checkHeaderName(name, { authenticationType: 'token', credentialHeaders })), name).to.deep.equal([
        'header.credential',
      ]);
    expect(checkHeaderName('x-\u212aey', { credentialHeaders }).map(({ code }) => code)).to.deep.equal([
      'header.syntax',
    ]);
    expect(checkHeaderName('x-keys', { credentialHeaders })).to.deep.equal([]);
  });

  it('allows 100 characters', () => {
    expect(checkHeaderName('a'.repeat(100))).to.deep.equal([]);
    expect(checkHeaderName('a'.repeat(103))).to.deep.equal([
      { code: 'text.tooLong', severity: 'error', params: { count: 3, max: 100 } },
    ]);
  });

  it('accepts only tokens of RFC 9110', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (name) => {
        if (checkHeaderName(name).length) return;
        // The Headers class holds the same grammar.
        expect([...new Headers([[name, '']]).keys()]).to.deep.equal([asciiLowercase(name)]);
      }),
    );
    for (let code = 0; code < 256; code++) {
      const character = String.fromCharCode(code);
      const legal = !codes(checkHeaderName(`x${character}`)).includes('header.syntax');
      expect(legal, character).to.equal(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]$/.test(character));
    }
  });
});

describe('checkCredentialHeaderName', () => {
  it('allows authorization and refuses what the sender owns', () => {
    for (const name of ['Authorization', 'X-Api-Key', 'x-auth-token'])
      expect(checkCredentialHeaderName(name)).to.deep.equal([]);
    for (const name of ['host', 'cookie', 'content-type', 'x-amz-date', 'a b'])
      expect(checkCredentialHeaderName(name)).to.have.length(1);
  });
});

describe('checkHeaderValue', () => {
  it('gives every vector its verdict', async () => {
    const { values } = await vectors<HeaderVectors>('http-headers');
    for (const { value, valid, why } of values) expect(checkHeaderValue(value).length === 0, why).to.equal(valid === 1);
  });

  it('says what is wrong', () => {
    expect(codes(checkHeaderValue('a\r\nX: y'))).to.deep.equal(['text.control']);
    expect(codes(checkHeaderValue('a\0'))).to.deep.equal(['text.control']);
    expect(codes(checkHeaderValue('Müller'))).to.deep.equal(['header.ascii']);
    expect(codes(checkHeaderValue('🔑'))).to.deep.equal(['header.ascii']);
    for (const value of [' a', 'a ', '\ta', 'a\t', ' '])
      expect(codes(checkHeaderValue(value)), JSON.stringify(value)).to.deep.equal(['header.outerSpace']);
    for (const value of ['a b', 'a\tb', 'Bearer abc', 'a'.repeat(4096)])
      expect(checkHeaderValue(value)).to.deep.equal([]);
    expect(checkHeaderValue('a'.repeat(4097))).to.deep.equal([
      { code: 'text.tooLong', severity: 'error', params: { count: 1, max: 4096 } },
    ]);
  });

  it('accepts only what the Headers class keeps as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (value) => {
        if (checkHeaderValue(value).length) return;
        expect(new Headers([['x', value]]).get('x')).to.equal(value);
        expect(value).to.match(/^[\t -~]*$/);
      }),
    );
  });
});

describe('duplicateHeaderIndexes', () => {
  it('finds every later one, whatever the case, in ASCII only', () => {
    expect(duplicateHeaderIndexes(['X-Key', 'a', 'x-key', '', 'X-KEY', ''])).to.deep.equal([2, 4]);
    expect(duplicateHeaderIndexes(['k', '\u212a', 's', '\u017f', 'i', 'İ'])).to.deep.equal([]);
    expect(duplicateHeaderIndexes(['__proto__', 'constructor', '__PROTO__', 'toString'])).to.deep.equal([2]);
  });

  it('leaves a list without duplicates when those are taken out', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'A', 'b', 'B', 'c', '')), (names) => {
        const duplicates = duplicateHeaderIndexes(names);
        const rest = names.filter((_, index) => !duplicates.includes(index));
        expect(duplicateHeaderIndexes(rest)).to.deep.equal([]);
        expect(new Set(rest.map(asciiLowercase))).to.deep.equal(new Set(names.map(asciiLowercase)));
      }),
    );
  });
});
