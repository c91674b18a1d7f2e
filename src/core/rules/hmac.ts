import { warning, type Finding } from './finding.js';
import { checkControl } from './text.js';

/** The id that tells the receiver whose key signed: no control characters. Returns an error or none. */
export const checkHmacClientId = (id: string): Finding[] => checkControl(id);

/**
 * An HMAC key, of any length (RFC 2104 §3), without control characters. A `whsec_` secret (Standard Webhooks, "Signature
 * scheme") should be padded base64 (RFC 4648 §4) of 24–64 bytes; if it is not, a part of it was probably not copied.
 * Returns an error, a warning or nothing.
 */
export function checkHmacClientSecret(secret: string): Finding[] {
  const control = checkControl(secret);
  if (control.length || !secret.startsWith('whsec_')) return control;
  const [, digits = ''] = /^whsec_([A-Za-z\d+/]{32,86})={0,2}$/.exec(secret) ?? [];
  const padded = (secret.length - 'whsec_'.length) % 4 === 0;
  const bytes = Math.floor((digits.length * 3) / 4);
  return padded && bytes >= 24 && bytes <= 64 ? [] : [warning('hmac.whsec')];
}
