// What a login and its tokens belong to: one credential, one receiver, one person who may.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { logIn } from './helpers/browser-login.mjs';
import { catalogue, demoCredentials, signIn, startBoth, until } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const personal = catalogue(demoCredentials).find(({ name }) => name.includes('person'));
const [ofPerson] = personal.authentication.credentials;

let both, maya, callback;
before(async () => {
  both = await startBoth();
  maya = await signIn(both.host.url, 'maya');
  callback = `${both.host.url}/host/oauth/callback`;
});
after(() => both.close());

const create = async (input) => {
  const { status, body, text } = await maya.call('POST', '/webhooks', { body: input });
  assert.equal(status, 201, text);
  return body;
};
const patch = (id, body) => maya.call('PATCH', `/webhooks/${id}`, { body });
const start = async (id, body = {}) => (await maya.call('POST', `/webhooks/${id}/connect`, { body })).body.url;
const comeBack = (url, cookie = maya.cookie) => fetch(url, { headers: { cookie } });
const connect = async (id, body) => comeBack(await logIn(await start(id, body), callback));
const connections = async (id) => (await maya.call('GET', `/webhooks/${id}/connections`)).body;
const perOrganization = (credentials) => ({ ...personal.authentication, organizationSpecific: true, credentials });
const machine = (provider) => ({ type: 'oauth2', organizationSpecific: false, credentials: [{ grantType: 'client_credentials', tokenUrl: `${provider.url}/token`, clientId: 'a', clientSecret: 'the-old-secret', clientAuthentication: 'basic' }] });
const tokenAnswer = (response, token, more = {}) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ access_token: token, token_type: 'bearer', expires_in: 3600, ...more }));

describe('a login', () => {
  it('that began with another token URL is refused, and its code is told to nobody', async () => {
    const evil = await startReceiver();
    const { id, authentication } = await create(personal);
    const back = await logIn(await start(id), callback);
    const [credential] = authentication.credentials;
    const changed = { ...credential, tokenUrl: `${evil.url}/token`, clientSecret: ofPerson.clientSecret };
    assert.equal((await patch(id, { authentication: { ...authentication, credentials: [changed] } })).status, 200);
    const answer = await comeBack(back);
    assert.equal(answer.status, 409);
    assert.match(await answer.text(), /have changed since/);
    assert.equal(evil.calls.length, 0);
    await evil.close();
  });

  it('is for an organization that has a credential, and for no other', async () => {
    const { id } = await create(personal);
    for (const organizationId of ['org_1', 'org_nowhere']) {
      const { status, body } = await maya.call('POST', `/webhooks/${id}/connect`, { body: { organizationId } });
      assert.deepEqual([status, body.errors[0].pointer], [422, '#/organizationId']);
    }
    const { id: specific } = await create({ ...personal, authentication: perOrganization([{ organizationId: 'org_1', ...ofPerson }]) });
    for (const body of [{}, { organizationId: 'org_2' }]) assert.equal((await maya.call('POST', `/webhooks/${specific}/connect`, { body })).status, 422);
  });

  it('stays when the credential of another organization is added, and goes with its own', async () => {
    const { id, authentication } = await create({ ...personal, authentication: perOrganization([{ organizationId: 'org_1', ...ofPerson }]) });
    await connect(id, { organizationId: 'org_1' });
    const [kept] = authentication.credentials;
    const added = [kept, { organizationId: 'org_2', ...ofPerson }];
    assert.equal((await patch(id, { authentication: { ...authentication, credentials: added } })).status, 200);
    assert.deepEqual(await connections(id), [{ organizationId: 'org_1' }]);
    assert.equal((await patch(id, { name: 'Renamed', url: personal.url })).status, 200);
    assert.deepEqual(await connections(id), [{ organizationId: 'org_1' }]);
    assert.equal((await patch(id, { authentication: { ...authentication, credentials: [{ ...kept, scope: 'events:write' }] } })).status, 200);
    assert.deepEqual(await connections(id), []);
    assert.deepEqual(await both.host.db.selectFrom('oauth_tokens').select('webhook_id').where('webhook_id', '=', id).execute(), []);
  });

  it('is not for another receiver, even where someone types the client secret', async () => {
    const other = await startReceiver();
    const saved = await create(personal);
    const { id } = saved;
    const input = Object.fromEntries(Object.keys(personal).map((key) => [key, saved[key]]));
    await connect(id);
    const test = (more) => maya.call('POST', '/webhooks/test', { body: { id, input: { ...input, ...more }, eventType: 'site.archived' } });
    assert.equal((await test({})).body.outcome, 'succeeded');
    const elsewhere = { url: `${other.url}/`, authentication: personal.authentication };
    assert.deepEqual([(await test(elsewhere)).body.error, other.calls.length], ['authorization', 0]);
    assert.equal((await patch(id, elsewhere)).status, 200);
    assert.deepEqual(await connections(id), []);
    await other.close();
  });
});

