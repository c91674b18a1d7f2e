import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { awsRegions, awsServices } from '../../../src/core/rules/aws4-suggestions.js';
import { checkAccessKey, checkRegion, checkSecretKey, checkService } from '../../../src/core/rules/aws4.js';
import {
  checkBasicPair,
  checkBasicPassword,
  checkBasicUsername,
  encodeBasicCredentials,
} from '../../../src/core/rules/basic.js';
import { hasError, type Finding } from '../../../src/core/rules/finding.js';
import { checkHmacClientId, checkHmacClientSecret } from '../../../src/core/rules/hmac.js';
import {
  checkAudience,
  checkClientCredential,
  checkScope,
  encodeClientCredentials,
} from '../../../src/core/rules/oauth2.js';
import { vectors } from '../../helpers/vectors.js';
import { codes } from './codes.js';

const decodeBasic = (header: string) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(header.replace(/^Basic /, '')), (character) => character.charCodeAt(0)),
  );

describe('Basic', () => {
  it('gives every vector its verdict and its header', async () => {
    const { cases } = await vectors<{
      cases: { user: string; password: string; valid: boolean; why: string; expect: string | null }[];
    }>('basic-auth');
    for (const { user, password, valid, why, expect: header } of cases) {
      const findings = [
        ...checkBasicUsername(user),
        ...checkBasicPassword(password),
        ...checkBasicPair(user, password),
      ];
      expect(findings.length === 0, why).to.equal(valid);
      if (header) expect(encodeBasicCredentials(user, password), why).to.equal(header);
    }
  });

  it('refuses a colon in the username only, and both parts empty', () => {
    expect(codes(checkBasicUsername('a:b'))).to.deep.equal(['basic.colon']);
    expect(checkBasicPassword('a:b')).to.deep.equal([]);
    expect(checkBasicPassword('••••••••')).to.deep.equal([]);
    expect(codes(checkBasicPair('', ''))).to.deep.equal(['basic.empty']);
    expect(checkBasicPair(' ', '')).to.deep.equal([]);
  });

  it('refuses half a surrogate pair, and still encodes it', () => {
    expect(codes(checkBasicPassword('a\ud800'))).to.deep.equal(['text.control']);
    expect(decodeBasic(encodeBasicCredentials('\udc00', 'a\ud800'))).to.equal('\ufffd:a\ufffd');
  });

  it('comes back from base64 as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (username, password) => {
        if ([...checkBasicUsername(username), ...checkBasicPassword(password)].length) return;
        const decoded = decodeBasic(encodeBasicCredentials(username, password));
        expect(decoded.slice(0, decoded.indexOf(':'))).to.equal(username);
        expect(decoded.slice(decoded.indexOf(':') + 1)).to.equal(password);
      }),
    );
    expect(encodeBasicCredentials('', 'ü'.repeat(1_000_000))).to.have.length(2_666_674);
  });
});

describe('AWS4', () => {
  interface Cases {
    readonly v: string;
    readonly valid: boolean;
  }

  it('gives every vector its verdict', async () => {
    const fields = await vectors<Record<'accessKeyId' | 'secretKey' | 'region' | 'service', Cases[]>>('aws4-fields');
    const judge = (cases: Cases[], check: (value: string) => Finding[], verdict: (findings: Finding[]) => boolean) => {
      for (const { v, valid } of cases) expect(verdict(check(v)), v).to.equal(valid);
    };
    judge(fields.accessKeyId, checkAccessKey, (findings) => !hasError(findings));
    judge(fields.secretKey, checkSecretKey, (findings) => !findings.length);
    judge(fields.region, checkRegion, (findings) => !findings.length);
    judge(fields.service, checkService, (findings) => !findings.length);
  });

  it('warns that an ASIA key expires', () => {
    expect(checkAccessKey('ASIAIOSFODNN7EXAMPLE')).to.deep.equal([{ code: 'aws.temporary', severity: 'warning' }]);
    expect(checkAccessKey('AKIAIOSFODNN7EXAMPLE')).to.deep.equal([]);
    expect(codes(checkAccessKey('ASIA'))).to.deep.equal(['aws.accessKey']);
  });

  it('refuses what is invisible in a secret key, and only warns of its length', () => {
    const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    for (const bad of [
      ` ${key}`,
      `${key} `,
      `${key}\n`,
      key.replace('/', ' '),
      `${key}\0`,
      `${key}\u00a0`,
      `${key}\u2028`,
    ])
      expect(checkSecretKey(bad), JSON.stringify(bad)).to.deep.equal([{ code: 'aws.secretSpace', severity: 'error' }]);
    for (const odd of ['short', key + 'x', '••••••••'])
      expect(checkSecretKey(odd)).to.deep.equal([{ code: 'aws.secretLength', severity: 'warning' }]);
  });

  it('suggests only what it accepts, none twice', () => {
    for (const [list, check] of [
      [awsRegions, checkRegion],
      [awsServices, checkService],
    ] as const) {
      expect(list).to.have.length.greaterThan(15);
      expect(new Set(list).size).to.equal(list.length);
      for (const one of list) expect(check(one), one).to.deep.equal([]);
    }
  });
});

