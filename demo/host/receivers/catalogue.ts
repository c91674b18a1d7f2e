import type { WebhookInput } from 'webhook-settings/core';
import type { DemoCredentials } from './credentials.js';

const base = 'https://hooks.receivers.example/hooks';
const login = 'https://login.receivers.example';

const one = (type: WebhookInput['authentication']['type'], credential?: object) =>
  ({ type, organizationSpecific: false, credentials: credential ? [credential] : [] }) as WebhookInput['authentication'];

/** A webhook for each of the demo's receivers, as one would type it into the form. */
export function catalogue(credentials: DemoCredentials): WebhookInput[] {
  const { headers, basic, token, aws4, hmac, clientCredentials, authorizationCode } = credentials;
  const oauth = { tokenUrl: `${login}/token` };
  const make = (name: string, path: string, authentication: WebhookInput['authentication'], more: Partial<WebhookInput> = {}): WebhookInput => ({
    name,
    events: ['milestone.status_change'],
    url: `${base}/${path}`,
    method: 'POST',
    contentType: 'application/json',
    headers: [],
    test: false,
    active: true,
    authentication,
    ...more,
  });
  return [
    make('Headers receiver', 'headers', one('headers', { headers })),
    make('Basic receiver', 'basic', one('basic', basic), { contentType: 'application/xml' }),
    make('Token receiver', 'token', one('token', token), { method: 'PUT' }),
    make('AWS4 receiver', 'aws4?stage=prod&v=1', one('aws4', { ...aws4, baseEndpoint: 'https://hooks.receivers.example' })),
    make('HMAC-SHA256 receiver', 'hmac-sha256', one('hmac-sha256', hmac), { contentType: 'application/x-www-form-urlencoded' }),
    make('Receiver without authentication', 'none', one('none'), { headers: [{ key: 'X-Tenant', value: '7' }] }),
    make('OAuth2 receiver, for a machine', 'oauth2', one('oauth2', { grantType: 'client_credentials', ...oauth, ...clientCredentials, clientAuthentication: 'basic' })),
    make(
      'OAuth2 receiver, for a person',
      'oauth2',
      one('oauth2', { grantType: 'authorization_code', authorizationUrl: `${login}/auth`, ...oauth, ...authorizationCode, clientAuthentication: 'post' }),
    ),
  ];
}
