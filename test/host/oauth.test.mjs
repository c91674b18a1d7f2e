// OAuth2 against a real provider: a login and a refused one, tokens that expire, secrets that are exchanged.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { logIn, refuse } from './helpers/browser-login.mjs';
import { catalogue, demoCredentials, signIn, startBoth, startReceivers, until } from './helpers/host.mjs';

const personal = catalogue(demoCredentials).find(({ name }) => name.includes('person'));
const machine = catalogue(demoCredentials).find(({ name }) => name.includes('machine'));

let both, maya, callback;
const begin = async (receiverOptions) => {
  both = await startBoth({}, receiverOptions);
  maya = await signIn(both.host.url, 'maya');
  callback = `${both.host.url}/host/oauth/callback`;
};
const end = () => both.close();

const create = async (input) => {
  const { body, status, text } = await maya.call('POST', '/webhooks', { body: input });
  assert.equal(status, 201, text);
  return body.id;
};
const startLogin = async (id, body = {}) => (await maya.call('POST', `/webhooks/${id}/connect`, { body })).body.url;
const comeBack = (url, cookie = maya.cookie) => fetch(url, { headers: { cookie } });
const connect = async (id, body) => comeBack(await logIn(await startLogin(id, body), callback));
const fire = (more) => maya.call('POST', '/events', { body: { type: 'milestone.status_change', ...more } });
const log = async (id) => (await maya.call('GET', `/webhooks/${id}/deliveries`)).body.items;
const finished = (id, count) =>
  until(async () => {
    const items = (await log(id)).filter(({ outcome }) => outcome !== 'pending');
    return items.length >= count && items;
  }, `${count} finished calls`);
const stop = (id) => maya.call('DELETE', `/webhooks/${id}`);

describe('the authorization-code flow', () => {
  before(() => begin());
  after(end);

  it('without a login: the call fails as "authorization"', async () => {
    const id = await create(personal);
    const { body } = await maya.call('POST', '/webhooks/test', { body: { id, input: personal, eventType: 'site.archived' } });
    assert.deepEqual([body.outcome, body.error], ['failed', 'authorization']);
    await stop(id);
  });

  it('asks with PKCE and a state, and keeps the token for the calls that follow', async () => {
    const id = await create(personal);
    const url = new URL(await startLogin(id));
    assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
    assert.equal(url.searchParams.get('redirect_uri'), callback);
    assert.equal(url.searchParams.get('prompt'), 'consent');
    const answer = await comeBack(await logIn(url.href, callback));
    assert.match(await answer.text(), /Connected/);
    assert.deepEqual((await maya.call('GET', `/webhooks/${id}/connections`)).body, [{}]);
    await fire();
    const [{ outcome, request }] = await finished(id, 1);
    assert.equal(outcome, 'succeeded');
    assert.equal(request.headers.find(({ key }) => key === 'Authorization').value, 'Bearer •••');
    // What is saved is also good for a test of the form.
    const input = structuredClone(personal);
    input.authentication.credentials[0].clientSecret = { stored: true };
    const { body } = await maya.call('POST', '/webhooks/test', { body: { id, input, eventType: 'site.archived' } });
    assert.equal(body.outcome, 'succeeded');
    await stop(id);
  });

  it('a refused login connects nothing, and says so', async () => {
    const id = await create(personal);
    const back = await refuse(await startLogin(id), callback);
    assert.equal(new URL(back).searchParams.get('error'), 'access_denied');
    const answer = await comeBack(back);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /The provider refused the login/);
    assert.deepEqual((await maya.call('GET', `/webhooks/${id}/connections`)).body, []);
    await stop(id);
  });

  it('an answer counts once, for the person who asked, and from the provider that was asked', async () => {
    const id = await create(personal);
    const back = await logIn(await startLogin(id), callback);
    const tom = await signIn(both.host.url, 'tom');
    // Tom may not manage webhooks at all.
    assert.equal((await comeBack(back, tom.cookie)).status, 403);
    assert.equal((await comeBack(back, '')).status, 401);
    assert.equal((await comeBack(back)).status, 200);
    assert.equal((await comeBack(back)).status, 400);
    const other = new URL(await logIn(await startLogin(id), callback));
    other.searchParams.set('iss', 'https://evil.example');
    assert.equal((await comeBack(other.href)).status, 400);
    await stop(id);
  });

  it('is made for each organization', async () => {
    const [credential] = personal.authentication.credentials;
    const credentials = ['org_1', 'org_2'].map((organizationId) => ({ organizationId, ...credential }));
    const id = await create({ ...personal, authentication: { ...personal.authentication, organizationSpecific: true, credentials } });
    await connect(id, { organizationId: 'org_2' });
    assert.deepEqual((await maya.call('GET', `/webhooks/${id}/connections`)).body, [{ organizationId: 'org_2' }]);
    await fire({ organizationId: 'org_2' });
    assert.equal((await finished(id, 1))[0].outcome, 'succeeded');
    await fire({ organizationId: 'org_1' });
    assert.equal((await finished(id, 2)).find(({ outcome }) => outcome === 'failed').error, 'authorization');
    await stop(id);
  });
});

describe('tokens that are soon out of date', () => {
  before(() => begin({ accessTokenTtl: 1 }));
  after(end);

  for (const [name, input] of [
    ['a login', personal],
    ['a machine', machine],
  ])
    it(`of ${name} are renewed by the server, one process and one call at a time`, async () => {
      const id = await create(input);
      if (input === personal) await connect(id);
      // A refresh token is good for one use: two at a time would end the grant.
      const calls = 24;
      for (let count = 0; count < calls; count++) await fire({ payload: { count } });
      const items = await finished(id, calls);
      assert.deepEqual(items.map(({ outcome }) => outcome), Array(calls).fill('succeeded'));
      await stop(id);
    });
});

describe('a provider that has exchanged keys and secret', () => {
  before(() => begin());
  after(end);

  it('refuses the old ones, and lets in the new ones once they are saved', async () => {
    const id = await create(machine);
    await fire();
    assert.equal((await finished(id, 1))[0].outcome, 'succeeded');

    const { port } = new URL(both.receivers.url);
    await both.receivers.close();
    const credentials = structuredClone(demoCredentials);
    credentials.clientCredentials.clientSecret = 'the-new-secret-of-the-machine';
    const signingSecret = () => both.host.signingSecret('acc_brightside');
    const next = await startReceivers({ signingSecret, credentials, port: Number(port) });
    Object.assign(both.receivers.localNames, next.localNames);
    both.receivers.close = next.close;

    // The kept token is refused by the receiver, and the old secret by the provider.
    await fire();
    const failed = (await finished(id, 2))[0];
    assert.deepEqual([failed.outcome, failed.error], ['failed', 'authorization']);

    const { body } = await maya.call('GET', `/webhooks/${id}`);
    const [credential] = body.authentication.credentials;
    const authentication = { ...body.authentication, credentials: [{ ...credential, clientSecret: credentials.clientCredentials.clientSecret }] };
    assert.equal((await maya.call('PATCH', `/webhooks/${id}`, { body: { authentication } })).status, 200);
    await until(async () => (await log(id))[0].outcome === 'succeeded', 'the retry with the new secret');
    assert.equal(next.arrivals.at(-1).refused, undefined);
  });
});
