import * as oauth from 'oauth4webapi';
import type { Credential } from '../delivery/sign/signer.js';
import { send, SendError, type SendOptions } from '../delivery/send.js';

export type OAuthCredential = Credential<'oauth2'>;

export interface Tokens {
  accessToken: string;
  refreshToken?: string | undefined;
  expiresAt?: Date | undefined;
}

/** An OpenID provider also says who signed in. Nobody here reads it, so nothing here has to vouch for it. */
function withoutIdToken(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (name, value: unknown) => (name === 'id_token' ? undefined : value));
  } catch {
    return body;
  }
}

/** The provider's token endpoint is an address that someone typed, like a webhook's: it is called with the same care. */
const guardedFetch =
  (options: SendOptions) =>
  async (url: string, { method, headers, body }: oauth.CustomFetchOptions<string, unknown>): Promise<Response> => {
    const answer = await send(
      {
        method,
        url: new URL(url),
        headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
        // A form, always: the library sends nothing else to a token endpoint.
        body: body instanceof URLSearchParams ? body.toString() : (body as string | undefined),
      },
      options,
    );
    if (answer.tooLarge) throw new SendError('authorization');
    const withBody = ![101, 204, 205, 304].includes(answer.status);
    return new Response(withBody ? withoutIdToken(answer.body) : null, {
      status: answer.status,
      headers: answer.headers.map(({ key, value }): [string, string] => [key, value]),
    });
  };

/** A year. What a provider says is no reason to count beyond what a date can hold. */
const LONGEST_SECONDS = 365 * 24 * 60 * 60;

const toTokens = ({ access_token, refresh_token, expires_in }: oauth.TokenEndpointResponse): Tokens => ({
  accessToken: access_token,
  refreshToken: refresh_token,
  expiresAt: expires_in === undefined ? undefined : new Date(Date.now() + Math.min(expires_in, LONGEST_SECONDS) * 1000),
});

/** Of a refused login only its code is told: a provider's text may repeat what it got. */
const refused = (error: unknown): SendError =>
  new SendError(error instanceof SendError && error.code === 'refused-address' ? 'refused-address' : 'authorization', error);

/** Speaks to the provider of one credential (RFC 6749, RFC 7636). Every method rejects with a {@link SendError}. */
export function createOAuthClient(credential: OAuthCredential, options: SendOptions, issuer = 'https://issuer.invalid') {
  const server: oauth.AuthorizationServer = { issuer, token_endpoint: credential.tokenUrl };
  const client: oauth.Client = { client_id: credential.clientId };
  const secret = credential.clientSecret as string;
  const authenticate = credential.clientAuthentication === 'basic' ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
  const more = {
    [oauth.customFetch]: guardedFetch(options),
    // Which scheme is legal is for the address rule to say.
    [oauth.allowInsecureRequests]: true,
  };
  const extra = { ...(credential.audience !== undefined && { audience: credential.audience }) };

  const attempt = async (run: () => Promise<oauth.TokenEndpointResponse>): Promise<Tokens> => {
    try {
      return toTokens(await run());
    } catch (error) {
      throw refused(error);
    }
  };

  return {
    clientCredentials: () =>
      attempt(async () => {
        const parameters = new URLSearchParams({ ...extra, ...(credential.scope !== undefined && { scope: credential.scope }) });
        const response = await oauth.clientCredentialsGrantRequest(server, client, authenticate, parameters, more);
        return oauth.processClientCredentialsResponse(server, client, response);
      }),

    refresh: (refreshToken: string) =>
      attempt(async () => {
        const response = await oauth.refreshTokenGrantRequest(server, client, authenticate, refreshToken, { ...more, additionalParameters: extra });
        return oauth.processRefreshTokenResponse(server, client, response);
      }),

    exchange: (answer: URLSearchParams, state: string, redirectUri: string, codeVerifier: string) =>
      attempt(async () => {
        const parameters = oauth.validateAuthResponse(server, client, answer, state);
        const response = await oauth.authorizationCodeGrantRequest(server, client, authenticate, parameters, redirectUri, codeVerifier, {
          ...more,
          additionalParameters: extra,
        });
        return oauth.processAuthorizationCodeResponse(server, client, response);
      }),
  };
}
