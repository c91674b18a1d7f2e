// The host's API: who may call what, and that every answer is what the OpenAPI document says.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRestAdapter } from '../../dist/adapters/rest.js';
import { describeAdapterContract, sampleWebhookInput } from '../../dist/testing/index.js';
import { createContract } from './helpers/contract.mjs';
import { signIn, signInAll, startBoth, until } from './helpers/host.mjs';

let both, people, document, templateOf, checked;
before(async () => {
  both = await startBoth();
  people = await signInAll(both.host);
  ({ document, templateOf, checked } = await createContract(both.host.url, people));
});
after(() => both.close());

/** Every optional method. */
const capabilities = ['get', 'update', 'delete', 'listEventTypes', 'listOrganizations', 'sendTest', 'listDeliveries', 'redeliver'];
const input = (name, more = {}) => ({ ...sampleWebhookInput('basic'), name, url: `${both.receivers.url}/hooks/other`, ...more });
const create = async (who, body, headers) => (await checked(who, 'POST', '/webhooks', { body, headers })).body;

describe('the OpenAPI document', () => {
  it('is 3.1, and names every route that needs a session', () => {
    assert.equal(document.openapi, '3.1.0');
    const open = Object.entries(document.paths).filter(([, one]) => Object.values(one).every(({ security }) => security?.length === 0));
    assert.deepEqual(open.map(([path]) => path).sort(), ['/session', '/users']);
  });

  it('says what the host answers, all along the life of a webhook', async () => {
    const created = await checked('maya', 'POST', '/webhooks', { body: input('Life') });
    const { id } = created.body;
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('etag'), '"1"');
    assert.equal(created.headers.get('location'), `/host/api/webhooks/${id}`);
    for (const path of ['/users', '/session', '/event-types', '/organizations', '/webhooks', '/webhooks?search=life&sort=name&limit=1', `/webhooks/${id}`, `/webhooks/${id}/connections`])
      assert.equal((await checked('maya', 'GET', path)).status, 200, path);
    assert.equal((await checked('maya', 'PATCH', `/webhooks/${id}`, { body: { active: true } })).status, 200);
    assert.equal((await checked('maya', 'POST', '/webhooks/test', { body: { id, input: input('Life'), eventType: 'site.archived', payload: { a: 1 } } })).status, 200);
    assert.equal((await checked('maya', 'POST', '/events', { body: { type: 'milestone.status_change' } })).status, 202);
    const { items } = await until(async () => {
      const { body } = await checked('maya', 'GET', `/webhooks/${id}/deliveries?limit=5`);
      return body.items[0]?.outcome === 'succeeded' && body;
    }, 'a delivery');
    const again = await checked('maya', 'POST', `/deliveries/${items[0].id}/redeliver`);
    assert.deepEqual([again.body.attempt, again.body.outcome], [2, 'succeeded']);
    assert.deepEqual((await checked('maya', 'GET', `/webhooks/${id}`)).body.health, { recent: ['succeeded', 'succeeded'] });
    assert.equal((await checked('maya', 'DELETE', `/webhooks/${id}`)).status, 204);
    assert.equal((await checked('maya', 'GET', `/webhooks/${id}`)).status, 404);
  });

  it('says how the host refuses', async () => {
    const { id } = await create('maya', input('Refusals'));
    const wrong = input('Refusals', { url: 'https://10.0.0.1/x', headers: [{ key: 'Host', value: 'x' }] });
    const { status, body } = await checked('maya', 'POST', '/webhooks', { body: wrong });
    assert.equal(status, 422);
    assert.deepEqual(body.errors.map(({ pointer }) => pointer).sort(), ['#/headers/0/key', '#/url']);
    const tested = await checked('maya', 'POST', '/webhooks/test', { body: { input: wrong, eventType: 'site.archived' } });
    assert.ok(tested.body.errors.some(({ pointer }) => pointer === '#/input/url'));
    assert.equal((await checked('maya', 'POST', '/webhooks', { body: '{' })).status, 400);
    assert.equal((await checked('maya', 'POST', '/webhooks', { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status, 415);
    assert.equal((await checked('maya', 'POST', '/webhooks', { body: JSON.stringify({ name: 'x'.repeat(600_000) }) })).status, 413);
    assert.equal((await checked('maya', 'GET', '/webhooks?limit=0')).status, 422);
    assert.equal((await checked('maya', 'GET', '/webhooks?cursor=nonsense')).status, 422);
    assert.equal((await checked('maya', 'GET', `/webhooks/${id}/deliveries?from=yesterday`)).status, 422);
    assert.equal((await checked('maya', 'POST', '/events', { body: { type: 'no.such' } })).status, 422);
    assert.equal((await checked('maya', 'POST', `/webhooks/${id}/connect`, { body: {} })).status, 422);
    assert.equal((await checked('maya', 'POST', '/deliveries/nothing/redeliver')).status, 404);
  });
});

describe('versions', () => {
  it('a change of what someone else changed is 412, with what is stored', async () => {
    const { id } = await create('maya', input('Versions'));
    const change = (name, tag) => checked('maya', 'PATCH', `/webhooks/${id}`, { body: { name }, headers: { 'if-match': tag } });
    assert.equal((await change('Second', '"1"')).headers.get('etag'), '"2"');
    const { status, body, headers } = await change('Third', '"1"');
    assert.deepEqual([status, headers.get('etag'), body.current.name], [412, '"2"', 'Second']);
    assert.equal((await change('Third', 'W/"2"')).status, 412);
    assert.equal((await change('Third', '"9", "2"')).status, 200);
    assert.equal((await checked('maya', 'DELETE', `/webhooks/${id}`, { headers: { 'if-match': '"1"' } })).status, 412);
    assert.equal((await checked('maya', 'DELETE', `/webhooks/${id}`, { headers: { 'if-match': '*' } })).status, 204);
  });

  it('of two changes at once one wins', async () => {
    const { id } = await create('maya', input('At once'));
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) => checked('maya', 'PATCH', `/webhooks/${id}`, { body: { name }, headers: { 'if-match': '"1"' } })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
  });
});

describe('an Idempotency-Key', () => {
  it('makes one webhook however many ask at once, and belongs to one request', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const made = await Promise.all([1, 2, 3].map(() => create('maya', input('Once'), headers)));
    assert.equal(new Set(made.map(({ id }) => id)).size, 1);
    // In the quotes of a structured field it is the same key.
    assert.equal((await create('maya', input('Once'), { 'idempotency-key': `"${headers['idempotency-key']}"` })).id, made[0].id);
    assert.equal((await checked('maya', 'POST', '/webhooks', { body: input('Twice'), headers })).status, 422);
    // Whoever asks again after it was deleted learns that it was made, and is no more.
    await checked('maya', 'DELETE', `/webhooks/${made[0].id}`);
    assert.equal((await checked('maya', 'POST', '/webhooks', { body: input('Once'), headers })).status, 409);
    // The same key of another account is another key.
    assert.notEqual((await create('other', input('Once'), headers)).id, made[0].id);
  });
});

