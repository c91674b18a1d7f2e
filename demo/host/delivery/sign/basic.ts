import { encodeBasicCredentials } from 'webhook-settings/core';
import { MASK, type Credential, type SignedHeader } from './signer.js';

/** Basic (RFC 7617). */
export const signBasic = ({ username, password }: Credential<'basic'>): SignedHeader[] => [
  { key: 'Authorization', value: encodeBasicCredentials(username, password as string), shown: `Basic ${MASK}` },
];
