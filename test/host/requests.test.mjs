// What is sent to the host: bodies of any shape, texts that cannot be kept, names that it does not have.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { createContract } from './helpers/contract.mjs';
import { signInAll, startBoth } from './helpers/host.mjs';

let both, takesBody, checked;
before(async () => {
  both = await startBoth();
  ({ takesBody, checked } = await createContract(both.host.url, await signInAll(both.host)));
});
after(() => both.close());

const input = (name, more = {}) => ({ ...sampleWebhookInput('basic'), name, url: `${both.receivers.url}/hooks/other`, ...more });
const create = async (who, body) => (await checked(who, 'POST', '/webhooks', { body })).body;

describe('a body that is sent', () => {
  it('of the wrong shape is refused by the document as by the host', async () => {
    const { id } = await create('maya', input('Bodies'));
    const good = input('Bodies');
    const without = { ...good, method: undefined };
    delete without.method;
    const wrong = [
      ['POST', '/webhooks', without],
      ['POST', '/webhooks', { ...good, method: 'GET' }],
      ['POST', '/webhooks', { ...good, authentication: { ...good.authentication, type: 'telepathy' } }],
      ['PATCH', `/webhooks/${id}`, { active: 'yes' }],
      ['PATCH', `/webhooks/${id}`, { headers: [{ key: 'X-A' }] }],
      ['PATCH', `/webhooks/${id}`, { authentication: { ...good.authentication, credentials: [{ username: 'a' }] } }],
      ['POST', '/webhooks/test', { eventType: 'site.archived' }],
      ['POST', '/webhooks/test', { input: without, eventType: 'site.archived' }],
      ['POST', '/webhooks/test', { input: good }],
      ['POST', '/events', { type: 7 }],
      ['POST', '/events', { type: 'site.archived', environment: 'both' }],
      ['POST', `/webhooks/${id}/connect`, { organizationId: 7 }],
    ];
    for (const [method, path, body] of wrong) {
      assert.equal((await checked('maya', method, path, { body })).status, 422, `${method} ${path} ${JSON.stringify(body)}`);
      assert.notEqual(takesBody(method, path, body), true, `the document takes ${method} ${path} ${JSON.stringify(body)}`);
    }
    // Parts of a webhook are a change, and no webhook.
    for (const body of [{ active: false }, { name: 'Other' }, {}]) {
      assert.equal(takesBody('PATCH', `/webhooks/${id}`, body), true);
      assert.notEqual(takesBody('POST', '/webhooks', body), true);
    }
  });

  it('with what the database cannot hold is a mistake of who sends it', async () => {
    const { id } = await create('maya', input('Texts'));
    const hmac = (clientId) => input('Texts', { authentication: { type: 'hmac-sha256', organizationSpecific: false, credentials: [{ clientId, clientSecret: 'a secret' }] } });
    for (const [status, method, path, options] of [
      [422, 'GET', '/webhooks?search=%00'],
      [422, 'GET', '/webhooks?event=%00'],
      [422, 'GET', `/webhooks?sort=name&cursor=${Buffer.from('[1,"\\u0000"]').toString('base64url')}`],
      [404, 'GET', '/webhooks/%00'],
      [404, 'DELETE', `/webhooks/${id}%00`],
      [422, 'GET', `/webhooks/${id}/deliveries?event=%00`],
      [404, 'POST', '/deliveries/a%00b/redeliver'],
      [422, 'POST', '/events', { body: { type: 'site.archived', organizationId: 'a\0b' } }],
      [422, 'POST', '/webhooks/test', { body: { id: '\0', input: input('Texts'), eventType: 'site.archived' } }],
      [422, 'POST', `/webhooks/${id}/connect`, { body: { organizationId: '\0' } }],
      [422, 'POST', '/webhooks', { body: hmac('a\0b') }],
      [422, 'POST', '/webhooks', { body: hmac('a\ud800b') }],
      [422, 'PATCH', `/webhooks/${id}`, { body: { authentication: hmac('a\0b').authentication } }],
      [400, 'POST', '/webhooks', { body: input('Texts'), headers: { 'idempotency-key': 'k'.repeat(256) } }],
      [201, 'POST', '/webhooks', { body: input('Texts'), headers: { 'idempotency-key': 'k'.repeat(255) } }],
    ])
      assert.equal((await checked('maya', method, path, options)).status, status, `${method} ${path.slice(0, 60)} ${JSON.stringify(options)?.slice(0, 200)}`);
  });

  it('with a payload that is nested without an end is refused, since it could be sent to nobody', async () => {
    const nested = (depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    assert.equal((await checked('maya', 'POST', '/events', { body: { type: 'site.archived', payload: nested(64) } })).status, 202);
    for (const depth of [66, 4000]) {
      const { status, body } = await checked('maya', 'POST', '/events', { body: { type: 'site.archived', payload: nested(depth) } });
      assert.deepEqual([status, body.errors[0].pointer], [422, '#/payload']);
    }
    const tested = await checked('maya', 'POST', '/webhooks/test', { body: { input: input('Deep'), eventType: 'site.archived', payload: nested(4000) } });
    assert.equal(tested.status, 422);
  });
});

describe('the name that the host is called by', () => {
  const ask = (host, path = '/host/api/users') =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(both.host.url);
      get({ hostname, port, path, headers: { host: host.replace('*', port) } }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });

  it('is one of this machine', async () => {
    for (const host of ['127.0.0.1:*', 'localhost:*', 'LOCALHOST', '[::1]:*', '127.0.0.1']) assert.equal(await ask(host), 200, host);
    for (const host of ['rebind.evil.example:*', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil.example', '10.0.0.1', '169.254.169.254'])
      for (const path of ['/host/api/users', '/host/api/webhooks', '/host/openapi.json', '/host/oauth/callback']) assert.equal(await ask(host, path), 421, `${host} ${path}`);
  });
});

describe('the signing secret', () => {
  it('is that of the own account', async () => {
    const [mine, theirs] = [await checked('maya', 'GET', '/signing-secret'), await checked('other', 'GET', '/signing-secret')];
    assert.equal(mine.body.secret, await both.host.signingSecret('acc_brightside'));
    assert.notEqual(mine.body.secret, theirs.body.secret);
    assert.equal(mine.headers.get('cache-control'), 'no-store');
  });
});
