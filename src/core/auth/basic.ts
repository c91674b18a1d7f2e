import { text } from '../primitives.js';
import { defineAuthType } from './auth-type.js';

/** Basic (RFC 7617). Either part may be empty, but not both; so neither is left out. */
export const basic = defineAuthType('basic', (secret) => ({ username: text, password: secret }), [
  { name: 'username', kind: 'text', rule: 'basicUsername' },
  { name: 'password', kind: 'secret', rule: 'basicPassword' },
]);
