import { sql, type Selectable, type SelectQueryBuilder } from 'kysely';
import { webhookInputSchema, type Health, type Webhook, type WebhookInput } from 'webhook-settings/core';
import { newId } from '../ids.js';
import type { Database } from '../database/open.js';
import type { Schema, WebhookTable } from '../database/schema.js';
import { invalid, notFound, Problem } from '../problem.js';
import type { Vault } from '../vault.js';
import { checkInput, normalizeInput, type CheckOptions } from './check-input.js';
import { describeAuthentication, sealAuthentication, secretSlots, type SealedAuthentication } from './secrets.js';
import { issuePaths } from './issue-paths.js';

export type WebhookRow = Selectable<WebhookTable>;

export interface ListQuery {
  cursor?: string | undefined;
  limit: number;
  search?: string | undefined;
  sort: 'name' | '-name' | 'createdAt' | '-createdAt';
  active?: boolean | undefined;
  test?: boolean | undefined;
  event?: string | undefined;
}

export interface WebhookRepository {
  list(accountId: string, query: ListQuery): Promise<{ items: Webhook[]; nextCursor?: string; total: number }>;
  /** Throws a 404 for a webhook of another account as for one that does not exist. */
  row(accountId: string, id: string): Promise<WebhookRow>;
  get(accountId: string, id: string): Promise<Webhook>;
  create(accountId: string, body: unknown, idempotencyKey?: string): Promise<Webhook>;
  update(accountId: string, id: string, body: unknown, versions?: readonly string[]): Promise<Webhook>;
  remove(accountId: string, id: string, versions?: readonly string[]): Promise<void>;
}

const HEALTH_LENGTH = 10;

/** What a webhook may be, parsed and judged; `stored` lends what `{ stored: true }` stands for. */
export function acceptInput(body: unknown, options: CheckOptions): WebhookInput {
  const { data, error } = webhookInputSchema.safeParse(body);
  if (error) throw invalid(issuePaths(error.issues).map((path) => ({ path, detail: 'This value is not valid.' })));
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
  events: input.events,
  url: input.url,
  method: input.method,
  content_type: input.contentType,
  headers: JSON.stringify(input.headers),
  test: input.test,
  active: input.active,
  authentication: JSON.stringify(authentication),
});

/** A cursor names the last row of its page, so that rows that come or go in between double or hide no other. */
const toCursor = (row: WebhookRow) => Buffer.from(JSON.stringify([row.seq, row.name.toLowerCase()])).toString('base64url');

function fromCursor(cursor: string): [seq: number, name: string] {
  try {
    const [seq, name] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(seq) && typeof name === 'string') return [seq as number, name];
  } catch {
    // Not one of ours.
  }
  throw invalid([{ path: 'cursor', detail: 'This value is not valid.' }]);
}

const nameKey = sql<string>`lower(name) collate "C"`;

type Query = SelectQueryBuilder<Schema, 'webhooks', object>;

const filtered = (query: Query, accountId: string, { search, active, test, event }: ListQuery): Query => {
  let found = query.where('account_id', '=', accountId);
  if (search) found = found.where(sql<boolean>`position(lower(${search}) in lower(name || chr(10) || url)) > 0`);
  if (active !== undefined) found = found.where('active', '=', active);
  if (test !== undefined) found = found.where('test', '=', test);
  if (event !== undefined) found = found.where(sql<boolean>`${event} = any(events)`);
  return found;
};

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

  const find = async (within: Database, accountId: string, id: string, lock = false): Promise<WebhookRow> => {
    const query = within.selectFrom('webhooks').selectAll().where('account_id', '=', accountId).where('id', '=', id);
    const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
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
      const { sort, limit } = query;
      const direction = sort.startsWith('-') ? 'desc' : 'asc';
      const byName = sort.endsWith('name');
      let page = filtered(db.selectFrom('webhooks'), accountId, query).selectAll();
      if (query.cursor) {
        const [seq, name] = fromCursor(query.cursor);
        const after = sql.raw(direction === 'asc' ? '>' : '<');
        page = page.where(byName ? sql<boolean>`(${nameKey}, seq) ${after} (${name} collate "C", ${seq}::bigint)` : sql<boolean>`seq ${after} ${seq}`);
      }
      if (byName) page = page.orderBy(nameKey, direction);
      const rows = await page.orderBy('seq', direction).limit(limit + 1).execute();
      const { total } = await filtered(db.selectFrom('webhooks'), accountId, query)
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const shown = rows.slice(0, limit);
      const recent = await recentOf(shown.map(({ id }) => id));
      return {
        items: shown.map((row) => toWebhook(row, recent.get(row.id))),
        total: Number(total),
        ...(rows.length > limit && { nextCursor: toCursor(shown.at(-1)!) }),
      };
    },

    row: (accountId, id) => find(db, accountId, id),
    get: async (accountId, id) => described(await find(db, accountId, id)),

    async create(accountId, body, idempotencyKey) {
      const input = acceptInput(body, await checks(accountId));
      const id = newId('wh');
      const { authentication, missing } = sealAuthentication(vault, id, input.authentication);
      if (missing.length) throw missingSecrets(missing);
      const requestHash = vault.fingerprint(JSON.stringify(input));
      const row = await db.transaction().execute(async (tx) => {
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
            return find(tx, accountId, known.webhook_id);
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
      const row = await db.transaction().execute(async (tx) => {
        const stored = await find(tx, accountId, id, true);
        checkVersion(stored, versions);
        const before = toWebhook(stored);
        if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid([{ path: '', detail: 'This is no object.' }]);
        const input = acceptInput({ ...before, ...body }, options);
        const { authentication, missing } = sealAuthentication(vault, id, input.authentication, stored.authentication);
        if (missing.length) throw missingSecrets(missing);
        // Tokens that were fetched with other credentials are none of the new ones'.
        if ('authentication' in body && hasOtherSecrets(stored.authentication, authentication))
          await tx.deleteFrom('oauth_tokens').where('webhook_id', '=', id).execute();
        return tx
          .updateTable('webhooks')
          .set({
            ...toColumns(input, authentication),
            version: stored.version + 1,
            updated_at: new Date(),
            // Whoever turns it on again gives it a new start.
            ...(input.active && !stored.active && { deactivated_reason: null, failing_since: null, consecutive_failures: 0 }),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return described(row);
    },

    async remove(accountId, id, versions) {
      await db.transaction().execute(async (tx) => {
        checkVersion(await find(tx, accountId, id, true), versions);
        await tx.deleteFrom('webhooks').where('id', '=', id).execute();
      });
    },
  };
}

/** Whether anything but the order of properties differs; a secret that was typed anew is sealed anew, so it differs. */
function hasOtherSecrets(before: SealedAuthentication, after: SealedAuthentication): boolean {
  const sealedIn = (one: SealedAuthentication) => JSON.stringify(secretSlots(one).map(({ identity, row, name }) => [identity, row[name]]));
  const rest = (one: SealedAuthentication) =>
    JSON.stringify(one.credentials.map((credential) => Object.entries(credential).filter(([, value]) => typeof value === 'string').sort()));
  return sealedIn(before) !== sealedIn(after) || rest(before) !== rest(after);
}