describe('who comes back from a login', () => {
  it('has to be an admin of an account that has webhooks, still', async () => {
    const { id } = await create(personal);
    const url = await logIn(await start(id), callback);
    for (const [who, status, text] of [
      ['tom', 403, /Only an Organization Admin/],
      ['ines', 403, /not turned on/],
      ['nobody', 401, /Sign in first/],
    ]) {
      const answer = await comeBack(url, who === 'nobody' ? '' : (await signIn(both.host.url, who)).cookie);
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [status, 'text/html; charset=UTF-8'], who);
      assert.match(await answer.text(), text);
    }
    const role = (to) => both.host.db.updateTable('users').set({ role: to }).where('id', '=', 'maya').execute();
    await role('member');
    try {
      assert.equal((await comeBack(url)).status, 403);
    } finally {
      await role('admin');
    }
    assert.deepEqual(await connections(id), []);
    assert.equal((await comeBack(url)).status, 200);
    assert.deepEqual(await connections(id), [{}]);
  });

  it('is told on a page where the issuer is none', async () => {
    const { id } = await create(personal);
    for (const issuer of ['nonsense', '', 'javascript:alert(1)', 'https://evil.example']) {
      const url = new URL(await logIn(await start(id), callback));
      url.searchParams.set('iss', issuer);
      const answer = await comeBack(url.href);
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [400, 'text/html; charset=UTF-8'], issuer);
    }
  });
});

describe('a token', () => {
  it('of a client that was exchanged while it was asked for is used for no further call', async () => {
    const answers = [];
    const provider = await startReceiver((_, response) => answers.push(response));
    const receiver = await startReceiver();
    const { id, authentication } = await create({ ...personal, events: ['site.archived'], url: receiver.url, authentication: machine(provider) });
    const fire = () => maya.call('POST', '/events', { body: { type: 'site.archived' } });
    await fire();
    await until(() => answers.length === 1, 'the request for a token');
    const [credential] = authentication.credentials;
    assert.equal((await patch(id, { authentication: { ...authentication, credentials: [{ ...credential, clientId: 'b', clientSecret: 'the-new-secret' }] } })).status, 200);
    tokenAnswer(answers[0], 'OLD');
    await until(() => receiver.calls.length === 1, 'the call that was under way');
    await fire();
    await until(() => answers.length === 2, 'a request for a token of the new client');
    tokenAnswer(answers[1], 'NEW');
    await until(() => receiver.calls.length === 2, 'the second call');
    assert.equal(receiver.calls[1].headers.authorization, 'Bearer NEW');
    await maya.call('DELETE', `/webhooks/${id}`);
    await Promise.all([provider.close(), receiver.close()]);
  });

  it('that the receiver refuses is renewed once, and the call is made with the new one', async () => {
    let tokens = 0;
    const provider = await startReceiver((_, response) => tokenAnswer(response, `token-${++tokens}`));
    const receiver = await startReceiver((request, response) => response.writeHead(request.headers.authorization === 'Bearer token-2' ? 200 : 401).end());
    const { id } = await create({ ...personal, events: ['site.archived'], url: receiver.url, authentication: machine(provider) });
    await maya.call('POST', '/events', { body: { type: 'site.archived' } });
    const [only] = await until(async () => {
      const { items } = (await maya.call('GET', `/webhooks/${id}/deliveries`)).body;
      return items[0]?.outcome === 'succeeded' && items;
    }, 'the call');
    assert.equal(only.attempt, 1);
    assert.deepEqual(receiver.calls.map(({ headers }) => headers.authorization), ['Bearer token-1', 'Bearer token-2']);
    // It is kept, too.
    await maya.call('POST', '/events', { body: { type: 'site.archived' } });
    await until(() => receiver.calls.length === 3, 'one more call');
    assert.deepEqual([receiver.calls[2].headers.authorization, tokens], ['Bearer token-2', 2]);
    await maya.call('DELETE', `/webhooks/${id}`);
    await Promise.all([provider.close(), receiver.close()]);
  });

  it('that is said to be good for millions of years is taken for a while', async () => {
    const provider = await startReceiver((_, response) => tokenAnswer(response, 'LONG', { expires_in: 1e14 }));
    const receiver = await startReceiver();
    const { id } = await create({ ...personal, events: ['site.archived'], url: receiver.url, authentication: machine(provider) });
    await maya.call('POST', '/events', { body: { type: 'site.archived' } });
    await until(() => receiver.calls.length === 1, 'the call');
    assert.equal(receiver.calls[0].headers.authorization, 'Bearer LONG');
    await maya.call('DELETE', `/webhooks/${id}`);
    await Promise.all([provider.close(), receiver.close()]);
  });
});
