// What the host does with an event: whom it calls, when again, when no more, and what it writes down.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { signIn, startBoth, until } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

let both, maya, receiver;
const quick = { retry: { attempts: 4, baseMs: 5, longestMs: 50 }, deactivation: { failures: 6, afterMs: 0 }, timeoutMs: 1_000 };
before(async () => {
  both = await startBoth(quick);
  maya = await signIn(both.host.url, 'maya');
});
after(() => both.close());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  const { body } = await maya.call('GET', '/webhooks?limit=100');
  for (const { id } of body.items) await maya.call('DELETE', `/webhooks/${id}`);
  await receiver.close();
});

const input = (more = {}) => ({ ...sampleWebhookInput('none'), name: 'Receiver', events: ['site.archived'], url: `${receiver.url}/x`, ...more });
const add = async (more) => {
  const { status, body, text } = await maya.call('POST', '/webhooks', { body: input(more) });
  assert.equal(status, 201, text);
  return body.id;
};
const fire = async (more = {}) => (await maya.call('POST', '/events', { body: { type: 'site.archived', ...more } })).body;
const log = async (id, query = '') => (await maya.call('GET', `/webhooks/${id}/deliveries${query}`)).body;
const get = async (id) => (await maya.call('GET', `/webhooks/${id}`)).body;
/** The log once it has this many entries and none is pending. */
const settled = (id, count) =>
  until(async () => {
    const { items } = await log(id);
    return items.length >= count && items.every(({ outcome }) => outcome !== 'pending') && items;
  }, `${count} settled deliveries`);

describe('an event', () => {
  it('calls the active webhooks that want it, in its own environment', async () => {
    await add({ name: 'live' });
    await add({ name: 'test', test: true });
    await add({ name: 'inactive', active: false });
    await add({ name: 'another event', events: ['contract.status_change'] });
    assert.equal((await fire()).calls, 1);
    assert.equal((await fire({ environment: 'test' })).calls, 1);
    await until(() => receiver.calls.length === 2, 'two calls');
  });

  it('is sent with the credential of its own organization, and not where there is none', async () => {
    const authentication = {
      type: 'token',
      organizationSpecific: true,
      credentials: [
        { organizationId: 'org_1', key: 'X-Token', value: 'of the first' },
        { organizationId: 'org_2', key: 'X-Token', value: 'of the second' },
      ],
    };
    await add({ authentication });
    assert.equal((await fire({ organizationId: 'org_2' })).calls, 1);
    await until(() => receiver.calls.length === 1, 'a call');
    assert.equal(receiver.calls[0].headers['x-token'], 'of the second');
    assert.equal((await fire({ organizationId: 'org_3' })).calls, 0);
    assert.equal((await fire()).calls, 0);
  });

  it('has the payload, method, content type and headers that were set', async () => {
    const payload = { a: 'ü <&> \u0000', list: [1, { b: null }], '2x': true };
    const expected = {
      'application/json': (body) => assert.deepEqual(JSON.parse(body), payload),
      'application/xml': (body) =>
        assert.equal(body, '<?xml version="1.0" encoding="UTF-8"?><event><a>ü &lt;&amp;&gt; \ufffd</a><list><item>1</item><item><b/></item></list><_2x>true</_2x></event>'),
      'application/x-www-form-urlencoded': (body) =>
        assert.deepEqual([...new URLSearchParams(body)].sort(), [['2x', 'true'], ['a', 'ü <&> \u0000'], ['list[0]', '1'], ['list[1][b]', '']]),
    };
    for (const [contentType, check] of Object.entries(expected)) {
      const id = await add({ contentType, method: 'PATCH', headers: [{ key: '__proto__', value: 'a' }, { key: 'constructor', value: 'b  c' }] });
      await fire({ payload });
      const [{ outcome, request }] = await settled(id, 1);
      assert.equal(outcome, 'succeeded');
      const call = receiver.calls.at(-1);
      assert.equal(call.method, 'PATCH');
      assert.ok(call.headers['content-type'].startsWith(contentType));
      assert.ok(call.rawHeaders.includes('__proto__') && call.rawHeaders.includes('b  c'));
      check(call.body);
      assert.equal(request.body, call.body);
      await maya.call('DELETE', `/webhooks/${id}`);
    }
  });
});

