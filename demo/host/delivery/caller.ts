import { isDeepStrictEqual } from 'node:util';
import type { DeliveryAttempt, WebhookInput } from 'webhook-settings/core';
import type { Database } from '../database/open.js';
import { newId } from '../ids.js';
import type { TokenStore } from '../oauth/tokens.js';
import type { Vault } from '../vault.js';
import { fillAuthentication, openAuthentication } from '../webhooks/secrets.js';
import { missingSecrets, type WebhookRow } from '../webhooks/repository.js';
import { credentialFor, type Call } from './build-request.js';
import { deliver, type Exchange } from './deliver.js';
import type { AttemptRow } from './queue.js';
import type { SendOptions } from './send.js';
import type { Credential } from './sign/signer.js';

export interface TestCall {
  accountId: string;
  input: WebhookInput;
  /** The saved webhook that `input` is an edit of. */
  stored?: WebhookRow | undefined;
  eventType: string;
  payload: unknown;
}

/** Calls receivers, for events and for tests. */
export interface Caller {
  /** Undefined when the call must not be made any more, with the reason. */
  call(attempt: AttemptRow): Promise<Exchange | { dropped: string }>;
  test(call: TestCall): Promise<DeliveryAttempt>;
  /** What an account's calls are signed with, unless the webhook has a secret of its own. */
  signingSecret(accountId: string): Promise<string>;
}

export function createCaller(db: Database, vault: Vault, tokens: TokenStore, options: SendOptions): Caller {
  const signingSecret = async (accountId: string) => {
    const { signing_secret } = await db.selectFrom('accounts').select('signing_secret').where('id', '=', accountId).executeTakeFirstOrThrow();
    return vault.open(signing_secret, `account ${accountId} signing`);
  };

  /** Makes the call with the tokens of a saved webhook, or for an unsaved one with tokens of its own. */
  const make = (call: Omit<Call, 'accessToken'>, webhookId?: string) => {
    const owner = webhookId === undefined ? undefined : { webhookId, organizationId: call.organizationId ?? '' };
    const credential = call.webhook.authentication.type === 'oauth2' ? credentialFor(call.webhook.authentication, call.organizationId) : undefined;
    const renew = owner && credential ? () => tokens.forget(owner, credential) : undefined;
    return deliver({ ...call, accessToken: (one: Credential<'oauth2'>) => tokens.accessToken(owner, one) }, options, renew);
  };

  return {
    signingSecret,
    async call(attempt) {
      const webhook = await db.selectFrom('webhooks').selectAll().where('id', '=', attempt.webhook_id).executeTakeFirst();
      const event = await db.selectFrom('events').selectAll().where('id', '=', attempt.event_id).executeTakeFirst();
      if (!webhook || !event) return { dropped: 'deleted' };
      if (!webhook.active) return { dropped: 'inactive' };
      if (webhook.test !== (event.environment === 'test')) return { dropped: 'other environment' };
      const authentication = openAuthentication(vault, webhook.id, webhook.authentication);
      const organizationId = authentication.organizationSpecific ? (event.organization_id ?? '') : undefined;
      if (authentication.type !== 'none' && !credentialFor(authentication, organizationId)) return { dropped: 'no credential for this organization' };
      return make(
        {
          webhook: { url: webhook.url, method: webhook.method, contentType: webhook.content_type, headers: webhook.headers, authentication },
          organizationId,
          messageId: event.id,
          attempt: attempt.number,
          payload: event.payload,
          signingSecret: await signingSecret(webhook.account_id),
        },
        webhook.id,
      );
    },

    async test({ accountId, input, stored, eventType, payload }) {
      const { authentication, missing } = fillAuthentication(vault, stored?.id ?? '', input.authentication, stored?.authentication);
      if (missing.length) throw missingSecrets(missing);
      const [first] = authentication.credentials as { organizationId?: string }[];
      // The tokens of what is saved are good for a form that has not changed who asks for them.
      const usesSaved = stored && isDeepStrictEqual(authentication, openAuthentication(vault, stored.id, stored.authentication));
      const { request, response, ...exchange } = await make(
        {
          webhook: { ...input, authentication },
          organizationId: authentication.organizationSpecific ? first?.organizationId : undefined,
          messageId: newId('evt_test'),
          attempt: 1,
          payload,
          signingSecret: await signingSecret(accountId),
        },
        usesSaved ? stored.id : undefined,
      );
      return {
        id: newId('test'),
        ...(stored && { webhookId: stored.id }),
        eventType,
        outcome: exchange.outcome,
        attempt: 1,
        startedAt: exchange.startedAt,
        durationMs: exchange.durationMs,
        ...(exchange.error !== undefined && { error: exchange.error }),
        request,
        ...(response && { response }),
      };
    },
  };
}
