import { defineAuthType } from './auth-type.js';

/** No Authentication: nothing beyond the webhook's own headers. */
export const none = defineAuthType('none', () => ({}), []);
