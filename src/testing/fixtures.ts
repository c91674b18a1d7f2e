import { secretSlots } from '../adapters/secret-slots.js';
import type { AuthenticationInput, AuthTypeId } from '../core/auth/index.js';
import type { WebhookInput } from '../core/webhook.js';

export interface SampleOptions {
  /** Ids: one credential for each. Without them there is one credential for all. */
  organizations?: readonly string[] | undefined;
  /** What makes the name and the secrets unlike those of another sample. */
  mark?: string;
}

/** Values that every rule accepts; `secret(n)` is the n-th secret of the credential. */
const credentials: Record<AuthTypeId, (secret: (place: number) => string) => object> = {
  headers: (secret) => ({
    headers: [
      { key: 'X-Api-Key', value: secret(0) },
      { key: 'X-Api-Secret', value: secret(1) },
    ],
  }),
  basic: (secret) => ({ username: 'integration', password: secret(0) }),
  token: (secret) => ({ key: 'X-Auth-Token', value: secret(0) }),
  aws4: (secret) => ({
    accessKey: 'AKIDEXAMPLE123456789',
    secretKey: secret(0),
    region: 'us-east-1',
    service: 'execute-api',
    baseEndpoint: 'https://execute-api.us-east-1.amazonaws.com',
  }),
  'hmac-sha256': (secret) => ({ clientId: 'client-1', clientSecret: secret(0) }),
  none: () => ({}),
  oauth2: (secret) => ({
    grantType: 'authorization_code',
    authorizationUrl: 'https://login.example.com/authorize',
    tokenUrl: 'https://login.example.com/token',
    clientId: 'client-1',
    clientSecret: secret(0),
    scope: 'events.write events.read',
    audience: 'https://api.example.com',
    clientAuthentication: 'basic',
  }),
};

/** A complete, valid webhook of this authentication type. Its secrets are of 40 characters and unlike each other. */
export function sampleWebhookInput(type: AuthTypeId, { organizations, mark = 'sample' }: SampleOptions = {}): WebhookInput {
  const credential = (organizationId?: string, index = 0) => ({
    ...(organizationId !== undefined && { organizationId }),
    ...credentials[type]((place) => `${type}-${mark}-${index}${place}-`.padEnd(36, 'canary') + `${index}${place}zz`),
  });
  return {
    name: `${type} ${mark}`,
    events: ['milestone.status_change'],
    url: `https://hooks.example.com/${type}`,
    method: 'POST',
    contentType: 'application/json',
    headers: [
      { key: 'X-Tenant', value: '7' },
      { key: 'X-Region', value: 'north west' },
    ],
    test: false,
    active: true,
    authentication: {
      type,
      organizationSpecific: Boolean(organizations) && type !== 'none',
      credentials: type === 'none' ? [] : organizations ? organizations.map(credential) : [credential()],
    } as AuthenticationInput,
  };
}

/** The value of every secret in `input`, by its path. */
export function secretsOf({ authentication }: Pick<WebhookInput, 'authentication'>): Map<string, string> {
  return new Map(
    secretSlots(authentication).flatMap(({ path, row, name }) => {
      const value = row[name];
      return typeof value === 'string' ? [[path, value] as const] : [];
    }),
  );
}
