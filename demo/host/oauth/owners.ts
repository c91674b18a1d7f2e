import type { AuthenticationInput } from 'webhook-settings/core';
import type { Vault } from '../vault.js';
import { openAuthentication, UnreadableSecrets, type SealedAuthentication } from '../webhooks/secrets.js';

/** Whose tokens: a saved webhook's, for one organization or ('') for all, fetched with one credential. */
export interface TokenOwner {
  webhookId: string;
  organizationId: string;
  /** The credential's fingerprint: tokens and logins of another one, or for another receiver, are none of its own. */
  credential: string;
}

/** Owners in an opened `authentication`; none where it is not OAuth2's. */
export function ownersIn(vault: Vault, webhookId: string, url: string, authentication: AuthenticationInput): TokenOwner[] {
  if (authentication.type !== 'oauth2') return [];
  const receiver = new URL(url).origin;
  return authentication.credentials.map((one) => {
    const { organizationId = '', grantType, authorizationUrl, tokenUrl, clientId, clientSecret, scope, audience, clientAuthentication } = one;
    const parts = [receiver, grantType, authorizationUrl ?? null, tokenUrl, clientId, clientSecret, scope ?? null, audience ?? null, clientAuthentication];
    return { webhookId, organizationId, credential: vault.fingerprint(JSON.stringify(parts)) };
  });
}

type Saved = { id: string; url: string; authentication: SealedAuthentication };

/** The owners of a saved webhook. @throws {UnreadableSecrets} */
export const ownersOf = (vault: Vault, { id, url, authentication }: Saved): TokenOwner[] =>
  authentication.type === 'oauth2' ? ownersIn(vault, id, url, openAuthentication(vault, id, authentication)) : [];

/** The same; none where a secret does not open, since nothing can be said to be fetched with it. */
export function readableOwnersOf(vault: Vault, saved: Saved): TokenOwner[] {
  try {
    return ownersOf(vault, saved);
  } catch (error) {
    if (error instanceof UnreadableSecrets) return [];
    throw error;
  }
}