describe('who may', () => {
  const routes = (id, delivery) => [
    ['GET', '/event-types'],
    ['GET', '/organizations'],
    ['GET', '/signing-secret'],
    ['GET', '/webhooks'],
    ['POST', '/webhooks', { body: input('Mine') }],
    ['GET', `/webhooks/${id}`],
    ['PATCH', `/webhooks/${id}`, { body: { name: 'Mine' } }],
    ['DELETE', `/webhooks/${id}`],
    ['POST', '/webhooks/test', { body: { id, input: input('Mine'), eventType: 'site.archived' } }],
    ['GET', `/webhooks/${id}/deliveries`],
    ['POST', `/deliveries/${delivery}/redeliver`],
    ['GET', `/webhooks/${id}/connections`],
    ['POST', `/webhooks/${id}/connect`, { body: {} }],
    ['POST', '/events', { body: { type: 'site.archived' } }],
  ];
  let id, delivery;
  before(async () => {
    ({ id } = await create('maya', input('Hers')));
    await checked('maya', 'POST', '/events', { body: { type: 'milestone.status_change' } });
    delivery = (await until(async () => (await checked('maya', 'GET', `/webhooks/${id}/deliveries?outcome=succeeded`)).body.items[0], 'a delivery')).id;
  });

  it('the list of routes here is that of the document', () => {
    const here = routes('x', 'x').map(([method, path]) => `${method} ${templateOf(path)}`);
    const there = Object.entries(document.paths).flatMap(([path, one]) => Object.keys(one).map((method) => `${method.toUpperCase()} ${path}`));
    assert.deepEqual(here.sort(), there.filter((one) => !/\/(users|session)$/.test(one)).sort());
  });

  for (const [who, status, reason] of [
    ['nobody', 401],
    ['tom', 403, 'denied'],
    ['ines', 403, 'unavailable'],
  ])
    it(`${who}: every route is ${status}`, async () => {
      for (const [method, path, options] of routes(id, delivery)) {
        const answer = await checked(who, method, path, options);
        assert.deepEqual([answer.status, answer.body.reason], [status, reason], `${method} ${path}`);
      }
    });

  it('an admin of another account: nothing of this one is there', async () => {
    for (const [method, path, options] of routes(id, delivery)) {
      const answer = await checked('other', method, path, options);
      const isOwn = !path.includes(id) && !path.includes(delivery) && !options?.body?.id;
      if (isOwn) assert.ok(!answer.text.includes(id) && answer.status < 300, `${method} ${path}: ${answer.status}`);
      else assert.equal(answer.status, 404, `${method} ${path}`);
    }
    assert.equal((await checked('maya', 'GET', `/webhooks/${id}`)).body.name, 'Hers');
  });

  it('an event calls the webhooks of its own account only', async () => {
    const { body } = await checked('other', 'POST', '/events', { body: { type: 'contract.status_change' } });
    assert.equal(body.calls, 0);
  });

  it('the Organization Admin: every route works', async () => {
    for (const [method, path, options] of routes(id, delivery)) {
      if (method === 'DELETE' || path.endsWith('/connect')) continue;
      assert.ok((await checked('maya', method, path, options)).status < 300, `${method} ${path}`);
    }
  });

  it('nobody with a session that was ended', async () => {
    const { url } = both.host;
    const person = await signIn(url, 'maya');
    assert.equal((await person.call('DELETE', '/session')).status, 204);
    assert.equal((await person.call('GET', '/webhooks')).status, 401);
  });
});

describe('another site', () => {
  it('cannot ask for a change with the cookie of someone who is signed in', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
      assert.equal((await checked('maya', 'POST', '/webhooks', { body: input('Forged'), headers })).status, 403);
    const cookie = await fetch(`${both.host.url}/host/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"user":"maya"}',
    });
    assert.match(cookie.headers.get('set-cookie'), /HttpOnly; SameSite=Lax/);
  });

  it('may be the page itself', async () => {
    const headers = { origin: both.host.url, 'sec-fetch-site': 'same-origin' };
    assert.equal((await checked('maya', 'POST', '/webhooks', { body: input('Own page'), headers })).status, 201);
  });
});

describe('the adapter contract, over HTTP', () => {
  describeAdapterContract(
    'host',
    () => createRestAdapter({ baseUrl: `${both.host.url}/host/api`, headers: { cookie: people.maya.cookie }, capabilities }),
    { describe, it },
  );
});
