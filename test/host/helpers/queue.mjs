// The queue on a database of its own, without a host whose worker would take the calls.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { newPlace, quickRetry } from './host.mjs';

const { openDatabase } = await import('../../../demo/host/database/open.ts');
const { seed } = await import('../../../demo/host/database/seed.ts');
const { createQueue } = await import('../../../demo/host/delivery/queue.ts');
const { fireEvent } = await import('../../../demo/host/events.ts');
const { createVault } = await import('../../../demo/host/vault.ts');
const { createWebhookRepository } = await import('../../../demo/host/webhooks/repository.ts');
const { sampleWebhookInput } = await import('../../../dist/testing/index.js');

const account = 'acc_brightside';
/** What the receiver answered. */
export const answered = (status, more = {}) => ({
  outcome: status < 300 ? 'succeeded' : 'failed',
  ...(status >= 300 && { error: 'status' }),
  startedAt: new Date().toISOString(),
  durationMs: 1,
  request: { method: 'POST', url: 'https://receiver.example/', headers: [] },
  response: { status, headers: [], body: '' },
  ...more,
});

export async function openQueue() {
  const place = await newPlace();
  const { db, close } = await openDatabase({ folder: place.folder, url: place.databaseUrl });
  const vault = createVault(randomBytes(32));
  await seed(db, vault);
  const webhooks = createWebhookRepository(db, vault, async () => ({ allowLoopback: false, eventTypes: new Set(['site.archived']), organizations: new Set() }));
  return {
    db,
    webhooks,
    /** A process's view of the queue; each has a name of its own. */
    queue: (more = {}) =>
      createQueue(db, { retry: { ...quickRetry, baseMs: 0 }, deactivation: { failures: 99, afterMs: 0 }, leaseSeconds: 60, perWebhook: 4, ...more }),
    add: async (name = 'One') => (await webhooks.create(account, { ...sampleWebhookInput('none'), name, events: ['site.archived'] })).id,
    fire: () => fireEvent(db, account, { type: 'site.archived', environment: 'live' }),
    /** All calls of a webhook, as `number outcome error`. */
    async log(webhook) {
      const rows = await db.selectFrom('attempts').selectAll().where('webhook_id', '=', webhook).orderBy('number').execute();
      return rows.map(({ number, outcome, error }) => [number, outcome, error].filter(Boolean).join(' '));
    },
    /** The one call that is due. */
    async claimOne(queue) {
      const claimed = await queue.claim(10, 10, new Map());
      assert.equal(claimed.length, 1);
      return claimed[0];
    },
    async close() {
      await close();
      await place.remove();
    },
  };
}
