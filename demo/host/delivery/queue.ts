import { sql, type Selectable } from 'kysely';
import type { Database } from '../database/open.js';
import type { AttemptTable } from '../database/schema.js';
import { newId } from '../ids.js';
import type { Exchange } from './deliver.js';
import { isFinal, retryDelay, type RetryPolicy } from './retry.js';

export type AttemptRow = Selectable<AttemptTable>;

export interface DeactivationPolicy {
  /** Failed calls in a row … */
  failures: number;
  /** … and the milliseconds since the first of them, before a webhook is turned off. */
  afterMs: number;
}

export interface QueueOptions {
  retry: RetryPolicy;
  deactivation: DeactivationPolicy;
  /** Seconds after which a process that has not finished its call is taken for dead. */
  leaseSeconds: number;
  /** Calls of one webhook at a time. */
  perWebhook: number;
}

export interface Queue {
  /** Takes up to `limit` calls that are due; `failing` says how many of them may be of webhooks that failed last time. */
  claim(limit: number, failing: number, inFlight: ReadonlyMap<string, number>): Promise<AttemptRow[]>;
  /** Books what came of a claimed call, and the next one where there is to be one. Ignored when the claim was lost. */
  finish(attempt: AttemptRow, exchange: Exchange): Promise<void>;
  /** Ends a claimed call that was not made. */
  drop(attempt: AttemptRow, error: string): Promise<void>;
  /** Milliseconds until the next call is due; undefined when nothing waits. */
  untilNext(): Promise<number | undefined>;
  /** One more call of an event that a person asks for, claimed by this process. */
  again(attempt: AttemptRow): Promise<AttemptRow>;
  /** Takes up calls that a process was killed in: those whose claim ran out, or `all` when no other process is there. */
  recover(all: boolean): Promise<void>;
}

