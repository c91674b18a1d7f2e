// The evaluators' panel beside the admin page: each control does what it says.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';
import { Modal, openAddWebhook, rowOf } from './helpers/widget.mjs';

let demo, browser, page, problems, close;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser));
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

const open = (query = '') => page.goto(`${demo.url}${query}`);
const choice = (group, name) => page.getByRole('group', { name: group }).getByRole('radio', { name, exact: true });
const choose = (group, name) => choice(group, name).check();
const press = (name) => page.getByRole('complementary').getByRole('button', { name, exact: true }).click();
const log = () => page.getByRole('log', { name: 'Events' }).getByRole('listitem');
const addButton = () => page.getByRole('button', { name: 'Add Webhook', exact: true });
const query = () => new URL(page.url()).search;

async function fillMinimal(modal, name) {
  await modal.fillWebhook({ name });
  await modal.chooseType('none');
}

describe('Demo controls', () => {
  it('Access: what the viewer may do', async () => {
    await open();
    await page.getByText('No webhooks yet').waitFor();
    await choose('Access', 'Denied');
    await page.getByText(/Organization Admin can see webhooks/).waitFor();
    assert.equal(await addButton().count(), 0);
    await choose('Access', 'Unavailable');
    await page.getByText(/not turned on/).waitFor();
    assert.equal(await addButton().count(), 0);
    await choose('Access', 'Read-only');
    await page.getByText('No webhooks yet').waitFor();
    assert.equal(await addButton().count(), 0);
    await choose('Access', 'Manage');
    await addButton().waitFor();
  });

  it('Latency: the skeleton shows until the answer comes', async () => {
    await open();
    await page.getByText('No webhooks yet').waitFor();
    for (const name of ['2 s', '300 ms']) {
      await choose('Latency', name);
      await page.getByText('Loading webhooks…').waitFor();
      await page.getByText('No webhooks yet').waitFor();
    }
  });

  it('Failures, validation: what the server refuses is said at the fields, and nothing is lost', async () => {
    await open();
    await choose('Failures', 'Validation');
    const modal = await openAddWebhook(page);
    await fillMinimal(modal, 'Taken');
    await modal.save();
    for (const [label, text] of [['Name', /already called “Taken”/], ['Endpoint URL', /did not answer/]]) {
      const field = modal.field(label);
      await modal.root.getByText(text).first().waitFor();
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      const ids = (await field.getAttribute('aria-describedby')).split(' ');
      const described = await Promise.all(ids.map((id) => modal.root.locator(`[id="${id}"]`).textContent()));
      assert.match(described.join(' '), text);
    }
    assert.equal(await modal.field('Name').inputValue(), 'Taken');
    await log().filter({ hasText: 'webhook-error' }).filter({ hasText: 'create · validation' }).waitFor();
  });

  it('Failures, conflict: someone else changed it', async () => {
    await open();
    await press('Add samples');
    await choose('Failures', 'Conflict');
    await rowOf(page, 'Milestones to CRM').getByRole('button', { name: 'Milestones to CRM', exact: true }).click();
    const modal = new Modal(page, 'Edit Webhook');
    await modal.field('Name').fill('Mine');
    await modal.save();
    await modal.root.getByText(/changed it/).waitFor();
    assert.equal(await modal.field('Name').inputValue(), 'Mine');
    await log().filter({ hasText: 'update · conflict' }).waitFor();
  });

  it('Failures, server down: the list says so and can be retried', async () => {
    await open();
    await page.getByText('No webhooks yet').waitFor();
    await choose('Failures', 'Server down');
    await page.getByRole('alert').getByText(/not available/).waitFor();
    await log().filter({ hasText: 'list · unavailable' }).waitFor();
    const before = await log().count();
    await page.getByRole('button', { name: 'Retry', exact: true }).click();
    await log().nth(before).waitFor();
    await choose('Failures', 'None');
    await page.getByText('No webhooks yet').waitFor();
  });

  it('Organizations: how many can be chosen', async () => {
    await open('?organizations=25');
    const modal = await openAddWebhook(page);
    await modal.chooseType('basic');
    await modal.switch('Org. specific authentication').check();
    const options = modal.organization(0).getByLabel('Organization', { exact: true }).locator('option:not([value=""])');
    assert.equal(await options.count(), 25);
    await modal.button('Cancel').click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    for (const [name, count] of [['1', 1], ['0', 0], ['3', 3]]) {
      await choose('Organizations', name);
      const again = await openAddWebhook(page);
      await again.chooseType('basic');
      await again.switch('Org. specific authentication').check();
      await again.field('Password').waitFor();
      assert.equal(await options.count(), count);
      await again.button('Cancel').click();
      await page.getByRole('button', { name: 'Discard changes' }).click();
    }
  });

  it('Events per webhook: one from a drop-down, or several', async () => {
    await open();
    let modal = await openAddWebhook(page);
    await modal.root.getByRole('combobox', { name: 'Event', exact: true }).waitFor();
    await modal.button('Cancel').click();
    await choose('Events per webhook', 'Multiple');
    modal = await openAddWebhook(page);
    const events = modal.root.getByRole('group', { name: 'Events', exact: true });
    await events.getByLabel('Site Archived').check();
    await events.getByLabel('Qualification Update').check();
    await modal.field('Name').fill('Both');
    await modal.field('Endpoint URL').fill('https://example.com/hooks');
    await modal.chooseType('none');
    await modal.save();
    await rowOf(page, 'Both').getByText('Site Archived').waitFor();
    await rowOf(page, 'Both').getByText('Qualification Update').waitFor();
  });

  it('Appearance: light and dark, whatever the system has', async () => {
    await open();
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    const luminance = () =>
      page.locator('.host').evaluate((host) => {
        const [red, green, blue] = getComputedStyle(host).backgroundColor.match(/\d+/g).map(Number);
        return red + green + blue;
      });
    assert.equal(await scheme(), 'light dark');
    await choose('Appearance', 'Dark');
    assert.equal(await scheme(), 'dark');
    assert.ok((await luminance()) < 120);
    await page.emulateMedia({ colorScheme: 'dark' });
    await choose('Appearance', 'Light');
    assert.equal(await scheme(), 'light');
    assert.ok((await luminance()) > 700);
    await choose('Appearance', 'System');
    assert.ok((await luminance()) < 120);
  });

  it('Add samples and Reset data: six webhooks, and none', async () => {
    await open();
    await page.getByText('No webhooks yet').waitFor();
    await press('Add samples');
    await rowOf(page, 'Milestones to CRM').waitFor();
    assert.equal(await page.getByRole('row').count(), 7);
    await rowOf(page, 'Recipient status, staging').getByText('test', { exact: true }).waitFor();
    await rowOf(page, 'Archived sites to the old warehouse').getByText('inactive', { exact: true }).waitFor();
    await rowOf(page, 'Partner data lake').getByText('3 organizations').waitFor();
    await press('Reset data');
    await page.getByText('No webhooks yet').waitFor();
    await page.reload();
    await page.getByText('No webhooks yet').waitFor();
  });

  it('Refresh: shows what another tab has added', async () => {
    await open();
    await page.getByText('No webhooks yet').waitFor();
    const other = await page.context().newPage();
    await other.goto(demo.url);
    await other.getByRole('button', { name: 'Add samples' }).click();
    await rowOf(other, 'Milestones to CRM').waitFor();
    await press('Refresh');
    await rowOf(page, 'Milestones to CRM').waitFor();
  });

  it('Events: a log, newest first, silent for screen readers, and without secrets', async () => {
    const secret = 'never-in-the-log-90210-xyz';
    await open();
    for (const name of ['First', 'Second']) {
      const modal = await openAddWebhook(page);
      await modal.fillWebhook({ name });
      await modal.chooseType('token');
      await modal.fillCredential('token', () => secret);
      await modal.save();
      await modal.root.waitFor({ state: 'hidden' });
    }
    await rowOf(page, 'First').getByRole('button', { name: 'First', exact: true }).click();
    const modal = new Modal(page, 'Edit Webhook');
    await modal.field('Name').fill('First, renamed');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });
    const texts = await log().allTextContents();
    assert.equal(texts.length, 3);
    assert.match(texts[0], /webhook-updated.*First, renamed · wh_/);
    assert.match(texts[1], /webhook-created.*Second · wh_/);
    assert.match(texts[2], /webhook-created.*First · wh_/);
    assert.equal(await page.getByRole('log').getAttribute('aria-live'), 'off');
    assert.ok(!(await page.content()).includes(secret));
    await press('Clear events');
    assert.equal(await log().count(), 0);
  });

  it('keeps the choices in the address: a link reproduces them', async () => {
    await open();
    assert.equal(query(), '');
    await choose('Access', 'Read-only');
    await choose('Organizations', '25');
    await choose('Appearance', 'Dark');
    await page.getByRole('button', { name: 'Demo controls' }).click();
    const { page: other, close: closeOther } = await openPage(browser);
    await other.goto(page.url());
    await other.getByText('No webhooks yet').waitFor();
    assert.equal(await other.getByRole('button', { name: 'Add Webhook' }).count(), 0);
    assert.equal(await other.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    assert.equal(await other.getByRole('button', { name: 'Demo controls' }).getAttribute('aria-expanded'), 'false');
    await other.getByRole('button', { name: 'Demo controls' }).click();
    const checked = other.getByRole('radio', { checked: true });
    assert.deepEqual(await checked.evaluateAll((radios) => radios.map(({ value }) => value)), [
      'read-only', 'none', '0', '25', 'single', 'dark',
    ]);
    await closeOther();
    await page.getByRole('button', { name: 'Demo controls' }).click();
    await choose('Access', 'Manage');
    await choose('Organizations', '3');
    await choose('Appearance', 'System');
    assert.equal(query(), '');
  });

  it('takes a link with nonsense in it for one without', async () => {
    await open('?access=owner&latency=-1&theme=__proto__&failures=constructor&utm_source=mail');
    await addButton().waitFor();
    await choose('Latency', '300 ms');
    assert.equal(new URLSearchParams(query()).get('utm_source'), 'mail');
    assert.equal(new URLSearchParams(query()).get('access'), null);
  });
});
