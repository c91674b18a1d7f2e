import { isDeepStrictEqual } from 'node:util';
import type { DeliveryAttempt, WebhookInput } from 'webhook-settings/core';
import type { Selectable } from 'kysely';
import type { Database } from '../database/open.js';
import type { EventTable } from '../database/schema.js';
import { newId } from '../ids.js';
import { ownersIn, readableOwnersOf } from '../oauth/owners.js';
import type { TokenStore } from '../oauth/tokens.js';
import { invalid, Problem } from '../problem.js';
import { UnreadableError, type Vault } from '../vault.js';
import { strayingSecrets } from '../webhooks/kept-secrets.js';
import type { WebhookRow } from '../webhooks/page.js';
import { missingSecrets } from '../webhooks/repository.js';
import { fillAuthentication, openAuthentication, UnreadableSecrets } from '../webhooks/secrets.js';
import { credentialFor, type Call } from './build-request.js';
import { deliver, describeUnbuilt, type Exchange } from './deliver.js';
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

/** The secret that an account's calls are signed with does not open: that is for whoever runs the host. */
class UnreadableSigningSecret extends Problem {
  override readonly name = 'UnreadableSigningSecret';

  constructor() {
    super(500, 'The signing secret of this account cannot be read any more. Whoever runs the host has to restore it.');
  }
}

/** What the log has of a call that could not be prepared. */
const codeOf = (error: unknown) =>
  error instanceof UnreadableSecrets ? 'unreadable-secret' : error instanceof UnreadableSigningSecret ? 'unreadable-signing-secret' : 'internal';

export function createCaller(db: Database, vault: Vault, tokens: TokenStore, options: SendOptions): Caller {
  const signingSecret = async (accountId: string) => {
    const { signing_secret } = await db.selectFrom('accounts').select('signing_secret').where('id', '=', accountId).executeTakeFirstOrThrow();
    try {
      return vault.open(signing_secret, `account ${accountId} signing`);
    } catch (error) {
      throw error instanceof UnreadableError ? new UnreadableSigningSecret() : error;
    }
  };

  /** Makes the call with the tokens of a saved webhook, or for an unsaved one with tokens of its own. */
  const make = (call: Omit<Call, 'accessToken'>, webhookId?: string) => {
    const { url, authentication } = call.webhook;
    const credential = authentication.type === 'oauth2' ? credentialFor(authentication, call.organizationId) : undefined;
    const owners = webhookId === undefined ? [] : ownersIn(vault, webhookId, url, authentication);
    const owner = owners.find(({ organizationId }) => organizationId === (call.organizationId ?? ''));
    const renew = owner && credential ? () => tokens.forget(owner, credential) : undefined;
    return deliver({ ...call, accessToken: (one: Credential<'oauth2'>) => tokens.accessToken(owner, one) }, options, renew);
  };

  /** The call that a claimed attempt stands for. */
  const callFor = async (attempt: AttemptRow, webhook: WebhookRow, event: Selectable<EventTable>): Promise<Exchange | { dropped: string }> => {
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
  };

  return {
    signingSecret,
    async call(attempt) {
      const webhook = await db.selectFrom('webhooks').selectAll().where('id', '=', attempt.webhook_id).executeTakeFirst();
      const event = await db.selectFrom('events').selectAll().where('id', '=', attempt.event_id).executeTakeFirst();
      if (!webhook || !event) return { dropped: 'deleted' };
      if (!webhook.active) return { dropped: 'inactive' };
      if (webhook.test !== (event.environment === 'test')) return { dropped: 'other environment' };
      const start = new Date();
      try {
        return await callFor(attempt, webhook, event);
      } catch (error) {
        // Such as a secret that does not open. It is a failure like others, or it would be tried for ever, and retried like
        // others, since someone may enter the secret meanwhile. Of its text nothing is shown: it may hold anything.
        console.error(`call: ${(error as Error).name}`);
        const request = describeUnbuilt(webhook);
        return { outcome: 'failed', startedAt: start.toISOString(), durationMs: Date.now() - start.getTime(), request, error: codeOf(error) };
      }
    },

    async test({ accountId, input, stored, eventType, payload }) {
      const straying = stored ? strayingSecrets(input, stored) : [];
      if (straying.length) throw invalid(straying);
      const { authentication, missing } = fillAuthentication(vault, stored?.id ?? '', input.authentication, stored?.authentication);
      if (missing.length) throw missingSecrets(missing);
      const [first] = authentication.credentials as { organizationId?: string }[];
      // The tokens of what is saved are good for a form that has not changed who asks for them.
      const own = stored && ownersIn(vault, stored.id, input.url, authentication);
      const usesSaved = own?.length && isDeepStrictEqual(own, readableOwnersOf(vault, stored!));
      const { request, response, ...exchange } = await make(
        {
          webhook: { ...input, authentication },
          organizationId: authentication.organizationSpecific ? first?.organizationId : undefined,
          messageId: newId('evt_test'),
          attempt: 1,
          payload,
          signingSecret: await signingSecret(accountId),
        },
        usesSaved ? stored!.id : undefined,
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
