import * as z from 'zod/mini';
import { optionalText, text } from '../primitives.js';
import { defineAuthType, type AuthField } from './auth-type.js';

const grantTypes = ['authorization_code', 'client_credentials'] as const;
const clientAuthentications = ['basic', 'post'] as const;

const fields: readonly AuthField[] = [
  { name: 'grantType', kind: 'select', options: grantTypes },
  {
    name: 'authorizationUrl',
    kind: 'text',
    rule: 'url',
    when: { field: 'grantType', is: 'authorization_code' },
  },
  { name: 'tokenUrl', kind: 'text', rule: 'url' },
  { name: 'clientId', kind: 'text', rule: 'oauthClientCredential' },
  { name: 'clientSecret', kind: 'secret', rule: 'oauthClientCredential' },
  { name: 'scope', kind: 'text', rule: 'oauthScope', optional: true },
  { name: 'audience', kind: 'text', rule: 'oauthAudience', optional: true },
  { name: 'clientAuthentication', kind: 'select', options: clientAuthentications },
];

/** OAuth2 (RFC 6749 §4.1, §4.4): the host fetches an access token that travels as a Bearer token (RFC 6750). */
export const oauth2 = defineAuthType(
  'oauth2',
  (secret) => ({
    grantType: z.literal(grantTypes),
    authorizationUrl: optionalText,
    tokenUrl: text,
    clientId: text,
    clientSecret: secret,
    scope: optionalText,
    audience: optionalText,
    clientAuthentication: z.literal(clientAuthentications),
  }),
  fields,
);