describe('a call that fails', () => {
  it('is made again until it succeeds, under one id, and the log has each', async () => {
    receiver.answer = (_, response, count) => response.writeHead(count < 3 ? 503 : 200).end('ok');
    const id = await add();
    await fire();
    const items = await settled(id, 3);
    assert.deepEqual(items.map(({ attempt, outcome, error }) => [attempt, outcome, error]), [
      [3, 'succeeded', undefined],
      [2, 'failed', 'status'],
      [1, 'failed', 'status'],
    ]);
    assert.equal(items[2].response.status, 503);
    assert.ok(Date.parse(items[2].nextAttemptAt) >= Date.parse(items[2].startedAt));
    assert.equal(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.deepEqual(receiver.calls.map(({ headers }) => headers['webhook-attempt']), [undefined, '2', '3']);
    assert.deepEqual((await get(id)).health.recent, ['failed', 'failed', 'succeeded']);
  });

  it('is given up after the last attempt, and can be made again by hand', async () => {
    receiver.answer = (_, response) => response.writeHead(500).end();
    const id = await add();
    await fire();
    const items = await settled(id, 4);
    assert.equal(items.length, 4);
    assert.equal(items[0].nextAttemptAt, undefined);
    receiver.answer = (_, response) => response.end();
    const again = await maya.call('POST', `/deliveries/${items[3].id}/redeliver`);
    assert.deepEqual([again.body.attempt, again.body.outcome], [5, 'succeeded']);
    assert.equal((await get(id)).active, true);
  });

  it('waits as long as the receiver asks', async () => {
    receiver.answer = (_, response, count) => response.writeHead(count === 1 ? 429 : 200, { 'retry-after': '1' }).end();
    const id = await add();
    await fire();
    const [second, first] = await settled(id, 2);
    assert.equal(second.outcome, 'succeeded');
    assert.ok(Date.parse(second.startedAt) - Date.parse(first.startedAt) >= 1000);
  });

  it('for good: the webhook is turned off, with the reason, and starts anew when it is turned on', async () => {
    receiver.answer = (_, response) => response.writeHead(500).end();
    const id = await add();
    await fire();
    await fire();
    const { active, version, health } = await until(async () => {
      const webhook = await get(id);
      return !webhook.active && webhook;
    }, 'deactivation');
    assert.equal(active, false);
    assert.notEqual(version, '1');
    assert.match(health.deactivatedReason, /No call has succeeded since .*; the last of 6 failures: HTTP 500\./);
    await settled(id, 6);
    assert.equal((await fire()).calls, 0);
    const on = await maya.call('PATCH', `/webhooks/${id}`, { body: { active: true } });
    assert.deepEqual([on.body.active, on.body.health.deactivatedReason], [true, undefined]);
    receiver.answer = (_, response) => response.end();
    assert.equal((await fire()).calls, 1);
  });

  it('with "gone": the webhook is turned off at once', async () => {
    receiver.answer = (_, response) => response.writeHead(410).end();
    const id = await add();
    await fire();
    await until(async () => !(await get(id)).active, 'deactivation');
    assert.equal(receiver.calls.length, 1);
    assert.match((await get(id)).health.deactivatedReason, /410/);
    assert.equal((await maya.call('POST', `/deliveries/${(await log(id)).items[0].id}/redeliver`)).status, 409);
  });
});

describe('the log', () => {
  it('is read in pages, newest first, by outcome, event and time', async () => {
    const id = await add({ events: ['site.archived', 'contract.status_change'] });
    for (let count = 0; count < 3; count++) await fire({ payload: { count } });
    await settled(id, 3);
    const at = new Date().toISOString();
    await fire({ type: 'contract.status_change' });
    await settled(id, 4);
    receiver.answer = (_, response) => response.writeHead(410).end();
    await fire({ payload: { count: 4 } });
    await settled(id, 5);
    const first = await log(id, '?limit=2');
    assert.equal(first.total, 5);
    const second = await log(id, `?limit=2&cursor=${first.nextCursor}`);
    const third = await log(id, `?limit=2&cursor=${second.nextCursor}`);
    assert.equal(third.nextCursor, undefined);
    const all = [first, second, third].flatMap(({ items }) => items);
    assert.equal(new Set(all.map((one) => one.id)).size, 5);
    assert.equal(all[0].outcome, 'failed');
    assert.equal((await log(id, '?outcome=succeeded')).total, 4);
    assert.equal((await log(id, '?event=contract.status_change')).total, 1);
    assert.equal((await log(id, `?from=${at}`)).total, 2);
    assert.equal((await log(id, `?to=${at}`)).total, 3);
  });
});

describe('receivers that hang', () => {
  /** A host of its own, whose webhooks hang but for `works`; `run` gets what it needs to look. */
  async function beside(options, count, run) {
    const own = await startBoth(options);
    const hanging = await startReceiver(() => {});
    try {
      const { call } = await signIn(own.host.url, 'maya');
      const make = async (name, url) => (await call('POST', '/webhooks', { body: input({ name, url }) })).body.id;
      for (let number = 0; number < count; number++) await make(`hangs ${number}`, `${hanging.url}/${number}`);
      await run({
        hanging,
        db: own.host.db,
        add: () => make('works', `${receiver.url}/x`),
        fire: async () => (await call('POST', '/events', { body: { type: 'site.archived' } })).body.id,
        /** Settles when each of these events has arrived at the webhook. */
        arrived: (id, events) =>
          until(async () => {
            const { body } = await call('GET', `/webhooks/${id}/deliveries?outcome=succeeded&limit=100`);
            const found = new Set(body.items.map(({ eventId }) => eventId));
            return events.every((event) => found.has(event));
          }, 'each event at the one that works', 60_000),
      });
    } finally {
      // Ends their calls, which the host waits for.
      await hanging.close();
      await own.close();
    }
  }

  it('do not hold up the others: each event arrives', () =>
    // A machine that is busy may be too slow for a call's second, too: then it is made again, and nothing is turned off.
    beside({ timeoutMs: 1_000, retry: { attempts: 8, baseMs: 200, longestMs: 2_000 } }, 30, async ({ add, fire, arrived }) => {
      const id = await add();
      const events = [];
      for (let count = 0; count < 10; count++) events.push(await fire());
      const start = Date.now();
      await arrived(id, events);
      console.log(`    10 deliveries beside 300 that hang: ${Date.now() - start} ms`);
    }));

  it('take half of the places at most once they are known, however long they hang', () => {
    const concurrency = 8;
    // Long enough that none of their calls ends while this test runs.
    return beside({ timeoutMs: 300_000, concurrency }, 10, async ({ hanging, db, add, fire, arrived }) => {
      await db.updateTable('webhooks').set({ failing_since: new Date() }).execute();
      await fire();
      await until(() => hanging.calls.length >= concurrency / 2, 'calls that hang');
      const id = await add();
      const events = [];
      for (let count = 0; count < 10; count++) events.push(await fire());
      await arrived(id, events);
      assert.equal(hanging.calls.length, concurrency / 2);
    });
  });
});
