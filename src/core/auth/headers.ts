import * as z from 'zod/mini';
import { text } from '../primitives.js';
import { defineAuthType } from './auth-type.js';

/** Headers: secrets of the receiver's choice, each in a header of its own (RFC 9110 §5). */
export const headers = defineAuthType(
  'headers',
  (secret) => ({ headers: z.array(z.object({ key: text, value: secret })) }),
  [
    { name: 'key', kind: 'text', rule: 'credentialHeaderName' },
    { name: 'value', kind: 'secret', rule: 'headerValue' },
  ],
  'headers',
);
