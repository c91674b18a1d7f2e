// The host's admin page: the journey from the empty state to a webhook that survives a reload.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';
import { openAddWebhook, rowOf } from './helpers/widget.mjs';

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
  await page.goto(demo.url);
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

describe('the admin page', () => {
  it('leads to the webhooks: Settings, Integrations, the second tab', async () => {
    const sidebar = page.getByRole('navigation', { name: 'Northlight' });
    assert.equal(await sidebar.locator('[aria-current=page]').textContent(), 'Integrations');
    await page.getByRole('heading', { level: 1, name: 'Integrations' }).waitFor();
    const tabs = page.getByRole('tab');
    assert.deepEqual((await tabs.allTextContents()).map((text) => text.trim()), ['Overview', 'Credentials and Webhooks']);
    assert.equal(await tabs.nth(1).getAttribute('aria-selected'), 'true');
    await page.getByRole('tabpanel', { name: 'Credentials and Webhooks' }).getByRole('heading', { name: 'Webhooks' }).waitFor();
  });

  it('adds a webhook that is still there after a reload, with its labels', async () => {
    await page.getByText('No webhooks yet').waitFor();
    const add = page.getByRole('button', { name: 'Add Webhook', exact: true });
    const [red, green, blue] = (await add.evaluate((button) => getComputedStyle(button).backgroundColor)).match(/\d+/g);
    assert.ok(Number(green) > Number(red) && Number(green) > Number(blue), 'the button is green');

    const modal = await openAddWebhook(page);
    await modal.fillWebhook({ name: 'Milestones to CRM', test: true, active: false });
    await modal.chooseType('basic');
    await modal.fillCredential('basic', () => 'open-sesame-4711-0815');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });

    const isComplete = async () => {
      const row = rowOf(page, 'Milestones to CRM');
      for (const text of ['test', 'inactive', 'Milestone Status Change', 'Basic'])
        await row.getByText(text, { exact: true }).waitFor();
      await row.getByText('POST').waitFor();
      await row.getByText('example.com', { exact: true }).waitFor();
    };
    await isComplete();
    await page.reload();
    await isComplete();
    assert.equal(await page.getByRole('row').count(), 2, 'the head and the one row');
  });

  it('moves through its tabs by keyboard', async () => {
    const [overview, webhooks] = ['Overview', 'Credentials and Webhooks'].map((name) => page.getByRole('tab', { name }));
    await webhooks.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Overview' }).waitFor();
    assert.ok(await overview.evaluate((tab) => tab === document.activeElement));
    assert.equal(await webhooks.getAttribute('tabindex'), '-1');
    await page.keyboard.press('End');
    await page.getByRole('tabpanel', { name: 'Credentials and Webhooks' }).waitFor();
    await page.keyboard.press('Home');
    await page.getByRole('tabpanel', { name: 'Overview' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tabpanel', { name: 'Credentials and Webhooks' }).waitFor();
    assert.equal(await page.getByRole('tabpanel').count(), 1);
  });

  it('folds its navigation away on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const sidebar = page.getByRole('navigation', { name: 'Northlight' });
    await sidebar.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Menu' }).click();
    await sidebar.getByText('Integrations').waitFor();
  });
});
