import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import type { DemoCredentials } from './credentials.js';

export interface ProviderOptions {
  /** Where it can be reached by a browser; what its tokens are signed as. */
  issuer: string;
  credentials: Pick<DemoCredentials, 'clientCredentials' | 'authorizationCode'>;
  /** Seconds that an access token is good for. */
  accessTokenTtl: number;
}

/** What access tokens are for. */
export const audience = 'https://hooks.receivers.example/';
const scope = 'events:write';

/** An OpenID provider with a login page that takes any name. New keys each time: tokens of an earlier run are void. */
export async function createProvider({ issuer, credentials, accessTokenTtl }: ProviderOptions): Promise<Provider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' } as JWK;
  const { clientCredentials, authorizationCode } = credentials;
  const configuration: Configuration = {
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'offline_access', scope],
    clients: [
      {
        client_id: clientCredentials.clientId,
        client_secret: clientCredentials.clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_basic',
      },
      {
        client_id: authorizationCode.clientId,
        client_secret: authorizationCode.clientSecret,
        // Of a native client's loopback address any port is right (RFC 8252 §7.3): the host takes a free one.
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['http://127.0.0.1/host/oauth/callback'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope, audience, accessTokenFormat: 'jwt', accessTokenTTL: accessTokenTtl }),
      },
    },
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    ttl: { AccessToken: accessTokenTtl, ClientCredentials: accessTokenTtl, AuthorizationCode: 60, Grant: 86_400, IdToken: 3600, Interaction: 600, RefreshToken: 86_400, Session: 86_400 },
  };
  return new Provider(issuer, configuration);
}
