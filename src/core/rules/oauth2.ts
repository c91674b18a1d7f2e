import { encodeBasicCredentials } from './basic.js';
import { error, type Finding } from './finding.js';
import { checkControl } from './text.js';

/** A client id or client secret: `*VSCHAR` (RFC 6749 appendix A.1, A.2), printable ASCII. Returns an error or none. */
export const checkClientCredential = (text: string): Finding[] =>
  /[^ -~]/.test(text) ? [error('oauth.characters')] : [];

/**
 * A scope: scope-tokens separated by single spaces (RFC 6749 §3.3, appendix A.4), none twice. Returns an error or none.
 */
export function checkScope(scope: string): Finding[] {
  const tokens = scope.split(' ');
  if (!tokens.every((token) => /^[!#-[\]-~]+$/.test(token))) return [error('oauth.scope')];
  return new Set(tokens).size < tokens.length ? [error('oauth.scopeDuplicate')] : [];
}

/** An audience: any text that says something (RFC 8693 §2.1), without control characters. Returns all errors. */
export const checkAudience = (audience: string): Finding[] =>
  audience.trim() ? checkControl(audience) : [error('oauth.audience')];

/** application/x-www-form-urlencoded (RFC 6749 appendix B). */
const formEncode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/**
 * Returns the value of the `Authorization` header for client authentication `basic`: id and secret are form-urlencoded
 * before base64 (RFC 6749 §2.3.1), so that a ":" in the id stays apart from the one between them.
 */
export const encodeClientCredentials = (id: string, secret: string): string =>
  encodeBasicCredentials(formEncode(id), formEncode(secret));
