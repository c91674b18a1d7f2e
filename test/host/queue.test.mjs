// The queue by itself: chains of calls, lost processes, receivers that ask to be left alone.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { answered, openQueue } from './helpers/queue.mjs';

const { sql } = await import('kysely');
const none = new Map();

let open, webhook, mine;
before(async () => {
  open = await openQueue();
});
after(() => open.close());
beforeEach(async () => {
  await open.db.deleteFrom('webhooks').execute();
  webhook = await open.add();
  mine = open.queue();
});

describe('a redelivery', () => {
  it('while a retry waits takes a number of its own, and the retries go on to the last', async () => {
    await open.fire();
    const first = await open.claimOne(mine);
    await mine.finish(first, answered(500));
    // The retry is number 2, and is on its way.
    const second = await open.claimOne(mine);
    const again = await mine.again(first);
    assert.equal(again.number, 3);
    await mine.finish(again, answered(500));
    await mine.finish(second, answered(500));
    for (let count = 0; count < 2; count++) await mine.finish(await open.claimOne(mine), answered(500));
    assert.deepEqual(await mine.claim(10, 10, none), []);
    assert.deepEqual(await open.log(webhook), [1, 2, 3, 4, 5].map((number) => `${number} failed status`));
    const { rows } = await sql`select number, next_attempt_at is not null as next, tries from attempts order by number`.execute(open.db);
    assert.deepEqual(rows.map(({ number, next, tries }) => [number, next, tries]), [[1, true, 1], [2, true, 2], [3, false, 1], [4, true, 3], [5, false, 4]]);
  });

  const shown = async () => {
    const { rows } = await sql`select number, outcome, next_attempt_at is not null as next from attempts where webhook_id = ${webhook} order by number`.execute(open.db);
    return rows.map(({ number, outcome, next }) => `${number} ${outcome}${next ? ', another follows' : ''}`);
  };

  it('that succeeds ends the retry that waits for the same event, and for no other', async () => {
    const waits = open.queue({ retry: { attempts: 4, baseMs: 3_600_000, longestMs: 3_600_000 } });
    const other = await open.add('Other');
    await open.fire();
    for (const attempt of await waits.claim(10, 10, none)) await waits.finish(attempt, answered(500));
    await open.fire();
    const later = (await waits.claim(10, 10, none)).find((one) => one.webhook_id === webhook);
    await waits.finish(later, answered(500));
    const [first] = await open.db.selectFrom('attempts').selectAll().where('webhook_id', '=', webhook).orderBy('seq').execute();
    assert.deepEqual(await shown(), ['1 failed, another follows', '1 failed, another follows', '2 pending', '2 pending']);
    // One that fails changes nothing.
    await waits.finish(await waits.again(first), answered(500));
    assert.deepEqual(await shown(), ['1 failed, another follows', '1 failed, another follows', '2 pending', '2 pending', '3 failed']);
    await waits.finish(await waits.again(first), answered(200));
    assert.deepEqual(await shown(), ['1 failed', '1 failed, another follows', '2 pending', '3 failed', '4 succeeded']);
    const { rows } = await sql`select event_id from attempts where outcome = 'pending' and webhook_id = ${webhook}`.execute(open.db);
    assert.deepEqual(rows, [{ event_id: later.event_id }]);
    assert.deepEqual(await open.log(other), ['1 failed status', '1 pending', '2 pending']);
  });

  it('that succeeds while a retry is under way leaves that one the last', async () => {
    await open.fire();
    const first = await open.claimOne(mine);
    await mine.finish(first, answered(500));
    const second = await open.claimOne(mine);
    await mine.finish(await mine.again(first), answered(200));
    await mine.finish(second, answered(500));
    assert.deepEqual(await mine.claim(10, 10, none), []);
    assert.deepEqual(await shown(), ['1 failed, another follows', '2 failed', '3 succeeded']);
  });

  it('that succeeds is all that was to be done, also where a process died in the retry', async () => {
    await open.fire();
    const first = await open.claimOne(mine);
    await mine.finish(first, answered(500));
    await open.claimOne(mine);
    await mine.finish(await mine.again(first), answered(200));
    await open.queue().recover(true);
    assert.deepEqual(await shown(), ['1 failed, another follows', '2 failed', '3 succeeded']);
  });

  it('of a webhook that was deleted meanwhile is none', async () => {
    await open.fire();
    const first = await open.claimOne(mine);
    await open.db.deleteFrom('webhooks').execute();
    await assert.rejects(mine.again(first), { status: 404 });
    await mine.finish(first, answered(500));
  });
});

