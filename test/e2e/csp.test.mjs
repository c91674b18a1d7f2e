// The whole journey under the strict policy of the demo's CSP page: nothing is refused, nothing is logged.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { strictPolicy } from '../../demo/server/policy.mjs';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';
import { authenticationTypes, openAddWebhook, rowOf } from './helpers/widget.mjs';

let demo, browser, page, problems, close, url;
before(async () => {
  demo = await startDemo();
  url = new URL('/csp.html', demo.url).href;
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser));
  await page.goto(url);
});
afterEach(() => close());

async function nothingRefused() {
  await page.getByText('0 violations').waitFor();
  assert.deepEqual(problems, []);
}

describe('under the strict policy', () => {
  it('is served with it, as it was written', async () => {
    const response = await fetch(url);
    assert.equal(response.headers.get('content-security-policy'), strictPolicy);
    assert.equal(
      strictPolicy,
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
        "require-trusted-types-for 'script'; trusted-types lit-html",
    );
    assert.doesNotMatch(await response.text(), /@vite|<style|<script(?![^>]* src=)/);
    await nothingRefused();
  });

  it('would notice a violation', async () => {
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await page.getByText(/1 violation/).waitFor();
    assert.match(problems.join(), /policy: style-src/);
  });

  for (const [type, { label }] of Object.entries(authenticationTypes))
    it(`adds a webhook with ${label}, past a validation error`, async () => {
      const modal = await openAddWebhook(page);
      await modal.save();
      await modal.root.locator('[aria-invalid=true]').first().waitFor();
      await modal.fillWebhook({ name: `With ${label}`, url: 'http://example.com/hooks' });
      await modal.chooseType(type);
      await modal.fillCredential(type, () => 'a-secret-of-forty-characters-1234567890x');
      await modal.save();
      assert.equal(await modal.field('Endpoint URL').getAttribute('aria-invalid'), 'true');
      await modal.field('Endpoint URL').fill('https://example.com/hooks');
      await modal.save();
      await rowOf(page, `With ${label}`).getByText(label, { exact: true }).waitFor();
      await page.reload();
      await rowOf(page, `With ${label}`).getByText(label, { exact: true }).waitFor();
      await nothingRefused();
    });

  it('switches through every type, organization and header, shows a secret, and discards it all', async () => {
    const modal = await openAddWebhook(page);
    await modal.field('Name').fill('Never saved');
    await modal.button('Add Header').click();
    for (const type of Object.keys(authenticationTypes)) {
      await modal.chooseType(type);
      await modal.switch('Org. specific authentication').check();
      if (type !== 'none') {
        await modal.organization(0).getByLabel('Organization', { exact: true }).selectOption('Brightside Energy');
        await modal.button('Add Organization Credential').click();
        await modal.fillCredential(type, () => 'one-more-secret-1234', modal.organization(1));
        await modal.organization(1).getByRole('button', { name: /^Show/ }).click();
        await modal.organization(1).getByRole('button', { name: 'Remove Organization' }).click();
      }
      await modal.switch('Org. specific authentication').uncheck();
    }
    await modal.button('Remove Header').click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('No webhooks yet').waitFor();
    await nothingRefused();
  });

  it('edits a stored webhook and replaces its secret', async () => {
    let modal = await openAddWebhook(page);
    await modal.fillWebhook({ name: 'To be edited' });
    await modal.chooseType('basic');
    await modal.fillCredential('basic', () => 'first-password-0001');
    await modal.save();
    await rowOf(page, 'To be edited').getByRole('button', { name: 'To be edited', exact: true }).click();
    modal = new (modal.constructor)(page, 'Edit Webhook');
    await modal.button('Replace').click();
    await modal.field('Password').fill('second-password-0002');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });
    await nothingRefused();
  });
});
