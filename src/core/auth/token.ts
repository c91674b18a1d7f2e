import { text } from '../primitives.js';
import { defineAuthType } from './auth-type.js';

/** Token: one header of the receiver's choice that carries a token. */
export const token = defineAuthType('token', (secret) => ({ key: text, value: secret }), [
  { name: 'key', kind: 'text', rule: 'credentialHeaderName' },
  { name: 'value', kind: 'secret', rule: 'headerValue' },
]);