describe('a process that is gone', () => {
  it('while a redelivery has taken the next number: both calls are taken up', async () => {
    await open.fire();
    const first = await open.claimOne(mine);
    await mine.finish(first, answered(500));
    await open.claimOne(mine);
    await mine.again(first);
    await open.queue().recover(true);
    assert.deepEqual((await open.log(webhook)).slice(0, 3), ['1 failed status', '2 failed interrupted', '3 failed interrupted']);
    assert.deepEqual((await open.log(webhook)).slice(3), ['4 pending', '5 pending']);
  });

  it('and one call that cannot be taken up does not keep the others from being so', async () => {
    const other = await open.add('Other');
    await open.fire();
    const claimed = await mine.claim(10, 10, none);
    const { id } = claimed.find((one) => one.webhook_id === webhook);
    await sql`create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`.execute(open.db);
    await sql.raw(`create trigger refuses before update on attempts for each row when (old.id = '${id}') execute function refuse()`).execute(open.db);
    await open.queue().recover(true);
    await sql`drop trigger refuses on attempts`.execute(open.db);
    assert.deepEqual(await open.log(other), ['1 failed interrupted', '2 pending']);
    assert.deepEqual(await open.log(webhook), ['1 pending']);
  });

  it('each time it makes the call is not brought to it for ever', async () => {
    await open.fire();
    for (let count = 0; count < 4; count++) {
      await open.claimOne(mine);
      await open.queue().recover(true);
    }
    assert.deepEqual(await open.log(webhook), [1, 2, 3, 4].map((number) => `${number} failed interrupted`));
  });

  it('but lives, and comes too late: what it has to say does not count', async () => {
    const slow = open.queue({ leaseSeconds: 0 });
    const other = open.queue();
    await open.fire();
    const first = await open.claimOne(slow);
    await other.recover(false);
    const second = await open.claimOne(other);
    await slow.finish(first, answered(200));
    await slow.drop(second, 'not its own');
    await other.finish(second, answered(200));
    assert.deepEqual(await open.log(webhook), ['1 failed interrupted', '2 succeeded']);
  });

  it('is not taken for gone while its claim lasts', async () => {
    await open.fire();
    const first = await open.claimOne(mine);
    await open.queue().recover(false);
    await mine.finish(first, answered(200));
    assert.deepEqual(await open.log(webhook), ['1 succeeded']);
  });
});

describe('a receiver that asks to be left alone', () => {
  it('is, with every event, and no other receiver is', async () => {
    await open.fire();
    await mine.finish(await open.claimOne(mine), answered(429, { retryAfter: 60 }));
    await open.fire();
    assert.deepEqual(await mine.claim(10, 10, none), []);
    const due = await mine.untilNext();
    assert.ok(due > 50_000 && due <= 60_000, String(due));
    const other = await open.add('Other');
    await open.fire();
    assert.equal((await open.claimOne(mine)).webhook_id, other);
    // A shorter wish does not end a longer one.
    const { paused_until: until } = await open.db.selectFrom('webhooks').select('paused_until').where('id', '=', webhook).executeTakeFirst();
    const [first] = await open.db.selectFrom('attempts').selectAll().where('webhook_id', '=', webhook).orderBy('number').execute();
    await mine.finish(await mine.again(first), answered(503, { retryAfter: 1 }));
    const after = await open.db.selectFrom('webhooks').select('paused_until').where('id', '=', webhook).executeTakeFirst();
    assert.deepEqual(after.paused_until, until);
    await open.db.updateTable('webhooks').set({ paused_until: sql`now() - interval '1 second'` }).execute();
    assert.equal((await mine.claim(10, 10, none)).length, 2);
  });
});

describe('a webhook that fails', () => {
  const isActive = async () => (await open.db.selectFrom('webhooks').select('active').where('id', '=', webhook).executeTakeFirst()).active;

  it('is turned off after so many failures in a row only when they have lasted, too', async () => {
    const policy = { retry: { attempts: 99, baseMs: 0, longestMs: 0 }, deactivation: { failures: 3, afterMs: 3_600_000 } };
    const queue = open.queue(policy);
    const fail = async () => queue.finish(await open.claimOne(queue), answered(500));
    await open.fire();
    for (let count = 0; count < 5; count++) await fail();
    assert.equal(await isActive(), true);
    await open.db.updateTable('webhooks').set({ failing_since: sql`now() - interval '59 minutes'` }).execute();
    await fail();
    assert.equal(await isActive(), true);
    await open.db.updateTable('webhooks').set({ failing_since: sql`now() - interval '61 minutes'` }).execute();
    await fail();
    assert.equal(await isActive(), false);
  });

  it('is not turned off by time alone', async () => {
    const queue = open.queue({ deactivation: { failures: 3, afterMs: 1_000 } });
    await open.fire();
    await queue.finish(await open.claimOne(queue), answered(500));
    await open.db.updateTable('webhooks').set({ failing_since: sql`now() - interval '1 day'` }).execute();
    await queue.finish(await open.claimOne(queue), answered(500));
    assert.equal(await isActive(), true);
  });
});
