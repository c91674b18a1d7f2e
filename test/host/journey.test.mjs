// A webhook's life with the real host: added, tested, called, verified, looked at, retried, and called again.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { runHost } from '../../demo/server/host.mjs';
import { launchBrowser, openPage } from '../e2e/helpers/browser.mjs';
import { startDemo } from '../e2e/helpers/servers.mjs';
import { authenticationTypes, openAddWebhook, Modal, rowOf } from '../e2e/helpers/widget.mjs';
import { catalogue, demoCredentials, until } from './helpers/host.mjs';

const inputs = catalogue(demoCredentials).filter(({ name }) => !name.includes('person'));
const personal = catalogue(demoCredentials).find(({ name }) => name.includes('person'));

/** Every secret of the demo; none may be on screen once it was typed. */
const secrets = [
  ...demoCredentials.headers.map(({ value }) => value),
  demoCredentials.basic.password,
  Buffer.from(`${demoCredentials.basic.username}:${demoCredentials.basic.password}`).toString('base64'),
  demoCredentials.token.value,
  demoCredentials.aws4.secretKey,
  demoCredentials.hmac.clientSecret,
  demoCredentials.clientCredentials.clientSecret,
  demoCredentials.authorizationCode.clientSecret,
];

const folder = mkdtempSync(join(tmpdir(), 'journey-'));
let host, demo, browser, page, problems, close;

