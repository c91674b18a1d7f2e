// Stored secrets that do not open any more, such as after a part of a backup was restored: who learns of it, and what goes on.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createRestAdapter } from '../../dist/adapters/rest.js';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { launchBrowser, openPage } from '../e2e/helpers/browser.mjs';
import { startDemo } from '../e2e/helpers/servers.mjs';
import { rowOf } from '../e2e/helpers/widget.mjs';
import { logIn } from './helpers/browser-login.mjs';
import { catalogue, demoCredentials, secretsOfType, signIn, startBoth, until } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const enterAgain = 'What is stored of this webhook’s secrets cannot be read any more. Enter them again.';
const notCalled = 'Not called: what is stored of this webhook’s secrets cannot be read any more. Enter them again, then redeliver.';

let both, maya, receiver, db;
const said = [];
const { error } = console;
before(async () => {
  both = await startBoth({ retry: { attempts: 2, baseMs: 1, longestMs: 2 } });
  ({ db } = both.host);
  maya = await signIn(both.host.url, 'maya');
  receiver = await startReceiver((request, response) => {
    if (request.url !== '/provider') return response.end();
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"a.token","token_type":"bearer","expires_in":3600}');
  });
  console.error = (line) => said.push(line);
});
after(async () => {
  console.error = error;
  await receiver.close();
  await both.close();
});
afterEach(async () => {
  for (const { id } of (await maya.call('GET', '/webhooks?limit=100')).body.items) await maya.call('DELETE', `/webhooks/${id}`);
});

/** The input of a type; of OAuth2 for a machine, whose tokens the receiver hands out. */
function inputOf(type, more = {}) {
  const input = { ...sampleWebhookInput(type), name: `Kept ${type}`, events: ['site.archived'], url: `${receiver.url}/${type}`, ...more };
  if (type === 'oauth2') {
    const [credential] = input.authentication.credentials;
    Object.assign(credential, { grantType: 'client_credentials', tokenUrl: `${receiver.url}/provider` });
    delete credential.authorizationUrl;
  }
  return input;
}
const save = async (input) => {
  const { status, text, body } = await maya.call('POST', '/webhooks', { body: input });
  assert.equal(status, 201, text);
  return body;
};
const damaged = (sealed) => `${sealed.slice(0, -3)}${sealed.endsWith('AAA') ? 'BBB' : 'AAA'}`;
/** Damages every secret of a webhook where it is stored. */
async function damage(id) {
  const { authentication } = await db.selectFrom('webhooks').select('authentication').where('id', '=', id).executeTakeFirst();
  const text = JSON.stringify(authentication).replace(/"sealed":"([^"]+)"/g, (_, sealed) => `"sealed":"${damaged(sealed)}"`);
  await db.updateTable('webhooks').set({ authentication: text }).where('id', '=', id).execute();
}
const formOf = (saved) => Object.fromEntries(Object.keys(sampleWebhookInput('none')).map((key) => [key, structuredClone(saved[key])]));
const test = (id, input) => maya.call('POST', '/webhooks/test', { body: { id, input, eventType: 'site.archived' } });
const fire = () => maya.call('POST', '/events', { body: { type: 'site.archived' } });
const settled = (id, count) =>
  until(async () => {
    const { items } = (await maya.call('GET', `/webhooks/${id}/deliveries`)).body;
    return items.length >= count && items.every(({ outcome }) => outcome !== 'pending') && items;
  }, `${count} settled deliveries`);

describe('a stored secret that cannot be read any more', () => {
  for (const [type, paths] of Object.entries(secretsOfType))
    it(`of ${type} is asked for again by a test call, and works once it was entered`, async () => {
      const input = inputOf(type);
      const saved = await save(input);
      await damage(saved.id);
      const { status, headers, body, text } = await test(saved.id, formOf(saved));
      assert.equal(status, 422, text);
      assert.equal(headers.get('content-type'), 'application/problem+json');
      assert.equal(body.title, enterAgain);
      assert.deepEqual(body.errors, paths.map((path) => ({ pointer: `#/input/authentication/credentials/0/${path}`, detail: 'Enter this secret again.' })));
      // As a person would: typed in the form, tested, saved.
      const { authentication } = input;
      const tested = await test(saved.id, { ...formOf(saved), authentication });
      assert.deepEqual([tested.status, tested.body.outcome], [200, 'succeeded'], tested.text);
      assert.equal((await maya.call('PATCH', `/webhooks/${saved.id}`, { body: { authentication } })).status, 200);
      await fire();
      assert.equal((await settled(saved.id, 1))[0].outcome, 'succeeded');
    });

  it('fails the call of an event, which says what to do, and no other webhook’s', async () => {
    const bad = await save(inputOf('token'));
    const good = await save(inputOf('basic'));
    await damage(bad.id);
    const known = receiver.calls.length;
    for (let count = 1; count <= 2; count++) {
      await fire();
      const failed = await settled(bad.id, 2 * count);
      assert.deepEqual(failed.map(({ outcome, error: reason, response }) => [outcome, reason, response]), Array(2 * count).fill(['failed', notCalled, undefined]));
      assert.deepEqual((await settled(good.id, count)).map(({ outcome }) => outcome), Array(count).fill('succeeded'));
    }
    const { body } = await maya.call('POST', `/deliveries/${(await settled(bad.id, 4))[0].id}/redeliver`);
    assert.deepEqual([body.outcome, body.error], ['failed', notCalled]);
    assert.deepEqual([...new Set(receiver.calls.slice(known).map(({ path }) => path))], ['/basic']);
    assert.deepEqual([...new Set(said.splice(0))], ['call: UnreadableSecrets']);
  });

  it('of a login leaves it to be connected again, once it was entered', async () => {
    const personal = catalogue(demoCredentials).find(({ name }) => name.includes('person'));
    const { id } = await save(personal);
    await damage(id);
    assert.deepEqual((await maya.call('GET', `/webhooks/${id}/connections`)).body, []);
    const { status, body } = await maya.call('POST', `/webhooks/${id}/connect`, { body: {} });
    assert.deepEqual([status, body.title], [422, enterAgain]);
    assert.equal((await maya.call('PATCH', `/webhooks/${id}`, { body: { name: 'Another name' } })).status, 200);
  });

  it('is told of in the words of the problem by the adapter', async () => {
    const saved = await save(inputOf('aws4'));
    await damage(saved.id);
    const adapter = createRestAdapter({ baseUrl: `${both.host.url}/host/api`, headers: { cookie: maya.cookie }, capabilities: ['sendTest'] });
    await assert.rejects(adapter.sendTest({ id: saved.id, input: formOf(saved), eventType: 'site.archived' }, { signal: new AbortController().signal }), {
      code: 'validation',
      message: enterAgain,
      fieldErrors: { 'input.authentication.credentials.0.secretKey': 'Enter this secret again.' },
    });
  });
});

