import { error, type Finding } from './finding.js';
import { checkControl } from './text.js';

/** A Basic password: no control characters (RFC 7617 §2). Nothing is trimmed. Returns an error or none. */
export const checkBasicPassword = (password: string): Finding[] => checkControl(password);

/** A Basic username: as the password, and no ":", which would end it (RFC 7617 §2). Returns all errors. */
export const checkBasicUsername = (username: string): Finding[] => [
  ...checkControl(username),
  ...(username.includes(':') ? [error('basic.colon')] : []),
];

/** Either part may be empty (RFC 7617 §2), but not both: that would be no credential. Returns an error or none. */
export const checkBasicPair = (username: string, password: string): Finding[] =>
  username || password ? [] : [error('basic.empty')];

/**
 * Returns the value of an `Authorization` header: "Basic " and base64 of the UTF-8 of `username:password` (RFC 7617 §2,
 * §2.1). Half a surrogate pair becomes U+FFFD (WHATWG Encoding §8.2); nothing throws.
 */
export function encodeBasicCredentials(username: string, password: string): string {
  // btoa() reads code units as bytes and throws above U+00FF.
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}
