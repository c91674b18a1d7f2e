import { sql } from 'kysely';
import { webhookInputSchema, type Health, type Webhook, type WebhookInput } from 'webhook-settings/core';
import { newId } from '../ids.js';
import type { Database } from '../database/open.js';
import { transact } from '../database/transact.js';
import { ownersOf, type TokenOwner } from '../oauth/owners.js';
import { invalid, notFound, Problem } from '../problem.js';
import type { Vault } from '../vault.js';
import { checkInput, normalizeInput, type CheckOptions } from './check-input.js';
import { fold } from './fold.js';
import { strayingSecrets } from './kept-secrets.js';
import { readPage, type ListQuery, type WebhookRow } from './page.js';
import { describeAuthentication, sealAuthentication, type SealedAuthentication } from './secrets.js';

export interface WebhookRepository {
  list(accountId: string, query: ListQuery): Promise<{ items: Webhook[]; nextCursor?: string; total: number }>;
  /** Throws a 404 for a webhook of another account as for one that does not exist. */
  row(accountId: string, id: string): Promise<WebhookRow>;
  get(accountId: string, id: string): Promise<Webhook>;
  create(accountId: string, body: unknown, idempotencyKey?: string): Promise<Webhook>;
  update(accountId: string, id: string, body: unknown, versions?: readonly string[]): Promise<Webhook>;
  remove(accountId: string, id: string, versions?: readonly string[]): Promise<void>;
}

/** Texts that PostgreSQL's jsonb does not take: with NUL, or half of a surrogate pair. */
function unstorablePaths(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return /[\0\p{Surrogate}]/u.test(value) ? [path.join('.')] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unstorablePaths(inner, [...path, key]));
}

const HEALTH_LENGTH = 10;

/** What a webhook may be, parsed and judged; `stored` lends what `{ stored: true }` stands for. */
export function acceptInput(body: unknown, options: CheckOptions): WebhookInput {
  const { data, error } = webhookInputSchema.safeParse(body);
  if (error) {
    // Never the value, which may be a secret.
    const paths = new Set(error.issues.map(({ path }) => path.map(String).join('.')));
    throw invalid([...paths].map((path) => ({ path, detail: 'This value is not valid.' })));
  }
  const unstorable = unstorablePaths(data);
  if (unstorable.length) throw invalid(unstorable.map((path) => ({ path, detail: 'This text has a character that cannot be kept.' })));
  const input = normalizeInput(data);
  const errors = checkInput(input, options);
  if (errors.length) throw invalid(errors);
  return input;
}

export const missingSecrets = (paths: readonly string[]) =>
  invalid(paths.map((path) => ({ path, detail: 'Nothing is stored here yet: enter the secret.' })));

function toWebhook(row: WebhookRow, recent: Health['recent'] = []): Webhook {
  return {
    id: row.id,
    version: String(row.version),
    name: row.name,
    events: row.events,
    url: row.url,
    method: row.method,
    contentType: row.content_type,
    headers: row.headers,
    test: row.test,
    active: row.active,
    authentication: describeAuthentication(row.authentication),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    health: { recent, ...(row.deactivated_reason !== null && { deactivatedReason: row.deactivated_reason }) },
  };
}

const toColumns = (input: WebhookInput, authentication: SealedAuthentication) => ({
  name: input.name,
  name_key: fold(input.name),
  search_key: fold(`${input.name}\n${input.url}`),
  events: input.events,
  url: input.url,
  method: input.method,
  content_type: input.contentType,
  headers: JSON.stringify(input.headers),
  test: input.test,
  active: input.active,
  authentication: JSON.stringify(authentication),
});

/** Deletes the tokens of other owners than these. */
async function keepTokens(tx: Database, webhookId: string, owners: readonly TokenOwner[]): Promise<void> {
  let others = tx.deleteFrom('oauth_tokens').where('webhook_id', '=', webhookId);
  for (const { organizationId, credential } of owners)
    others = others.where((eb) => eb.or([eb('organization_id', '<>', organizationId), eb('credential', '<>', credential)]));
  await others.execute();
}

