// The demo's pages with a real host: what a person does and sees there.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { runHost } from '../../demo/server/host.mjs';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'host-pages-'));

let host, demo, browser, page, problems, close;
before(async () => {
  host = runHost({ HOST_DATA: folder });
  demo = await startDemo({ host });
  browser = await launchBrowser();
  await host.addresses;
});
after(async () => {
  await browser?.close();
  await demo?.close();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser));
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

const open = (path) => page.goto(new URL(path, demo.url).href);
const signedIn = (name) => page.getByText(`${name} of`).waitFor();

describe('the page with a real host', () => {
  it('adds webhooks for the receivers, fires an event, and each receiver verifies its call', async () => {
    await open('host.html');
    await signedIn('Maya Okafor');
    await page.getByRole('button', { name: 'Add the demo’s receivers' }).click();
    await page.getByText('Added 8 webhooks.').waitFor();
    await page.getByText('AWS4 receiver').waitFor();
    await page.getByRole('button', { name: 'Fire event' }).click();
    await page.getByText('8 webhooks are called.').waitFor();

    await open('receivers.html');
    // The one for a person is not connected yet, so it is not called.
    for (const type of ['headers', 'basic', 'token', 'aws4', 'hmac-sha256', 'none', 'oauth2']) await page.getByText(`${type}: verified`).waitFor();
    assert.equal(await page.getByText('refused').count(), 0);
  });

  it('connects a webhook through the provider’s login', async () => {
    await open('host.html');
    await signedIn('Maya Okafor');
    const [login] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Connect: OAuth2 receiver, for a person' }).click()]);
    await login.getByPlaceholder('Enter any login').fill('maya');
    await login.getByPlaceholder('and password').fill('any');
    await login.getByRole('button', { name: 'Sign-in' }).click();
    await login.getByRole('button', { name: 'Continue' }).click();
    await login.getByRole('heading', { name: 'Connected' }).waitFor();
    await login.close();
    await page.reload();
    await page.getByText('OAuth2 receiver, for a person: connected').waitFor();
  });

  it('shows the gates to those who may not', async () => {
    await open('host.html');
    await signedIn('Maya Okafor');
    await page.getByLabel('Signed in as').selectOption('tom');
    await signedIn('Tom Reyes');
    await page.getByText('Only an Organization Admin can see webhooks').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Fire event' }).isDisabled());
    await page.getByLabel('Signed in as').selectOption('ines');
    await signedIn('Inés Duarte');
    assert.equal(await page.getByRole('button', { name: 'Add Webhook' }).count(), 0);
    // A reload keeps who is signed in.
    await page.reload();
    await signedIn('Inés Duarte');
  });

  for (const path of ['host.html', 'receivers.html'])
    it(`${path} fits into 320 px and has no accessibility violations`, async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      await open(path);
      await page.getByRole('status').filter({ hasText: /signed in|arrived|Nothing/ }).waitFor();
      const [content, viewport] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.ok(content <= viewport, `${content} px in ${viewport} px`);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
      assert.deepEqual(violations, []);
    });
});
