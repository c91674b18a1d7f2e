import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../database/open.js';
import { SendError, type SendOptions } from '../delivery/send.js';
import { UnreadableError, type Vault } from '../vault.js';
import { createOAuthClient, type OAuthCredential, type Tokens } from './client.js';
import type { TokenOwner } from './owners.js';

/** A token that is about to expire may have done so on arrival. */
const MARGIN_MS = 10_000;
/** A process that does not come back with new tokens by then is taken for dead. */
const REFRESH_SECONDS = 30;

export interface TokenStore {
  /** An access token that is valid now. Rejects with the code `authorization` when there is none to be had. */
  accessToken(owner: TokenOwner | undefined, credential: OAuthCredential): Promise<string>;
  /** Forgets an access token that was refused. True when a new one can be had without a person. */
  forget(owner: TokenOwner, credential: OAuthCredential): Promise<boolean>;
  save(owner: TokenOwner, tokens: Tokens): Promise<void>;
  /** Those among these that are connected. */
  connected(owners: readonly TokenOwner[]): Promise<TokenOwner[]>;
}

export function createTokenStore(db: Database, vault: Vault, options: SendOptions): TokenStore {
  const contextOf = ({ webhookId, organizationId }: TokenOwner, kind: string) => `oauth ${webhookId} ${organizationId} ${kind}`;
  /** Of a token that does not open a new one is fetched, as if there were none. */
  const opened = (sealed: string | null, owner: TokenOwner, kind: string): string | undefined => {
    try {
      return sealed === null ? undefined : vault.open(sealed, contextOf(owner, kind));
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  };
  const isFresh = ({ expires_at }: { expires_at: Date | null }) => expires_at === null || expires_at.getTime() > Date.now() + MARGIN_MS;
  const own = ({ webhookId, organizationId, credential }: TokenOwner) => ({ webhook_id: webhookId, organization_id: organizationId, credential });
  const read = (owner: TokenOwner) =>
    db
      .selectFrom('oauth_tokens')
      .selectAll()
      .where((eb) => eb.and(own(owner)))
      .executeTakeFirst();

  const save = async (owner: TokenOwner, { accessToken, refreshToken, expiresAt }: Tokens) => {
    const columns = {
      access_token: vault.seal(accessToken, contextOf(owner, 'access')),
      expires_at: expiresAt ?? null,
    };
    // A provider that sends no new refresh token means the old one (RFC 6749 §6).
    const refresh = refreshToken === undefined ? {} : { refresh_token: vault.seal(refreshToken, contextOf(owner, 'refresh')) };
    await db
      .insertInto('oauth_tokens')
      .values({ ...own(owner), refresh_token: null, ...columns, ...refresh })
      .onConflict((conflict) => conflict.columns(['webhook_id', 'organization_id', 'credential']).doUpdateSet({ ...columns, ...refresh }))
      .execute();
  };

  /** Asks the provider; one process at a time, since a refresh token may be good for a single use. */
  async function renew(owner: TokenOwner, credential: OAuthCredential): Promise<string | undefined> {
    await db
      .insertInto('oauth_tokens')
      .values({ ...own(owner), access_token: null, refresh_token: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const mine = await db
      .updateTable('oauth_tokens')
      .set({ refreshing_until: sql`now() + make_interval(secs => ${REFRESH_SECONDS})` })
      .where((eb) => eb.and(own(owner)))
      .where((eb) => eb.or([eb('refreshing_until', 'is', null), eb('refreshing_until', '<', sql<Date>`now()`)]))
      .returningAll()
      .executeTakeFirst();
    if (!mine) return undefined;
    try {
      // It may have been renewed between the look and the claim.
      const renewed = isFresh(mine) ? opened(mine.access_token, owner, 'access') : undefined;
      if (renewed !== undefined) return renewed;
      const client = createOAuthClient(credential, options);
      const isOfPerson = credential.grantType === 'authorization_code';
      const refreshToken = isOfPerson ? opened(mine.refresh_token, owner, 'refresh') : undefined;
      if (isOfPerson && refreshToken === undefined) throw new SendError('authorization');
      const tokens = await (refreshToken === undefined ? client.clientCredentials() : client.refresh(refreshToken));
      await save(owner, tokens);
      return tokens.accessToken;
    } finally {
      // Here alone, and once: after it another may have begun, with the next refresh token.
      await db
        .updateTable('oauth_tokens')
        .set({ refreshing_until: null })
        .where((eb) => eb.and(own(owner)))
        .execute();
    }
  }

  return {
    save,
    async accessToken(owner, credential) {
      if (!owner) {
        if (credential.grantType === 'authorization_code') throw new SendError('authorization');
        return (await createOAuthClient(credential, options).clientCredentials()).accessToken;
      }
      const end = Date.now() + REFRESH_SECONDS * 1000;
      for (let pause = 20; Date.now() < end; pause = Math.min(pause * 2, 500)) {
        const row = await read(owner);
        const kept = row && isFresh(row) ? opened(row.access_token, owner, 'access') : undefined;
        const token = kept ?? (await renew(owner, credential));
        if (token !== undefined) return token;
        await wait(pause);
      }
      throw new SendError('authorization');
    },
    async forget(owner, credential) {
      const row = await db
        .updateTable('oauth_tokens')
        .set({ access_token: null })
        .where((eb) => eb.and(own(owner)))
        .returning('refresh_token')
        .executeTakeFirst();
      return credential.grantType === 'client_credentials' || typeof row?.refresh_token === 'string';
    },
    async connected(owners) {
      const rows = await Promise.all(owners.map(read));
      return owners.filter((_, index) => rows[index]?.access_token || rows[index]?.refresh_token);
    },
  };
}
