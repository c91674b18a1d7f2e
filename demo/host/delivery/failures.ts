import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.js';
import type { Exchange } from './deliver.js';
import { longestRetryAfter } from './retry.js';

export interface DeactivationPolicy {
  /** Failed calls in a row … */
  failures: number;
  /** … and the milliseconds since the first of them, before a webhook is turned off. */
  afterMs: number;
}

/**
 * Books a failed call at its webhook, which is turned off where that has lasted, and left alone for as long as the receiver
 * asks. Returns whether it is still on. All times are the database's: hosts need not agree on the time.
 */
export async function bookFailure(tx: Transaction<Schema>, webhookId: string, { error, response, retryAfter = 0 }: Exchange, policy: DeactivationPolicy): Promise<boolean> {
  const pause = Math.min(retryAfter, longestRetryAfter);
  const webhook = await tx
    .updateTable('webhooks')
    .set({
      consecutive_failures: sql<number>`consecutive_failures + 1`,
      failing_since: sql<Date>`coalesce(failing_since, now())`,
      ...(pause > 0 && { paused_until: sql<Date>`greatest(paused_until, now() + make_interval(secs => ${pause}))` }),
    })
    .where('id', '=', webhookId)
    .returning(['active', 'failing_since', 'consecutive_failures', sql<number>`extract(epoch from now() - failing_since) * 1000`.as('failing_ms')])
    .executeTakeFirst();
  if (!webhook?.active) return false;

  const isGone = response?.status === 410;
  const isLasting = webhook.consecutive_failures >= policy.failures && Number(webhook.failing_ms) >= policy.afterMs;
  if (!isGone && !isLasting) return true;
  const what = response ? `HTTP ${response.status}` : (error ?? 'unknown');
  const reason = isGone
    ? 'The receiver says that it is gone for good (HTTP 410).'
    : `No call has succeeded since ${webhook.failing_since!.toISOString()}; the last of ${webhook.consecutive_failures} failures: ${what}.`;
  await tx
    .updateTable('webhooks')
    .set({ active: false, deactivated_reason: reason, updated_at: new Date(), version: sql<number>`version + 1` })
    .where('id', '=', webhookId)
    .execute();
  return false;
}
