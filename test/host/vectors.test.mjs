// What the host signs, against the vectors of AWS, RFC 4231, Wycheproof and Standard Webhooks.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { register } from 'tsx/esm/api';

register();
const { signAws4Request, queryBag } = await import('../../demo/host/delivery/sign/aws4.ts');
const { hmacSha256, signedContent, signingKey, standardHeaders } = await import('../../demo/host/delivery/standard-webhooks.ts');
const { serialize } = await import('../../demo/host/delivery/body.ts');
const { signHmacSha256 } = await import('../../demo/host/delivery/sign/hmac-sha256.ts');

const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));
// Of other projects, with licences of their own: they are kept beside the repository.
const external = new URL('../../../shared/vectors/', import.meta.url);
const aws = new URL('aws-sigv4/', external);
const wycheproof = new URL('wycheproof/hmac_sha256_test.json', external);

describe('AWS4', () => {
  const cases = existsSync(aws) ? readdirSync(aws, { withFileTypes: true }).filter((one) => one.isDirectory()) : [];
  if (!cases.length) it('signs as the test suite of AWS', { skip: 'the vectors of aws-sigv4 are not here' });

  for (const { name } of cases) {
    const read = (file) => readFileSync(new URL(`${name}/${file}`, aws), 'utf8');
    const { credentials, region, service, timestamp, normalize, sign_body: signBody } = JSON.parse(read('context.json'));
    // The form has no session token, and a URL is always normalized by WHATWG's rules.
    if (credentials.token || !normalize) continue;
    it(`signs as the test suite of AWS: ${name}`, async () => {
      const [head, body = ''] = read('request.txt').replaceAll('\r', '').split('\n\n');
      const [line, ...lines] = head.replace(/\n[ \t]+/g, ' ').split('\n');
      const [, method, target] = /^(\w+) (.+) HTTP\/1\.1$/.exec(line);
      const [path, query = ''] = target.split('?');
      const headers = {};
      for (const one of lines.filter(Boolean)) {
        const [, key, value] = /^([^:]+):\s*(.*?)\s*$/.exec(one);
        const lower = key.toLowerCase();
        headers[lower] = headers[lower] === undefined ? value.replace(/\s+/g, ' ') : `${headers[lower]},${value}`;
      }
      const signed = await signAws4Request(
        { method, path, query: queryBag(new URLSearchParams(query)), headers, body },
        { accessKey: credentials.access_key_id, secretKey: credentials.secret_access_key, region, service },
        new Date(timestamp),
        signBody,
      );
      const expected = /^Authorization:(.*)$/m.exec(read('header-signed-request.txt'))[1].trim();
      assert.equal(signed.authorization, expected);
    });
  }
});

describe('AWS4 of odd names', () => {
  const hash = (text) => createHash('sha256').update(text).digest('hex');
  const mac = (key, text) => createHmac('sha256', key).update(text).digest();
  const key = { accessKey: 'AKIADEMO000000000001', secretKey: 'a secret', region: 'us-east-1', service: 'execute-api' };

  // By the steps of the specification, with nothing that has a prototype.
  for (const [query, canonicalQuery] of [
    ['__proto__=1', '__proto__=1'],
    ['constructor=1', 'constructor=1'],
    ['b=2&__proto__=%27z&a&__proto__=y', '__proto__=%27z&__proto__=y&a=&b=2'],
  ])
    it(`signs a query of ${query}`, async () => {
      const headers = Object.fromEntries([['__proto__', '1'], ['constructor', '2'], ['host', 'a.example.com']]);
      const signed = await signAws4Request({ method: 'POST', path: '/', query: queryBag(new URLSearchParams(query)), headers, body: 'x' }, key, new Date(0));
      const names = /SignedHeaders=([^,]+)/.exec(signed.authorization)[1].split(';');
      assert.deepEqual(names, ['__proto__', 'constructor', 'host', 'x-amz-content-sha256', 'x-amz-date']);
      const value = (name) => Object.getOwnPropertyDescriptor(signed, name).value;
      const canonical = ['POST', '/', canonicalQuery, ...names.map((name) => `${name}:${value(name)}`), '', names.join(';'), hash('x')].join('\n');
      const scope = '19700101/us-east-1/execute-api/aws4_request';
      const signing = scope.split('/').reduce((secret, part) => mac(secret, part), `AWS4${key.secretKey}`);
      assert.ok(signed.authorization.endsWith(`Signature=${mac(signing, ['AWS4-HMAC-SHA256', '19700101T000000Z', scope, hash(canonical)].join('\n')).toString('hex')}`));
    });
});

