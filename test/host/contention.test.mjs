// Events, deletions, changes and calls at once. (The embedded database is one session: there they wait for each other.)
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { newPlace, signIn, startBoth, until } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const { openDatabase } = await import('../../demo/host/database/open.ts');
const { transact } = await import('../../demo/host/database/transact.ts');

describe('an event', () => {
  it('is not lost where webhooks are deleted meanwhile, and nobody waits for ever', async () => {
    const both = await startBoth({ retry: { attempts: 2, baseMs: 1, longestMs: 2 } });
    const maya = await signIn(both.host.url, 'maya');
    const receiver = await startReceiver((_, response) => response.writeHead(500).end());
    const said = [];
    const { error } = console;
    console.error = (line) => said.push(line);
    try {
      const base = { ...sampleWebhookInput('none'), events: ['site.archived'] };
      const { body: kept } = await maya.call('POST', '/webhooks', { body: { ...base, name: 'kept', url: `${receiver.url}/kept` } });
      const rounds = process.env.DATABASE_URL ? 12 : 2;
      let events = 0;
      for (let round = 0; round < rounds; round++) {
        const made = await Promise.all([1, 2, 3, 4, 5].map((number) => maya.call('POST', '/webhooks', { body: { ...base, name: `${number}`, url: `${receiver.url}/${number}` } })));
        const fire = () => maya.call('POST', '/events', { body: { type: 'site.archived' } });
        const answers = await Promise.all([
          ...Array.from({ length: 6 }, fire),
          ...made.map(({ body }) => maya.call('DELETE', `/webhooks/${body.id}`)),
          maya.call('PATCH', `/webhooks/${kept.id}`, { body: { name: `kept ${round}` } }),
          ...Array.from({ length: 6 }, fire),
        ]);
        assert.deepEqual(answers.map(({ status }) => status).filter((status) => status >= 400), []);
        events += 12;
      }
      await until(() => receiver.calls.filter(({ path }) => path === '/kept').length >= events, 'each event at the one that is kept', 60_000);
      assert.deepEqual(said, []);
    } finally {
      console.error = error;
    }
    await receiver.close();
    await both.close();
  });
});

describe('the database', () => {
  it('lets timers and sockets have their turn, however many queries wait', async () => {
    const place = await newPlace();
    const { db, close } = await openDatabase({ folder: place.folder, url: place.databaseUrl });
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 50 }, () => db.transaction().execute((tx) => tx.selectFrom('webhooks').selectAll().execute())));
    isDone = true;
    assert.ok(turns >= 20, `${turns} turns of the event loop in 50 transactions`);
    await close();
    await place.remove();
  });
});

describe('a transaction', () => {
  const failing = (codes) => {
    const left = [...codes];
    return { transaction: () => ({ execute: async () => (left.length ? Promise.reject(Object.assign(new Error('no'), { code: left.shift() })) : 'done') }) };
  };

  it('that the server gave up for another one is run again, and no other is', async () => {
    assert.equal(await transact(failing(['40P01', '40001']), () => {}), 'done');
    await assert.rejects(transact(failing(['23505', '40P01']), () => {}), { code: '23505' });
    await assert.rejects(transact(failing(Array(20).fill('40P01')), () => {}), { code: '40P01' });
  });
});
