// A secret that is stored goes where it was typed for, and nowhere else.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { secretsOfType, signIn, startBoth } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

let both, maya, receiver, other;
before(async () => {
  both = await startBoth();
  maya = await signIn(both.host.url, 'maya');
  receiver = await startReceiver();
  other = await startReceiver();
});
after(async () => {
  await both.close();
  await receiver.close();
  await other.close();
});

const save = async (type, change = () => {}) => {
  const input = { ...sampleWebhookInput(type), url: `${receiver.url}/hook` };
  change(input.authentication.credentials[0]);
  const { status, body, text } = await maya.call('POST', '/webhooks', { body: input });
  assert.equal(status, 201, text);
  return body;
};
/** What the form holds of a saved webhook: its secrets as `{ stored: true }`. */
const formOf = (saved) => Object.fromEntries(Object.keys(sampleWebhookInput('none')).map((key) => [key, structuredClone(saved[key])]));
const test = (id, input) => maya.call('POST', '/webhooks/test', { body: { id, input, eventType: 'site.archived' } });
const patch = (id, body) => maya.call('PATCH', `/webhooks/${id}`, { body });
const places = ({ status, body }, prefix = '') => {
  assert.equal(status, 422, JSON.stringify(body));
  for (const { detail } of body.errors) assert.equal(detail, 'Enter the secret again: the address changed.');
  return body.errors.map(({ pointer }) => pointer.replace(`#${prefix}/authentication/credentials/0/`, ''));
};

describe('a secret that is kept', () => {
  for (const [type, expected] of Object.entries(secretsOfType))
    it(`of ${type} is asked for again where the endpoint is another one`, async () => {
      const saved = await save(type, (credential) => {
        if (credential.headers) credential.headers = ['X-One', 'X-Two'].map((key) => ({ key, value: 'a-secret-of-headers' }));
      });
      const form = formOf(saved);
      form.url = `${other.url}/steal`;
      assert.deepEqual(places(await test(saved.id, form), '/input'), expected);
      // The form sends what was changed, which is the address alone.
      assert.deepEqual(places(await patch(saved.id, { url: form.url })), expected);
      assert.equal(other.calls.length, 0);
      assert.equal((await maya.call('GET', `/webhooks/${saved.id}`)).body.url, saved.url);
    });

  it('stays where the path alone is another one', async () => {
    const saved = await save('token');
    assert.equal((await test(saved.id, { ...formOf(saved), url: `${receiver.url}/elsewhere?a=1` })).status, 200);
    assert.equal(receiver.calls.at(-1).path, '/elsewhere?a=1');
    assert.equal((await patch(saved.id, { url: `${receiver.url}/elsewhere` })).status, 200);
  });

  for (const [type, address] of [
    ['oauth2', 'tokenUrl'],
    ['oauth2', 'authorizationUrl'],
    ['aws4', 'baseEndpoint'],
  ])
    it(`of ${type} is asked for again where ${address} is another one`, async () => {
      const saved = await save(type);
      const { authentication } = formOf(saved);
      authentication.credentials[0][address] = `${other.url}/steal`;
      const [secret] = secretsOfType[type];
      assert.deepEqual(places(await test(saved.id, { ...formOf(saved), authentication }), '/input'), [secret]);
      assert.deepEqual(places(await patch(saved.id, { authentication })), [secret]);
      assert.equal(other.calls.length, 0);
    });

  it('is replaced with the new address, as a person would', async () => {
    const saved = await save('token');
    const { authentication } = formOf(saved);
    authentication.credentials[0].value = 'typed again';
    assert.equal((await patch(saved.id, { url: `${other.url}/new`, authentication })).status, 200);
    const now = (await maya.call('GET', `/webhooks/${saved.id}`)).body;
    assert.equal((await test(saved.id, formOf(now))).status, 200);
    assert.equal(Object.values(other.calls.at(-1).headers).includes('typed again'), true);
  });
});
