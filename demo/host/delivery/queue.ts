import { sql, type Selectable, type Transaction } from 'kysely';
import type { Database } from '../database/open.js';
import type { AttemptTable, Schema } from '../database/schema.js';
import { transact } from '../database/transact.js';
import { newId } from '../ids.js';
import { notFound } from '../problem.js';
import type { Exchange } from './deliver.js';
import { bookFailure, type DeactivationPolicy } from './failures.js';
import { isFinal, retryDelay, type RetryPolicy } from './retry.js';

export type AttemptRow = Selectable<AttemptTable>;

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

/**
 * Every transaction here locks the webhook before its attempts, as a deletion does: in the other order the two could wait
 * for each other. Returns false where the webhook is gone, and its attempts with it.
 */
async function lockWebhook(tx: Transaction<Schema>, id: string): Promise<boolean> {
  const row = await tx.selectFrom('webhooks').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row !== undefined;
}

/** One more call of the same event. The webhook is locked, so that no two take the same number. */
async function append(
  tx: Transaction<Schema>,
  { account_id, webhook_id, event_id }: AttemptRow,
  more: Pick<AttemptRow, 'tries' | 'retries'> & Partial<Pick<AttemptRow, 'claimed_by' | 'claimed_until'>> & { started_at: Date },
): Promise<AttemptRow> {
  const { last } = await tx
    .selectFrom('attempts')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('webhook_id', '=', webhook_id)
    .where('event_id', '=', event_id)
    .executeTakeFirstOrThrow();
  return tx
    .insertInto('attempts')
    .values({ id: newId('att'), account_id, webhook_id, event_id, number: last + 1, outcome: 'pending', ...more })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether the webhook has been called with success for the event of this attempt. */
const isDelivered = async (tx: Transaction<Schema>, { webhook_id, event_id }: AttemptRow): Promise<boolean> =>
  (await tx
    .selectFrom('attempts')
    .select('id')
    .where('webhook_id', '=', webhook_id)
    .where('event_id', '=', event_id)
    .where('outcome', '=', 'succeeded')
    .executeTakeFirst()) !== undefined;

/** Takes the calls out of the queue that wait for what has just been delivered, and says of no failure that a call will follow. */
const endWaiting = (tx: Transaction<Schema>, { webhook_id, event_id }: AttemptRow) =>
  sql`
    with ended as (
      delete from attempts
      where webhook_id = ${webhook_id} and event_id = ${event_id} and outcome = 'pending' and claimed_until is null
      returning started_at
    )
    update attempts set next_attempt_at = null
    from ended
    where webhook_id = ${webhook_id} and event_id = ${event_id} and next_attempt_at = ended.started_at`.execute(tx);

/** A time of the database, whose clock all hosts share. As a value of a query it is no Date of ours. */
const inSeconds = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds})` as unknown as Date;

export function createQueue(db: Database, options: QueueOptions): Queue {
  const me = newId('host');
  const lease = inSeconds(options.leaseSeconds);

  /**
   * The process that made this call is gone, and nobody knows how far it came. The log says so, and the event is sent
   * again as a further attempt under the same message id, which tells the receiver (`webhook-attempt`); not without an end,
   * since the call may be what the process died of.
   */
  const reopen = (attempt: AttemptRow) =>
    transact(db, async (tx) => {
      if (!(await lockWebhook(tx, attempt.webhook_id))) return;
      const isLast = attempt.tries >= options.retry.attempts || (attempt.retries && (await isDelivered(tx, attempt)));
      const now = inSeconds(0);
      const { numUpdatedRows } = await tx
        .updateTable('attempts')
        .set({ outcome: 'failed', error: 'interrupted', claimed_until: null, next_attempt_at: isLast ? null : now })
        .where('id', '=', attempt.id)
        .where('outcome', '=', 'pending')
        .where('claimed_by', '=', attempt.claimed_by)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows && !isLast) await append(tx, attempt, { started_at: now, tries: attempt.tries + 1, retries: attempt.retries });
    });

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
            and (w.paused_until is null or w.paused_until <= now())
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
        update attempts set claimed_by = ${me}, claimed_until = ${lease}, started_at = now()
        from due where attempts.id = due.id
        returning attempts.*`.execute(db);
      return rows;
    },

    async finish(attempt, exchange) {
      const { outcome, durationMs, error, request, response, retryAfter } = exchange;
      await transact(db, async (tx) => {
        if (!(await lockWebhook(tx, attempt.webhook_id))) return;
        const done = await tx
          .updateTable('attempts')
          .set({
            outcome,
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
          await endWaiting(tx, attempt);
          await tx
            .updateTable('webhooks')
            .set({ failing_since: null, consecutive_failures: 0 })
            .where('id', '=', attempt.webhook_id)
            .where('failing_since', 'is not', null)
            .execute();
          return;
        }
        const isOn = await bookFailure(tx, attempt.webhook_id, exchange, options.deactivation);
        if (!isOn || !attempt.retries || attempt.tries >= options.retry.attempts || isFinal(error, response?.status)) return;
        // By a redelivery, while this call was under way.
        if (await isDelivered(tx, attempt)) return;
        const dueAt = inSeconds(retryDelay(options.retry, attempt.tries, retryAfter) / 1000);
        await tx.updateTable('attempts').set({ next_attempt_at: dueAt }).where('id', '=', attempt.id).execute();
        await append(tx, attempt, { started_at: dueAt, tries: attempt.tries + 1, retries: true });
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
        .innerJoin('webhooks', 'webhooks.id', 'attempts.webhook_id')
        // `greatest` takes no notice of a null.
        .select(sql<number>`extract(epoch from min(coalesce(claimed_until, greatest(started_at, paused_until))) - now()) * 1000`.as('ms'))
        .where('outcome', '=', 'pending')
        .where((eb) => eb.or([eb('claimed_by', 'is', null), eb('claimed_by', '<>', me)]))
        .executeTakeFirst();
      return row?.ms == null ? undefined : Math.max(0, Number(row.ms));
    },

    again: (attempt) =>
      transact(db, async (tx) => {
        if (!(await lockWebhook(tx, attempt.webhook_id))) throw notFound();
        return append(tx, attempt, { started_at: inSeconds(0), tries: 1, retries: false, claimed_by: me, claimed_until: lease });
      }),

    async recover(all) {
      let lost = db.selectFrom('attempts').selectAll().where('outcome', '=', 'pending').where('claimed_until', 'is not', null);
      if (!all) lost = lost.where('claimed_until', '<', sql<Date>`now()`);
      for (const attempt of await lost.execute())
        // One that cannot be taken up must not keep the others from being so.
        await reopen(attempt).catch((error: unknown) => console.error(`queue: ${attempt.id} cannot be taken up: ${(error as Error).message}`));
    },
  };
}
