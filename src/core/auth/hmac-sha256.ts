import { text } from '../primitives.js';
import { defineAuthType } from './auth-type.js';

/** HMAC-SHA256: the body is signed with a shared secret (RFC 2104, FIPS 180-4). */
export const hmacSha256 = defineAuthType('hmac-sha256', (secret) => ({ clientId: text, clientSecret: secret }), [
  { name: 'clientId', kind: 'text', rule: 'hmacClientId' },
  { name: 'clientSecret', kind: 'secret', rule: 'hmacClientSecret' },
]);
