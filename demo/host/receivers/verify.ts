// Each way to authenticate is verified with another library than the one that the host signs with.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import aws4 from 'aws4';
import basicAuth from 'basic-auth';
import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { Webhook } from 'standardwebhooks';
import type { DemoCredentials } from './credentials.js';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Throws with the reason why a call is not let in. */
export type Verify = (call: Received) => void | Promise<void>;

const MINUTES_OF_SKEW = 5;

/** In constant time, whatever the lengths. */
const same = (one: string, other: string) =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

function check(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new Error(reason);
}

const valueOf = (headers: IncomingHttpHeaders, name: string) => (Object.hasOwn(headers, name.toLowerCase()) ? String(headers[name.toLowerCase()]) : '');

/** With a header named `__proto__` among them, for which Node's object has no place. */
export function headersOf({ headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): IncomingHttpHeaders {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === '__proto__');
  return Object.fromEntries([...Object.entries(headers), ...(at < 0 ? [] : [['__proto__', rawHeaders[at + 1]] as const])]);
}

export const verifyHeaders =
  (expected: DemoCredentials['headers']): Verify =>
  ({ headers }) => {
    for (const { key, value } of expected) check(same(valueOf(headers, key), value), `${key} is wrong`);
  };

export const verifyToken = ({ key, value }: DemoCredentials['token']): Verify => verifyHeaders([{ key, value }]);

export const verifyBasic =
  ({ username, password }: DemoCredentials['basic']): Verify =>
  ({ headers }) => {
    const given = basicAuth.parse(valueOf(headers, 'authorization'));
    check(given !== undefined, 'There is no Basic authentication');
    check(same(given.name, username) && same(given.pass, password), 'The username or password is wrong');
  };

export const verifyAws4 =
  ({ accessKey, secretKey, region, service }: DemoCredentials['aws4']): Verify =>
  ({ method, path, headers, body }) => {
    const authorization = valueOf(headers, 'authorization');
    const signed = /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1]?.split(';');
    check(signed !== undefined, 'There is no AWS4 signature');
    check(signed.includes('host'), 'The host is not signed');
    const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(valueOf(headers, 'x-amz-date')) ?? [];
    const age = Date.now() - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    check(Math.abs(age) < MINUTES_OF_SKEW * 60_000, 'The signature is too old');
    const request = {
      ...{ method, path, body, service, region, host: valueOf(headers, 'host') },
      // The library copies them name by name, and puts the names in lower case by itself.
      headers: Object.fromEntries(signed.map((name) => [name === '__proto__' ? '__PROTO__' : name, valueOf(headers, name)])),
      // It looks names up in an object, where `constructor` is one to ignore.
      extraHeadersToInclude: Object.fromEntries(signed.map((name) => [name, true])),
      // The library would add the length by itself, signed or not. Its types do not know this option yet.
      extraHeadersToIgnore: { 'content-length': !signed.includes('content-length') },
    };
    const again = aws4.sign(request, { accessKeyId: accessKey, secretAccessKey: secretKey });
    const expected = /Signature=([\da-f]{64})/.exec(String(again.headers?.['Authorization']))?.[1] ?? '';
    check(same(/Signature=([\da-f]{64})/.exec(authorization)?.[1] ?? '-', expected), 'The signature is wrong');
    check(authorization.includes(`Credential=${accessKey}/`), 'The access key is unknown');
  };

export const verifyHmac =
  ({ clientId, clientSecret }: DemoCredentials['hmac']): Verify =>
  ({ headers, body }) => {
    const [, id = '', signature = ''] = /^HMAC-SHA256 ClientId="([^"]*)", Signature="([^"]*)"$/.exec(valueOf(headers, 'authorization')) ?? [];
    check(decodeURIComponent(id) === clientId, 'The client id is unknown');
    const timestamp = valueOf(headers, 'webhook-timestamp');
    check(Math.abs(Date.now() / 1000 - Number(timestamp)) < MINUTES_OF_SKEW * 60, 'The signature is too old');
    const key = clientSecret.startsWith('whsec_') ? Buffer.from(clientSecret.slice('whsec_'.length), 'base64') : Buffer.from(clientSecret);
    const expected = hmac(sha256, key, Buffer.from(`${valueOf(headers, 'webhook-id')}.${timestamp}.${body}`));
    check(same(signature, Buffer.from(expected).toString('base64')), 'The signature is wrong');
  };

/** A JWT access token (RFC 9068), judged by the provider's public keys. */
export const verifyOAuth2 =
  (keys: JWTVerifyGetKey, expected: { issuer: string; audience: string }): Verify =>
  async ({ headers }) => {
    const token = /^Bearer (\S+)$/.exec(valueOf(headers, 'authorization'))?.[1];
    check(token !== undefined, 'There is no access token');
    const { payload } = await jwtVerify(token, keys, expected);
    const { scope } = payload;
    check(typeof scope === 'string' && scope.split(' ').includes('events:write'), 'The scope is missing');
  };

/** The headers of Standard Webhooks, that every call has. */
export const verifyStandardWebhooks =
  (secret: () => Promise<string>): Verify =>
  async ({ headers, body }) => {
    const text = await secret();
    const webhook = text.startsWith('whsec_') ? new Webhook(text) : new Webhook(text, { format: 'raw' });
    // It parses what it has verified, and a body need not be JSON.
    try {
      webhook.verify(body, headers as Record<string, string>);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  };