export function createQueue(db: Database, options: QueueOptions): Queue {
  const me = newId('host');
  const until = sql<Date>`now() + make_interval(secs => ${options.leaseSeconds})`;

  const next = (attempt: AttemptRow, dueAt: Date) => ({
    id: newId('att'),
    account_id: attempt.account_id,
    webhook_id: attempt.webhook_id,
    event_id: attempt.event_id,
    number: attempt.number + 1,
    outcome: 'pending' as const,
    started_at: dueAt,
    retries: attempt.retries,
  });

  /**
   * The process that made this call is gone, and nobody knows how far it came. The log says so, and the event is sent
   * again as a further attempt under the same message id, which tells the receiver (`webhook-attempt`).
   */
  const reopen = async (attempt: AttemptRow) => {
    const dueAt = new Date();
    await db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('attempts')
        .set({ outcome: 'failed', error: 'interrupted', claimed_until: null, next_attempt_at: dueAt })
        .where('id', '=', attempt.id)
        .where('outcome', '=', 'pending')
        .where('claimed_by', '=', attempt.claimed_by)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows) await tx.insertInto('attempts').values(next(attempt, dueAt)).execute();
    });
  };

  return {
    async claim(limit, failing, inFlight) {
      const counts = JSON.stringify(Object.fromEntries(inFlight));
      // A webhook has only so many calls at a time, and those that failed last time only a part of all: receivers that
      // hang do not hold up the others. SKIP LOCKED: what another process is taking is not waited for.
      const { rows } = await sql<AttemptRow>`
        with waiting as (
          select a.id, a.started_at, w.failing_since is not null as failing,
            row_number() over (partition by a.webhook_id order by a.started_at, a.seq)
              + coalesce((${counts}::jsonb ->> a.webhook_id)::int, 0) as place
          from attempts a join webhooks w on w.id = a.webhook_id
          where a.outcome = 'pending' and a.claimed_until is null and a.started_at <= now()
        ), ranked as (
          select id, started_at, failing, row_number() over (partition by failing order by started_at) as turn
          from waiting where place <= ${options.perWebhook}
        ), due as (
          select id from attempts
          where outcome = 'pending' and claimed_until is null
            and id in (select id from ranked where not failing or turn <= ${failing} order by started_at limit ${limit})
          limit ${limit}
          for update skip locked
        )
        update attempts set claimed_by = ${me}, claimed_until = ${until}, started_at = now()
        from due where attempts.id = due.id
        returning attempts.*`.execute(db);
      return rows;
    },

    async finish(attempt, exchange) {
      const { outcome, durationMs, error, request, response, startedAt, retryAfter } = exchange;
      await db.transaction().execute(async (tx) => {
        const done = await tx
          .updateTable('attempts')
          .set({
            outcome,
            started_at: new Date(startedAt),
            duration_ms: durationMs,
            error: error ?? null,
            request: JSON.stringify(request),
            response: response ? JSON.stringify(response) : null,
            claimed_until: null,
          })
          .where('id', '=', attempt.id)
          .where('claimed_by', '=', me)
          .where('outcome', '=', 'pending')
          .executeTakeFirstOrThrow();
        if (!done.numUpdatedRows) return;
        if (outcome === 'succeeded') {
          await tx
            .updateTable('webhooks')
            .set({ failing_since: null, consecutive_failures: 0 })
            .where('id', '=', attempt.webhook_id)
            .where('failing_since', 'is not', null)
            .execute();
          return;
        }
        const webhook = await tx
          .updateTable('webhooks')
          .set({
            consecutive_failures: sql<number>`consecutive_failures + 1`,
            failing_since: sql<Date>`coalesce(failing_since, now())`,
          })
          .where('id', '=', attempt.webhook_id)
          .returning(['active', 'failing_since', 'consecutive_failures'])
          .executeTakeFirst();
        if (!webhook?.active) return;

        const what = response ? `HTTP ${response.status}` : (error ?? 'unknown');
        const failingMs = Date.now() - webhook.failing_since!.getTime();
        const isLasting = webhook.consecutive_failures >= options.deactivation.failures && failingMs >= options.deactivation.afterMs;
        if (isLasting || response?.status === 410) {
          const reason =
            response?.status === 410
              ? 'The receiver says that it is gone for good (HTTP 410).'
              : `No call has succeeded since ${webhook.failing_since!.toISOString()}; the last of ${webhook.consecutive_failures} failures: ${what}.`;
          await tx
            .updateTable('webhooks')
            .set({ active: false, deactivated_reason: reason, updated_at: new Date(), version: sql<number>`version + 1` })
            .where('id', '=', attempt.webhook_id)
            .execute();
          return;
        }
        if (!attempt.retries || attempt.number >= options.retry.attempts || isFinal(error, response?.status)) return;
        const dueAt = new Date(Date.now() + retryDelay(options.retry, attempt.number, retryAfter));
        await tx.updateTable('attempts').set({ next_attempt_at: dueAt }).where('id', '=', attempt.id).execute();
        await tx.insertInto('attempts').values(next(attempt, dueAt)).onConflict((conflict) => conflict.doNothing()).execute();
      });
    },

    async drop(attempt, error) {
      await db
        .updateTable('attempts')
        .set({ outcome: 'failed', error, claimed_until: null })
        .where('id', '=', attempt.id)
        .where('claimed_by', '=', me)
        .execute();
    },

    async untilNext() {
      const row = await db
        .selectFrom('attempts')
        .select(sql<number>`extract(epoch from min(coalesce(claimed_until, started_at)) - now()) * 1000`.as('ms'))
        .where('outcome', '=', 'pending')
        .where((eb) => eb.or([eb('claimed_by', 'is', null), eb('claimed_by', '<>', me)]))
        .executeTakeFirst();
      return row?.ms == null ? undefined : Math.max(0, Number(row.ms));
    },

    async again(attempt) {
      // Two people may ask at once: the number is unique, so the second one gets the next.
      return db.transaction().execute(async (tx) => {
        await tx.selectFrom('webhooks').select('id').where('id', '=', attempt.webhook_id).forUpdate().execute();
        const { last } = await tx
          .selectFrom('attempts')
          .select(({ fn }) => fn.max('number').as('last'))
          .where('webhook_id', '=', attempt.webhook_id)
          .where('event_id', '=', attempt.event_id)
          .executeTakeFirstOrThrow();
        return tx
          .insertInto('attempts')
          .values({ ...next({ ...attempt, number: last }, new Date()), retries: false, claimed_by: me, claimed_until: until })
          .returningAll()
          .executeTakeFirstOrThrow();
      });
    },

    async recover(all) {
      let lost = db.selectFrom('attempts').selectAll().where('outcome', '=', 'pending').where('claimed_until', 'is not', null);
      if (!all) lost = lost.where('claimed_until', '<', sql<Date>`now()`);
      for (const attempt of await lost.execute()) await reopen(attempt);
    },
  };
}
