// The host as a process that is killed in the middle of its work.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { newPlace, signIn, until } from './helpers/host.mjs';
import { kill, spawnHost } from './helpers/process.mjs';
import { startReceiver } from './helpers/receiver.mjs';

describe('a host that is killed', () => {
  let place, host, receiver;
  before(async () => {
    place = await newPlace();
    receiver = await startReceiver();
    host = await spawnHost(place);
  });
  after(async () => {
    await kill(host);
    await receiver.close();
    await place.remove();
  });

  it('in the middle of a call loses nothing, and says where it may have called twice', async () => {
    let maya = await signIn(host.url, 'maya');
    const create = async (name) => {
      const input = { ...sampleWebhookInput('basic'), name, events: ['site.archived'], url: `${receiver.url}/${name}` };
      return (await maya.call('POST', '/webhooks', { body: input })).body.id;
    };
    const [held, failing] = [await create('held'), await create('failing')];
    // One call is on its way, another has failed and waits for its next time.
    receiver.answer = (request, response) => request.url === '/failing' && response.writeHead(500).end();
    await maya.call('POST', '/events', { body: { type: 'site.archived', payload: { number: 1 } } });
    const deliveries = async (id) => (await maya.call('GET', `/webhooks/${id}/deliveries`)).body.items;
    await until(async () => receiver.calls.some(({ path }) => path === '/held') && (await deliveries(failing)).length === 2, 'both calls');
    await kill(host);

    receiver.answer = (_, response) => response.end('ok');
    host = await spawnHost(place);
    maya = await signIn(host.url, 'maya');
    for (const [id, path, error] of [
      [held, '/held', 'The host stopped in the middle of this call. The receiver may have got it.'],
      [failing, '/failing', 'status'],
    ]) {
      const items = await until(async () => {
        const all = await deliveries(id);
        return all[0]?.outcome === 'succeeded' && all;
      }, `${path} to arrive`, 30_000);
      assert.deepEqual(items.map(({ attempt, outcome, error: reason }) => [attempt, outcome, reason]), [
        [2, 'succeeded', undefined],
        [1, 'failed', error],
      ]);
      const calls = receiver.calls.filter((one) => one.path === path);
      assert.equal(calls.length, 2);
      assert.equal(new Set(calls.map(({ headers }) => headers['webhook-id'])).size, 1);
      assert.deepEqual(calls.map(({ headers }) => headers['webhook-attempt']), [undefined, '2']);
      assert.equal(calls[1].body, calls[0].body);
    }
  });

  it('keeps its sessions and secrets', async () => {
    const maya = await signIn(host.url, 'maya');
    await kill(host);
    host = await spawnHost(place);
    // The port is another one, the cookie the same.
    const again = await signIn(host.url);
    const { body } = await again.call('GET', '/webhooks', { cookie: maya.cookie });
    assert.equal(body.total, 2);
    const count = receiver.calls.length;
    await again.call('POST', '/events', { cookie: maya.cookie, body: { type: 'site.archived' }, headers: {} });
    await until(() => receiver.calls.length === count + 2, 'the calls of an event');
    assert.match(receiver.calls.at(-1).headers.authorization, /^Basic /);
  });
});
