import { sql } from 'kysely';
import type { EventType } from 'webhook-settings/core';
import { defaultEventTypes } from 'webhook-settings/core';
import type { Database } from './database/open.js';
import { transact } from './database/transact.js';
import { newId } from './ids.js';

const data: Record<string, object> = {
  'contract_recipient.status_change': { contractId: 'con_4071', recipientId: 'rec_22', status: 'signed' },
  'contract.status_change': { contractId: 'con_4071', status: 'approved', total: 18450.5, currency: 'USD' },
  'milestone.status_change': { siteId: 'site_318', milestone: 'Inspection passed', status: 'completed' },
  'qualification.update': { siteId: 'site_318', qualified: true, reasons: ['roof', 'credit'] },
  'site.archived': { siteId: 'site_318', name: 'Maple Street 12', archivedBy: 'user_9' },
  'task_comment.created': { taskId: 'task_77', commentId: 'com_5', text: 'Zähler getauscht ✓ <b>&' },
};

/** The catalogue, with a payload of the shape that Standard Webhooks recommends. */
export const eventTypes: readonly EventType[] = defaultEventTypes.map((type) => ({
  ...type,
  sample: { type: type.id, timestamp: '2026-01-31T12:00:00Z', data: data[type.id] ?? {} },
}));

export const eventTypeIds: ReadonlySet<string> = new Set(eventTypes.map(({ id }) => id));

export const sampleOf = (type: string): unknown => eventTypes.find(({ id }) => id === type)?.sample ?? {};

export interface FiredEvent {
  type: string;
  organizationId?: string | undefined;
  environment: 'live' | 'test';
  payload?: unknown;
}

/**
 * Something happened: keeps the event, and puts a call for each webhook that wants it into the queue, in one transaction.
 * Those are the active ones of the event's own environment that, where credentials are per organization, have one for the
 * event's. Returns the event's id and how many calls are due.
 */
export async function fireEvent(db: Database, accountId: string, event: FiredEvent): Promise<{ id: string; calls: number }> {
  const id = newId('evt');
  const organizationId = event.organizationId ?? null;
  const now = new Date();
  const payload = event.payload ?? { ...(sampleOf(event.type) as object), timestamp: now.toISOString(), ...(organizationId !== null && { organizationId }) };
  return transact(db, async (tx) => {
    await tx
      .insertInto('events')
      .values({
        id,
        account_id: accountId,
        organization_id: organizationId,
        type: event.type,
        environment: event.environment,
        payload: JSON.stringify(payload),
        created_at: sql<Date>`now()`,
      })
      .execute();
    // Locked, since one that is being deleted would take the whole event with it (a violated foreign key). And due by the clock
    // of the database, which also says when a call is taken.
    const { numAffectedRows } = await sql`
      insert into attempts (id, account_id, webhook_id, event_id, number, outcome, started_at)
      select 'att_' || replace(gen_random_uuid()::text, '-', ''), w.account_id, w.id, ${id}, 1, 'pending', now()
      from webhooks w
      where w.account_id = ${accountId} and w.active and w.test = ${event.environment === 'test'} and ${event.type} = any(w.events)
        and (
          not (w.authentication ->> 'organizationSpecific')::boolean
          or exists (
            select 1 from jsonb_array_elements(w.authentication -> 'credentials') c where c ->> 'organizationId' = ${organizationId}
          )
        )
      for key share of w`.execute(tx);
    return { id, calls: Number(numAffectedRows ?? 0) };
  });
}