before(async () => {
  host = runHost({ HOST_DATA: folder, HOST_RETRY_BASE_MS: '2000' });
  demo = await startDemo({ host });
  browser = await launchBrowser();
  await host.addresses;
  ({ page, problems, close } = await openPage(browser));
});
beforeEach(open);
after(async () => {
  await close?.();
  await browser?.close();
  await demo?.close();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open() {
  await page.goto(new URL('host.html', demo.url).href);
  await page.getByText('Maya Okafor of').waitFor();
  await page.getByRole('heading', { name: 'Webhooks', exact: true }).first().waitFor();
}

const ask = async (path) => (await page.request.get(new URL(path, demo.url).href)).json();
const arrivals = () => ask('receivers/arrivals');
const deliveries = async (name) => {
  const { items } = await ask('host/api/webhooks?limit=100');
  return (await ask(`host/api/webhooks/${items.find((one) => one.name === name).id}/deliveries`)).items;
};
const inRow = async (name, text) => rowOf(page, name).getByText(text).waitFor();

async function fire(event, calls) {
  await page.locator('#fire').getByRole('combobox', { name: /^Event/ }).selectOption({ label: event });
  await page.getByRole('button', { name: 'Fire event' }).click();
  await page.getByText(calls === 1 ? 'One webhook is called.' : `${calls} webhooks are called.`, { exact: true }).waitFor();
}

async function choose(name, action) {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

/** The deliveries of a webhook on screen, and their rows. */
async function viewDeliveries(name) {
  await choose(name, 'View deliveries');
  const dialog = page.getByRole('dialog', { name: `Deliveries of ${name}`, exact: true });
  await dialog.getByRole('listitem').first().waitFor();
  return { dialog, rows: dialog.getByRole('listitem'), close: () => dialog.getByRole('button', { name: 'Close' }).last().click() };
}

/** Types a webhook of the demo's catalogue into the form. */
async function fill(modal, input, event) {
  const { type, credentials } = input.authentication;
  await modal.fillWebhook({ name: input.name, event, url: input.url });
  await modal.field('HTTP method').selectOption(input.method);
  await modal.field('Content type').selectOption(input.contentType);
  await modal.chooseType(type);
  const part = modal.root.getByRole('region', { name: 'Authentication', exact: true });
  const labels = {
    ...{ username: 'Username', password: 'Password', key: 'Key', value: 'Value', accessKey: 'Access Key', secretKey: 'Secret Key' },
    ...{ region: 'AWS Region', service: 'AWS Service', baseEndpoint: 'Base Endpoint', clientId: 'Client ID', clientSecret: 'Client Secret' },
    ...{ grantType: 'Grant type', authorizationUrl: 'Authorization URL', tokenUrl: 'Token URL', scope: 'Scope', clientAuthentication: 'Client authentication' },
  };
  for (const [name, value] of Object.entries(credentials[0] ?? {})) {
    if (name === 'headers') {
      for (const [index, row] of value.entries()) {
        if (index) await part.getByRole('button', { name: 'Add Header' }).click();
        const group = part.getByRole('group', { name: `Header ${index + 1}`, exact: true });
        await group.getByLabel('Key', { exact: true }).fill(row.key);
        await group.getByLabel('Value', { exact: true }).fill(row.value);
      }
      continue;
    }
    const field = part.getByLabel(labels[name], { exact: false }).first();
    if (['grantType', 'clientAuthentication'].includes(name)) await field.selectOption(value);
    else await field.fill(value);
  }
  const own = modal.root.getByRole('region', { name: 'Request headers', exact: true });
  for (const { key, value } of input.headers) {
    await own.getByRole('button', { name: 'Add Header' }).press('Enter');
    await own.getByLabel(/^Key/).fill(key);
    await own.getByLabel(/^Value/).fill(value);
  }
}

async function assertNoSecret(locator) {
  const text = await locator.innerText();
  for (const secret of secrets) assert.ok(!text.includes(secret), `a secret is on screen:\n${text}`);
}

describe('with the real host', () => {
  for (const [index, input] of inputs.entries()) {
    const { type } = input.authentication;
    const { label } = authenticationTypes[type];
    const { name, method, url } = input;
    it(`${label}: a webhook is tested before it is saved, then saved, called, verified, and seen in its deliveries`, async () => {
      const modal = await openAddWebhook(page);
      await fill(modal, input, 'Milestone Status Change');

      await modal.button('Send test event').click();
      const test = page.getByRole('dialog', { name: 'Send a test event', exact: true });
      await test.getByLabel('Payload').fill(JSON.stringify({ type: 'milestone.status_change', data: { written: `by hand, ${type}` } }));
      await test.getByRole('button', { name: 'Send', exact: true }).click();
      // Once for whoever listens, and once on screen.
      await test.getByText('Delivered. 200: the receiver took it.', { exact: true }).waitFor();
      assert.equal(await test.getByText('Delivered', { exact: true }).count(), 1);
      assert.match(await test.innerText(), /Delivered 200: the receiver took it\. \d+ ms/);
      const sent = await test.getByRole('group', { name: 'Request', exact: true }).innerText();
      assert.ok(sent.startsWith(`${method} ${url}\n`), sent);
      assert.match(sent, /by hand|by\+hand/);
      if (!['aws4', 'hmac-sha256', 'none'].includes(type)) assert.match(sent, /•••/);
      const answer = await test.getByRole('group', { name: 'Response', exact: true }).innerText();
      assert.match(answer, /^200\n/);
      assert.match(answer, /"received": true/);
      await assertNoSecret(test);
      await test.getByRole('button', { name: 'Close' }).last().click();
      assert.equal((await ask('host/api/webhooks')).total, index, 'nothing is saved by a test');

      await modal.save();
      await modal.root.waitFor({ state: 'hidden' });
      await rowOf(page, name).waitFor();
      await fire('Milestone Status Change', index + 1);
      await until(async () => (await deliveries(name))[0]?.outcome === 'succeeded', `${name} to be called`);

      const receivers = await page.context().newPage();
      await receivers.goto(new URL('receivers.html', demo.url).href);
      await receivers.getByText('Nothing', { exact: false }).or(receivers.getByText(`${type}: verified`)).first().waitFor();
      // By the test and by the event.
      await until(async () => (await receivers.getByText(`${type}: verified`).count()) === 2, `both calls of ${type} to be verified`);
      assert.equal(await receivers.getByText('refused,').count(), 0);
      await receivers.close();

      const log = await viewDeliveries(name);
      assert.equal(await log.rows.count(), 1);
      const row = log.rows.first();
      assert.match(await row.innerText(), /Delivered\s+Milestone Status Change/);
      await row.locator('summary').click();
      assert.ok((await row.getByRole('group', { name: 'Request', exact: true }).innerText()).startsWith(`${method} ${url}\n`));
      assert.match(await row.getByRole('group', { name: 'Response', exact: true }).innerText(), /^200\n/);
      await assertNoSecret(log.dialog);
      await log.close();
    });
  }

  it('shows how each has been doing', async () => {
    const [first] = inputs;
    await rowOf(page, first.name).getByRole('img', { name: `${inputs.length} of the last ${inputs.length} deliveries succeeded` }).waitFor();
    await rowOf(page, inputs.at(-1).name).getByRole('img', { name: '1 of the last 1 delivery succeeded' }).waitFor();
  });

  it('OAuth2 with a login: a webhook is filled in, saved, connected at the provider, tested, called, verified, and seen in its deliveries', async () => {
    const { name, method, url } = personal;
    const modal = await openAddWebhook(page);
    await fill(modal, personal, 'Qualification Update');
    const test = page.getByRole('dialog', { name: 'Send a test event', exact: true });
    const send = async (from, expected) => {
      await from.button('Send test event').click();
      await test.getByRole('button', { name: 'Send', exact: true }).click();
      await test.getByText(expected, { exact: true }).waitFor();
      await assertNoSecret(test);
      await test.getByRole('button', { name: 'Close' }).last().click();
    };
    // Nobody has let it act for them: that is to come.
    await send(modal, 'Failed. No access token was given out. Check the OAuth2 fields, or connect again.');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });
    await rowOf(page, name).waitFor();

    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: `Connect: ${name}`, exact: true }).click();
    const login = await opened;
    await login.getByPlaceholder('Enter any login').fill('maya');
    await login.getByPlaceholder('and password').fill('any');
    await login.getByRole('button', { name: 'Sign-in' }).click();
    const asked = new URL(login.url());
    assert.equal(asked.origin, new URL((await host.addresses).receivers).origin, 'the login is the provider’s');
    await login.getByRole('button', { name: 'Continue' }).click();
    await login.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
    await login.close();
    await open();
    await page.getByRole('button', { name: `Connect again: ${name}`, exact: true }).waitFor();

    await page.getByRole('button', { name, exact: true }).click();
    const edited = new Modal(page, 'Edit Webhook');
    await send(edited, 'Delivered. 200: the receiver took it.');
    await edited.button('Cancel').click();
    await edited.root.waitFor({ state: 'hidden' });

    await fire('Qualification Update', 1);
    await until(async () => (await deliveries(name))[0]?.outcome === 'succeeded', `${name} to be called`);
    // By a test and by an event, each with a token of the person who signed in.
    const tokens = (await arrivals())
      .filter(({ receiver, refused }) => receiver === 'oauth2' && refused === undefined)
      .map(({ headers }) => JSON.parse(Buffer.from(headers.authorization.split('.')[1], 'base64url')));
    assert.deepEqual(tokens.map(({ sub }) => sub).slice(-2), ['maya', 'maya']);

    const log = await viewDeliveries(name);
    assert.equal(await log.rows.count(), 1);
    const row = log.rows.first();
    assert.match(await row.innerText(), /Delivered\s+Qualification Update/);
    await row.locator('summary').click();
    const sent = await row.getByRole('group', { name: 'Request', exact: true }).innerText();
    assert.ok(sent.startsWith(`${method} ${url}\n`), sent);
    assert.match(sent, /^Authorization: Bearer •••$/m);
    assert.match(await row.getByRole('group', { name: 'Response', exact: true }).innerText(), /^200\n/);
    await assertNoSecret(log.dialog);
    await log.close();
  });

  it('retries a receiver that fails, across a restart of the host, until it recovers', async () => {
    const name = 'Recovering';
    const modal = await openAddWebhook(page);
    await modal.fillWebhook({ name, event: 'Site Archived', url: 'https://hooks.receivers.example/hooks/flaky?journey' });
    await modal.chooseType('none');
    await modal.save();
    await rowOf(page, name).waitFor();
    await fire('Site Archived', 1);
    const [before] = await until(async () => {
      const items = await deliveries(name);
      return items.some(({ outcome }) => outcome === 'failed') && items;
    }, 'the first failure');
    const log = await viewDeliveries(name);
    const text = await log.dialog.innerText();
    assert.match(text, /Failed\s+Site Archived/);
    assert.match(text, /500: the receiver has a problem of its own/);
    assert.match(text, /Next attempt \d+:\d\d:\d\d/);
    await log.close();
    const ids = new Set((await arrivals()).filter(({ receiver }) => receiver === 'flaky').map(({ headers }) => headers['webhook-id']));

    const { pid } = host.child;
    host.child.kill('SIGKILL');
    await until(() => host.child.pid !== pid, 'another process');
    await host.addresses;
    const items = await until(async () => {
      const all = await deliveries(name);
      return all[0]?.outcome === 'succeeded' && all;
    }, 'the receiver to recover', 60_000);
    // Started anew, the receiver fails twice again.
    const failures = items.filter(({ outcome }) => outcome === 'failed');
    assert.ok(failures.length >= 3, `${failures.length} failures`);
    assert.deepEqual(items.map(({ attempt }) => attempt), items.map((_, index) => items.length - index));
    assert.ok(items.some(({ id }) => id === before.id), 'what was known before the restart is still there');
    for (const { headers } of (await arrivals()).filter(({ receiver }) => receiver === 'flaky')) ids.add(headers['webhook-id']);
    assert.equal(ids.size, 1, 'one event, under one id');

    await open();
    await rowOf(page, name).getByRole('img', { name: `1 of the last ${items.length} deliveries succeeded` }).waitFor();
    const after = await viewDeliveries(name);
    assert.match(await after.rows.first().innerText(), new RegExp(`Delivered\\s+Site Archived[^]*Attempt ${items.length}`));
    await after.dialog.getByLabel('Outcome').selectOption({ label: 'Failed' });
    await until(async () => (await after.rows.count()) === failures.length, 'the failures alone');
    await after.close();
  });

  it('says why a webhook was deactivated, and redelivers its failures once it is mended', async () => {
    const name = 'Gone for good';
    let modal = await openAddWebhook(page);
    await modal.fillWebhook({ name, event: 'Task Comment Created', url: 'https://hooks.receivers.example/hooks/gone' });
    await modal.chooseType('none');
    await modal.save();
    await rowOf(page, name).waitFor();
    for (const count of [1, 2, 3]) {
      await fire('Task Comment Created', 1);
      await until(async () => (await deliveries(name)).filter(({ outcome }) => outcome === 'failed').length === count, `failure ${count}`);
      await open();
      await inRow(name, 'Deactivated: The receiver says that it is gone for good (HTTP 410).');
      await choose(name, 'Activate');
      await page.getByText(`“${name}” was activated.`).waitFor();
    }
    await page.getByRole('button', { name, exact: true }).click();
    modal = new Modal(page, 'Edit Webhook');
    await modal.field('Endpoint URL').fill('https://hooks.receivers.example/hooks/none?mended');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });

    const log = await viewDeliveries(name);
    assert.equal(await log.rows.count(), 3);
    await log.rows.last().locator('summary').click();
    await log.rows.last().getByRole('button', { name: 'Redeliver', exact: true }).click();
    await log.dialog.getByText('Sent again.').waitFor();
    const mended = async () => (await arrivals()).filter(({ path }) => path === '/hooks/none?mended');
    await until(async () => (await mended()).length === 1, 'the call that was made again');

    await log.dialog.getByText('Redeliver failures').click();
    await log.dialog.getByRole('button', { name: 'Find failures', exact: true }).click();
    // Of three, the one that has arrived meanwhile is none to send again.
    await log.dialog.getByText('2 failures in this range.').waitFor();
    assert.equal((await mended()).length, 1, 'counting calls nobody');
    // Each call waits until its progress was seen.
    const waiting = [];
    await page.route('**/redeliver', async (route) => {
      await new Promise((resolve) => waiting.push(resolve));
      await route.continue();
    });
    await log.dialog.getByRole('status').getByRole('button', { name: 'Redeliver', exact: true }).click();
    for (const done of [0, 1]) {
      await until(() => waiting.length === done + 1, `call ${done + 1}`);
      await log.dialog.getByText(`${done} of 2`).waitFor();
      assert.equal(await log.dialog.getByRole('progressbar').getAttribute('aria-label'), 'Redeliver failures');
      waiting[done]();
    }
    await log.dialog.getByText('2 were sent again.').waitFor();
    await page.unroute('**/redeliver');
    await until(async () => (await mended()).length === 3, 'the calls that were made again');
    for (const { refused } of await mended()) assert.equal(refused, undefined);
    await until(async () => (await deliveries(name)).filter(({ outcome }) => outcome === 'succeeded').length === 3, 'the log of them');
    await log.close();
  });

  it('shows the account’s signing secret to the admin who asks for it, and to no member', async () => {
    const signing = page.getByRole('region', { name: 'Signing secret', exact: true });
    await assert.doesNotReject(signing.getByText('••••••••', { exact: true }).waitFor());
    await signing.getByRole('button', { name: 'Show', exact: true }).click();
    const { secret } = await ask('host/api/signing-secret');
    assert.match(secret, /^whsec_/);
    await signing.getByText(secret, { exact: true }).waitFor();
    await signing.getByRole('button', { name: 'Hide', exact: true }).click();
    await signing.getByText('••••••••', { exact: true }).waitFor();
    await page.locator('#user').selectOption('tom');
    await page.getByText('Tom Reyes of').waitFor();
    await signing.waitFor({ state: 'hidden' });
    await page.locator('#user').selectOption('maya');
    await page.getByText('Maya Okafor of').waitFor();
  });

  it('has logged nothing that went wrong in the page', () => assert.deepEqual(problems, []));
});