describe('XML', () => {
  it('keeps each value where two names come to the same one', () => {
    const xml = serialize('application/xml', JSON.parse('{"a b": 1, "a_b": [2, 3], "a-b": 4, "größe": {"x y": "5", "x_y": null}, "__proto__": 6}'));
    assert.equal(xml, '<?xml version="1.0" encoding="UTF-8"?><event><a_b>1</a_b><a_b><item>2</item><item>3</item></a_b><a-b>4</a-b><gr__e><x_y>5</x_y><x_y/></gr__e><__proto__>6</__proto__></event>');
  });
});

describe('HMAC-SHA256', () => {
  it('is that of RFC 4231', () => {
    const { cases } = vectors('rfc4231-hmac-sha256');
    assert.ok(cases.length > 0);
    for (const { tc, keyHex, msgHex, tagHex, tagBits } of cases) {
      const message = Buffer.from(msgHex, 'hex');
      assert.equal(hmacSha256(Buffer.from(keyHex, 'hex'), message).toString('hex').slice(0, tagBits / 4), tagHex, tc);
    }
  });

  it('is that of Wycheproof', { skip: existsSync(wycheproof) ? false : 'the vectors of wycheproof are not here' }, () => {
    const { testGroups } = JSON.parse(readFileSync(wycheproof, 'utf8'));
    let count = 0;
    for (const { tests, tagSize } of testGroups)
      for (const { tcId, key, msg, tag, result } of tests) {
        const made = hmacSha256(Buffer.from(key, 'hex'), Buffer.from(msg, 'hex')).toString('hex').slice(0, tagSize / 4);
        assert.equal(made === tag, result === 'valid', `case ${tcId}`);
        count += 1;
      }
    assert.ok(count > 50);
  });

  it('signs id, time and body, and names the client whatever its characters', () => {
    const request = { method: 'POST', url: new URL('https://a.example/'), headers: [], body: '{"ü":1}', messageId: 'evt_1', timestamp: 1700000000 };
    const [{ key, value }] = signHmacSha256({ clientId: 'Zähler "1"', clientSecret: 'geheim ✓' }, request);
    const signature = createHmac('sha256', 'geheim ✓').update('evt_1.1700000000.{"ü":1}').digest('base64');
    assert.deepEqual([key, value], ['Authorization', `HMAC-SHA256 ClientId="Z%C3%A4hler%20%221%22", Signature="${signature}"`]);
  });
});

describe('Standard Webhooks', () => {
  const { cases } = vectors('webhook-hmac');

  it('headers are those of its vectors, and its own library lets them in', () => {
    const own = cases.filter(({ scheme }) => scheme === 'standard-webhooks');
    assert.ok(own.length > 0);
    for (const { secret, msgId, timestamp, body, expect } of own) {
      const headers = Object.fromEntries(standardHeaders(msgId, timestamp, body, secret).map(({ key, value }) => [key, value]));
      assert.deepEqual(headers, { 'webhook-id': msgId, 'webhook-timestamp': String(timestamp), ...expect });
      assert.equal(new Webhook(secret).sign(msgId, new Date(timestamp * 1000), body), headers['webhook-signature']);
    }
  });

  it('takes a secret that is no whsec_ of base64 as the text that it is', () => {
    for (const secret of ['plain', 'whsec_%', 'whsec_', 'whsec_AAA', 'whsec_a-_b'])
      assert.deepEqual(signingKey(secret), Buffer.from(secret), secret);
    assert.deepEqual(signingKey('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX'), Buffer.from(Array.from({ length: 24 }, (_, index) => index)));
    assert.equal(signedContent('a', 1, 'b'), 'a.1.b');
  });
});