describe('HMAC-SHA256', () => {
  it('warns of every whsec_ vector that is not valid, and of nothing else', async () => {
    const { cases } = await vectors<{ cases: { secret: string; valid: boolean; why: string }[] }>(
      'standard-webhooks-secrets',
    );
    for (const { secret, valid, why } of cases)
      expect(codes(checkHmacClientSecret(secret)), why).to.deep.equal(
        secret.startsWith('whsec_') && !valid ? ['hmac.whsec'] : [],
      );
  });

  it('warns of every length of key but 24–64 bytes', () => {
    for (let bytes = 0; bytes <= 90; bytes++) {
      const secret = `whsec_${btoa('\xff'.repeat(bytes))}`;
      expect(checkHmacClientSecret(secret).length === 0, `${bytes} bytes`).to.equal(bytes >= 24 && bytes <= 64);
      if (secret.endsWith('='))
        expect(checkHmacClientSecret(secret.slice(0, -1)), `${bytes} bytes, cut`).to.have.length(1);
    }
  });

  it('refuses control characters and takes everything else', () => {
    for (const check of [checkHmacClientId, checkHmacClientSecret]) {
      expect(checkHmacClientSecret('whsec_\n')).to.deep.equal([{ code: 'text.control', severity: 'error' }]);
      expect(codes(check('a\nb'))).to.deep.equal(['text.control']);
      for (const text of ['a', ' a b ', 'ü🔑', '••••••••']) expect(check(text)).to.deep.equal([]);
    }
  });
});

describe('OAuth2', () => {
  interface OauthVectors {
    readonly scope: { scope: string; valid: boolean }[];
    readonly clientBasic: { clientId: string; clientSecret: string; expect: string }[];
  }

  it('gives every scope vector its verdict', async () => {
    const { scope } = await vectors<OauthVectors>('oauth-bearer');
    for (const { scope: text, valid } of scope) expect(checkScope(text).length === 0, text).to.equal(valid);
  });

  it('says what is wrong with a scope', () => {
    for (const scope of ['a"b', 'a\\b', 'ü', 'a,b  c', ''])
      expect(codes(checkScope(scope)), scope).to.deep.equal(['oauth.scope']);
    expect(codes(checkScope('read write read'))).to.deep.equal(['oauth.scopeDuplicate']);
    expect(checkScope('read Read https://example.com/x.y:z __proto__ constructor')).to.deep.equal([]);
  });

  it('takes printable ASCII as client id and secret', () => {
    for (const text of ['a b', ' ~!"\\', '']) expect(checkClientCredential(text)).to.deep.equal([]);
    for (const text of ['ü', 'a\t', 'a\x7f', '\0', '\ud800'])
      expect(codes(checkClientCredential(text))).to.deep.equal(['oauth.characters']);
  });

  it('takes any visible audience', () => {
    for (const text of ['https://api.example.com/', 'urn:example:svc', 'Büro'])
      expect(checkAudience(text)).to.deep.equal([]);
    expect(codes(checkAudience('  '))).to.deep.equal(['oauth.audience']);
    expect(codes(checkAudience('a\nb'))).to.deep.equal(['text.control']);
  });

  it('form-urlencodes id and secret before base64', async () => {
    const { clientBasic } = await vectors<OauthVectors>('oauth-bearer');
    for (const { clientId, clientSecret, expect: header } of clientBasic)
      expect(encodeClientCredentials(clientId, clientSecret)).to.equal(header);
    expect(decodeBasic(encodeClientCredentials('\ud800', '~*'))).to.equal('%EF%BF%BD:%7E*');
  });

  it('keeps id and secret apart, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (id, secret) => {
        const parts = decodeBasic(encodeClientCredentials(id, secret)).split(':');
        expect(parts.map((part) => decodeURIComponent(part.replaceAll('+', ' ')))).to.deep.equal([id, secret]);
      }),
    );
  });
});
