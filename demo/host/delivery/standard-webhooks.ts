import { createHmac } from 'node:crypto';

/** What a signature covers (Standard Webhooks, "Signature scheme"): the message's id, the time in seconds, the body. */
export const signedContent = (id: string, timestamp: number, body: string): string => `${id}.${timestamp}.${body}`;

/** The key in a secret: of `whsec_…` the bytes that its base64 stands for, of any other text its UTF-8. */
export function signingKey(secret: string): Buffer {
  const digits = /^whsec_((?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?|[A-Za-z\d+/]{2,3}={1,2})$/.exec(secret)?.[1];
  return digits === undefined ? Buffer.from(secret) : Buffer.from(digits, 'base64');
}

export const hmacSha256 = (key: Buffer, text: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest();

/** The three headers of Standard Webhooks. */
export const standardHeaders = (id: string, timestamp: number, body: string, secret: string) => [
  { key: 'webhook-id', value: id },
  { key: 'webhook-timestamp', value: String(timestamp) },
  { key: 'webhook-signature', value: `v1,${hmacSha256(signingKey(secret), signedContent(id, timestamp, body)).toString('base64')}` },
];
