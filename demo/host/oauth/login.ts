import * as oauth from 'oauth4webapi';
import type { Database } from '../database/open.js';
import type { SendOptions } from '../delivery/send.js';
import { hashToken } from '../ids.js';
import { invalid, notFound, Problem } from '../problem.js';
import type { Vault } from '../vault.js';
import type { WebhookRow } from '../webhooks/page.js';
import { openAuthentication } from '../webhooks/secrets.js';
import { createOAuthClient, type OAuthCredential } from './client.js';
import { ownersIn, type TokenOwner } from './owners.js';
import type { TokenStore } from './tokens.js';

const MINUTES = 10;

export interface LoginOwner {
  userId: string;
  accountId: string;
}

/** The authorization-code flow with PKCE (RFC 6749 §4.1, RFC 7636): a person lets a webhook act for them. */
export interface Logins {
  /** Returns the address of the provider's login. */
  start(owner: LoginOwner, webhook: WebhookRow, organizationId: string, redirectUri: string): Promise<string>;
  /** Takes what the provider sent the browser back with. Returns the webhook's id. */
  finish(owner: LoginOwner, answer: URLSearchParams, redirectUri: string): Promise<string>;
}

export function createLogins(db: Database, vault: Vault, tokens: TokenStore, options: SendOptions): Logins {
  /** The credential of an organization, or ('') the only one that there is. */
  const credentialOf = ({ id, url, authentication }: WebhookRow, organizationId: string): { credential: OAuthCredential; token: TokenOwner } => {
    const opened = openAuthentication(vault, id, authentication);
    const credential = opened.type === 'oauth2' ? opened.credentials.find((one) => (one.organizationId ?? '') === organizationId) : undefined;
    const token = ownersIn(vault, id, url, opened).find((one) => one.organizationId === organizationId);
    if (!credential || !token || credential.grantType !== 'authorization_code')
      throw invalid([{ path: 'organizationId', detail: 'There is no login to connect here.' }]);
    return { credential, token };
  };

  /** The names that only this demo knows are of no use to a browser. */
  const forBrowser = (url: URL): URL => {
    const { localNames, allowLoopback } = options;
    return allowLoopback && localNames && url.hostname.endsWith(localNames.suffix)
      ? new URL(url.pathname + url.search, localNames.browserOrigin)
      : url;
  };

  return {
    async start({ userId, accountId }, webhook, organizationId, redirectUri) {
      const { credential, token } = credentialOf(webhook, organizationId);
      const state = oauth.generateRandomState();
      const codeVerifier = oauth.generateRandomCodeVerifier();
      const stateHash = hashToken(state);
      await db
        .insertInto('oauth_logins')
        .values({
          state_hash: stateHash,
          user_id: userId,
          account_id: accountId,
          webhook_id: webhook.id,
          organization_id: organizationId,
          credential: token.credential,
          code_verifier: vault.seal(codeVerifier, `login ${stateHash}`),
          expires_at: new Date(Date.now() + MINUTES * 60_000),
        })
        .execute();
      const url = forBrowser(new URL(credential.authorizationUrl!));
      const parameters = {
        response_type: 'code',
        client_id: credential.clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        scope: credential.scope,
        audience: credential.audience,
        // OpenID Connect Core §11: without it there is no refresh token.
        prompt: credential.scope?.split(' ').includes('offline_access') ? 'consent' : undefined,
      };
      for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
      return url.href;
    },

    async finish({ userId, accountId }, answer, redirectUri) {
      const state = answer.get('state') ?? '';
      const stateHash = hashToken(state);
      // Deleted as it is read: an answer counts once.
      const login = await db.deleteFrom('oauth_logins').where('state_hash', '=', stateHash).where('user_id', '=', userId).returningAll().executeTakeFirst();
      if (!login || login.expires_at.getTime() < Date.now()) throw new Problem(400, 'This login is not known here, or too old.');
      const webhook = await db
        .selectFrom('webhooks')
        .selectAll()
        .where('id', '=', login.webhook_id)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (!webhook) throw notFound();
      if (answer.has('error')) throw new Problem(400, 'The provider refused the login.');
      const { credential, token } = credentialOf(webhook, login.organization_id);
      // The code is of the provider that was asked; another one must not get to see it (RFC 9700 §4.4, mix-up).
      if (token.credential !== login.credential) throw new Problem(409, 'The settings of this webhook have changed since. Connect again.');
      // There is no metadata to compare the issuer with (RFC 9207): it has to be of the origin that was asked.
      const issuer = answer.get('iss') ?? undefined;
      if (issuer !== undefined && (URL.canParse(issuer) ? new URL(issuer).origin : '') !== forBrowser(new URL(credential.authorizationUrl!)).origin)
        throw new Problem(400, 'The answer is of another provider than was asked.');
      const verifier = vault.open(login.code_verifier, `login ${stateHash}`);
      try {
        const received = await createOAuthClient(credential, options, issuer).exchange(answer, state, redirectUri, verifier);
        await tokens.save(token, received);
      } catch (error) {
        throw new Problem(502, 'The provider refused to hand out a token.', { detail: error instanceof Error ? error.message : '' });
      }
      return webhook.id;
    },
  };
}