/** The webhooks of all accounts; no method reaches past the account it is given. */
export function createWebhookRepository(db: Database, vault: Vault, checks: (accountId: string) => Promise<CheckOptions>): WebhookRepository {
  const recentOf = async (ids: string[]) => {
    const recent = new Map<string, Health['recent']>();
    if (!ids.length) return recent;
    const { rows } = await sql<{ webhook_id: string; outcome: 'succeeded' | 'failed' }>`
      select w.id as webhook_id, a.outcome
      from unnest(${ids}::text[]) as w(id)
      cross join lateral (
        select outcome, seq from attempts
        where webhook_id = w.id and outcome <> 'pending'
        order by seq desc limit ${HEALTH_LENGTH}
      ) a
      order by a.seq`.execute(db);
    for (const { webhook_id, outcome } of rows) recent.set(webhook_id, [...(recent.get(webhook_id) ?? []), outcome]);
    return recent;
  };
  const described = async (row: WebhookRow) => toWebhook(row, (await recentOf([row.id])).get(row.id));

  const find = async (within: Database, accountId: string, id: string, lock?: 'change' | 'delete'): Promise<WebhookRow> => {
    const query = within.selectFrom('webhooks').selectAll().where('account_id', '=', accountId).where('id', '=', id);
    const row = await (lock === 'change' ? query.forNoKeyUpdate() : lock === 'delete' ? query.forUpdate() : query).executeTakeFirst();
    if (!row) throw notFound();
    return row;
  };

  const checkVersion = (row: WebhookRow, versions?: readonly string[]) => {
    if (!versions || versions.includes(String(row.version))) return;
    const current = toWebhook(row);
    throw new Problem(412, 'Someone else has changed this webhook.', {
      extensions: { current },
      headers: { etag: `"${row.version}"` },
    });
  };

  return {
    async list(accountId, query) {
      const { rows, ...page } = await readPage(db, accountId, query);
      const recent = await recentOf(rows.map(({ id }) => id));
      return { items: rows.map((row) => toWebhook(row, recent.get(row.id))), ...page };
    },

    row: (accountId, id) => find(db, accountId, id),
    get: async (accountId, id) => described(await find(db, accountId, id)),

    async create(accountId, body, idempotencyKey) {
      const input = acceptInput(body, await checks(accountId));
      const id = newId('wh');
      const { authentication, missing } = sealAuthentication(vault, id, input.authentication);
      if (missing.length) throw missingSecrets(missing);
      const requestHash = vault.fingerprint(JSON.stringify(input));
      const row = await transact(db, async (tx) => {
        if (idempotencyKey !== undefined) {
          // A second request with this key waits here until the first is done.
          const { numInsertedOrUpdatedRows: isNew } = await tx
            .insertInto('idempotency_keys')
            .values({ account_id: accountId, key: idempotencyKey, request_hash: requestHash, webhook_id: id, created_at: new Date() })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirstOrThrow();
          if (!isNew) {
            const known = await tx
              .selectFrom('idempotency_keys')
              .selectAll()
              .where('account_id', '=', accountId)
              .where('key', '=', idempotencyKey)
              .executeTakeFirstOrThrow();
            if (known.request_hash !== requestHash)
              throw new Problem(422, 'This Idempotency-Key belongs to another request.');
            return find(tx, accountId, known.webhook_id).catch((error: unknown) => {
              throw error instanceof Problem ? new Problem(409, 'The webhook of this Idempotency-Key has been deleted.') : error;
            });
          }
        }
        const now = new Date();
        return tx
          .insertInto('webhooks')
          .values({ id, account_id: accountId, ...toColumns(input, authentication), created_at: now, updated_at: now, deactivated_reason: null })
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return described(row);
    },

    async update(accountId, id, body, versions) {
      const options = await checks(accountId);
      const row = await transact(db, async (tx) => {
        const stored = await find(tx, accountId, id, 'change');
        checkVersion(stored, versions);
        const before = toWebhook(stored);
        if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid([{ path: '', detail: 'This is no object.' }]);
        const input = acceptInput({ ...before, ...body }, options);
        const straying = strayingSecrets(input, stored);
        if (straying.length) throw invalid(straying);
        const { authentication, missing } = sealAuthentication(vault, id, input.authentication, stored.authentication);
        if (missing.length) throw missingSecrets(missing);
        // Tokens that were fetched with other credentials, or for another receiver, are none of the new ones'.
        if ('authentication' in body || 'url' in body)
          await keepTokens(tx, id, ownersOf(vault, { id, url: input.url, authentication }));
        return tx
          .updateTable('webhooks')
          .set({
            ...toColumns(input, authentication),
            version: stored.version + 1,
            updated_at: new Date(),
            // Whoever turns it on again gives it a new start.
            ...(input.active && !stored.active && { deactivated_reason: null, failing_since: null, consecutive_failures: 0, paused_until: null }),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return described(row);
    },

    async remove(accountId, id, versions) {
      await transact(db, async (tx) => {
        checkVersion(await find(tx, accountId, id, 'delete'), versions);
        await tx.deleteFrom('webhooks').where('id', '=', id).execute();
      });
    },
  };
}
