// Several hosts on one server: each call is made once, by one of them. (The embedded database belongs to one process.)
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { newPlace, signIn, startHost, until } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

if (process.env.DATABASE_URL)
  describe('hosts that share a database', () => {
    it('start together, and make each call once', async () => {
      const place = await newPlace();
      const receiver = await startReceiver();
      const options = { folder: place.folder, databaseUrl: place.databaseUrl, allowLoopback: true };
      const hosts = await Promise.all([1, 2, 3].map(() => startHost(options)));
      const people = await Promise.all(hosts.map(({ url }) => signIn(url, 'maya')));
      for (let count = 0; count < 10; count++) {
        const input = { ...sampleWebhookInput('basic'), events: ['site.archived'], url: `${receiver.url}/${count}` };
        assert.equal((await people[count % 3].call('POST', '/webhooks', { body: input })).status, 201);
      }
      for (let count = 0; count < 30; count++) await people[count % 3].call('POST', '/events', { body: { type: 'site.archived' } });
      await until(() => receiver.calls.length >= 300, '300 calls');
      for (const host of hosts) await host.close();
      const made = receiver.calls.map(({ path, headers }) => `${path} ${headers['webhook-id']}`);
      assert.equal(made.length, 300);
      assert.equal(new Set(made).size, 300);
      await receiver.close();
      await place.remove();
    });
  });