describe('a token that cannot be read any more', () => {
  it('of a machine is fetched anew', async () => {
    const saved = await save(inputOf('oauth2'));
    const known = receiver.calls.length;
    await fire();
    await settled(saved.id, 1);
    const { access_token } = await db.selectFrom('oauth_tokens').select('access_token').where('webhook_id', '=', saved.id).executeTakeFirst();
    await db.updateTable('oauth_tokens').set({ access_token: damaged(access_token) }).execute();
    await fire();
    assert.deepEqual((await settled(saved.id, 2)).map(({ outcome }) => outcome), ['succeeded', 'succeeded']);
    assert.equal(receiver.calls.slice(known).filter(({ path }) => path === '/provider').length, 2);
  });

  it('of a person is asked for again', async () => {
    const personal = catalogue(demoCredentials).find(({ name }) => name.includes('person'));
    const { id } = await save({ ...personal, events: ['site.archived'] });
    const callback = `${both.host.url}/host/oauth/callback`;
    const { url } = (await maya.call('POST', `/webhooks/${id}/connect`, { body: {} })).body;
    await fetch(await logIn(url, callback), { headers: { cookie: maya.cookie } });
    await fire();
    assert.equal((await settled(id, 1))[0].outcome, 'succeeded');
    const { access_token, refresh_token } = await db.selectFrom('oauth_tokens').selectAll().where('webhook_id', '=', id).executeTakeFirst();
    await db.updateTable('oauth_tokens').set({ access_token: damaged(access_token), refresh_token: damaged(refresh_token) }).execute();
    await fire();
    const [last] = await settled(id, 3);
    assert.deepEqual([last.outcome, last.error], ['failed', 'authorization']);
  });
});

describe('the signing secret of an account that cannot be read any more', () => {
  it('is a matter of whoever runs the host, which a test call and the log say', async () => {
    const saved = await save(inputOf('basic'));
    const { signing_secret } = await db.selectFrom('accounts').select('signing_secret').where('id', '=', 'acc_brightside').executeTakeFirst();
    const set = (sealed) => db.updateTable('accounts').set({ signing_secret: sealed }).where('id', '=', 'acc_brightside').execute();
    await set(damaged(signing_secret));
    const title = 'The signing secret of this account cannot be read any more. Whoever runs the host has to restore it.';
    const tested = await test(saved.id, formOf(saved));
    assert.deepEqual([tested.status, tested.headers.get('content-type'), tested.body.title], [500, 'application/problem+json', title]);
    await fire();
    const items = await settled(saved.id, 2);
    assert.deepEqual(items.map(({ error: reason }) => reason), Array(2).fill('Not called: the signing secret of this account cannot be read any more. Whoever runs the host has to restore it.'));
    await set(signing_secret);
    await fire();
    assert.equal((await settled(saved.id, 3))[0].outcome, 'succeeded');
  });
});

describe('on screen', () => {
  let demo, browser, close;
  after(async () => {
    await close?.();
    await browser?.close();
    await demo?.close();
  });

  it('a test call says in a sentence that the secrets have to be entered again, and so does the log', async () => {
    const saved = await save(inputOf('token', { name: 'Damaged' }));
    await damage(saved.id);
    await fire();
    await settled(saved.id, 2);
    demo = await startDemo({ host: { addresses: Promise.resolve({ host: both.host.url, receivers: both.receivers.url }) } });
    browser = await launchBrowser();
    let page;
    ({ page, close } = await openPage(browser));
    await page.goto(new URL('host.html', demo.url).href);
    await rowOf(page, 'Damaged').waitFor();
    const choose = async (action) => {
      await page.getByRole('button', { name: 'Actions for Damaged', exact: true }).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    await choose('Send test event');
    const dialog = page.getByRole('dialog', { name: 'Send a test event', exact: true });
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    assert.ok((await alert.innerText()).includes(enterAgain), await alert.innerText());
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await choose('View deliveries');
    const log = page.getByRole('dialog', { name: 'Deliveries of Damaged', exact: true });
    await log.getByText(notCalled).first().waitFor();
  });
});
