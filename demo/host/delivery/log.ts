import type { DeliveryAttempt, DeliveryPage, DeliveryQuery } from 'webhook-settings/core';
import type { Database } from '../database/open.js';
import { invalid, notFound } from '../problem.js';
import { serialize } from './body.js';
import type { AttemptRow } from './queue.js';

const selection = (db: Database) =>
  db
    .selectFrom('attempts')
    .innerJoin('events', 'events.id', 'attempts.event_id')
    .innerJoin('webhooks', 'webhooks.id', 'attempts.webhook_id')
    .selectAll('attempts')
    .select(['events.type', 'events.payload', 'webhooks.url', 'webhooks.method', 'webhooks.content_type', 'webhooks.headers', 'webhooks.paused_until']);

type LogRow = Awaited<ReturnType<ReturnType<typeof selection>['executeTakeFirstOrThrow']>>;

/** What the widget has no sentence of its own for: failures that are this host's, in words for people. */
const said = new Map([
  ['interrupted', 'The host stopped in the middle of this call. The receiver may have got it.'],
  ['internal', 'The host could not make this call. Its log says why.'],
  ['unreadable-secret', 'Not called: what is stored of this webhook’s secrets cannot be read any more. Enter them again, then redeliver.'],
  ['unreadable-signing-secret', 'Not called: the signing secret of this account cannot be read any more. Whoever runs the host has to restore it.'],
  ['inactive', 'Not called: the webhook was switched off.'],
  ['other environment', 'Not called: the webhook belongs to the other environment by now.'],
]);

const later = (one: Date, other: Date | null) => (other && other > one ? other : one);

function toAttempt(row: LogRow): DeliveryAttempt {
  const isPending = row.outcome === 'pending';
  return {
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.type,
    outcome: row.outcome,
    attempt: row.number,
    startedAt: row.started_at.toISOString(),
    ...(row.duration_ms !== null && { durationMs: row.duration_ms }),
    ...(isPending && row.claimed_until === null && { nextAttemptAt: later(row.started_at, row.paused_until).toISOString() }),
    ...(row.next_attempt_at !== null && { nextAttemptAt: row.next_attempt_at.toISOString() }),
    ...(row.error !== null && { error: said.get(row.error) ?? row.error }),
    // Of a call that has not been made, what is known of it.
    request: row.request ?? { method: row.method, url: row.url, headers: row.headers, body: serialize(row.content_type, row.payload) },
    ...(row.response !== null && { response: row.response }),
  };
}

export interface DeliveryLog {
  /** Newest first. */
  list(accountId: string, webhookId: string, query: DeliveryQuery): Promise<DeliveryPage>;
  get(accountId: string, id: string): Promise<DeliveryAttempt>;
  row(accountId: string, id: string): Promise<AttemptRow>;
}

export function createDeliveryLog(db: Database): DeliveryLog {
  return {
    async list(accountId, webhookId, { cursor, limit, outcome, event, from, to }) {
      let found = selection(db).where('attempts.account_id', '=', accountId).where('attempts.webhook_id', '=', webhookId);
      if (outcome) found = found.where('attempts.outcome', '=', outcome);
      if (event) found = found.where('events.type', '=', event);
      if (from) found = found.where('attempts.started_at', '>=', new Date(from));
      if (to) found = found.where('attempts.started_at', '<', new Date(to));
      const { total } = await found
        .clearSelect()
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      if (cursor) {
        if (!/^\d{1,15}$/.test(cursor)) throw invalid([{ path: 'cursor', detail: 'This value is not valid.' }]);
        found = found.where('attempts.seq', '<', Number(cursor));
      }
      const rows = await found.orderBy('attempts.seq', 'desc').limit(limit + 1).execute();
      const shown = rows.slice(0, limit);
      return {
        items: shown.map(toAttempt),
        total: Number(total),
        ...(rows.length > limit && { nextCursor: String(shown.at(-1)!.seq) }),
      };
    },
    async get(accountId, id) {
      const row = await selection(db).where('attempts.account_id', '=', accountId).where('attempts.id', '=', id).executeTakeFirst();
      if (!row) throw notFound();
      return toAttempt(row);
    },
    async row(accountId, id) {
      const row = await db.selectFrom('attempts').selectAll().where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound();
      return row;
    },
  };
}
