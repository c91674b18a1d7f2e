// dist/cdn in pages in several languages: what is fetched, and what is shown until it is there.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startHost } from './helpers/servers.mjs';

const pageIn = (lang, elements = '<webhook-settings></webhook-settings>') => `<!doctype html>
<html lang="${lang}">
<head><title>Host</title><script type="module" src="/cdn/webhook-settings.js"></script></head>
<body>
${elements}
<script type="module">
  for (const element of document.querySelectorAll('webhook-settings')) element.adapter = { list: async () => ({ items: [] }), create: async () => {} };
</script>
</body>
</html>`;

const two = '<webhook-settings></webhook-settings><section lang="de-CH"><webhook-settings></webhook-settings></section>';

let host, browser, page, problems, close, locales;
before(async () => {
  host = await startHost({
    '/en': pageIn('en'),
    '/de': pageIn('de'),
    '/nl': pageIn('nl'),
    '/two': pageIn('de-AT', two),
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser));
  locales = [];
  page.on('request', (request) => {
    const file = new URL(request.url()).pathname.split('/').pop();
    if (file.startsWith('locale-')) locales.push(file);
  });
});
afterEach(() => close());

const button = (name, index = 0) => page.getByRole('button', { name, exact: true }).nth(index);
/** The form is there, and with it all that is fetched for a page as it stands. */
async function openForm(add, save) {
  await button(add).click();
  await button(save).waitFor();
  await page.waitForLoadState('networkidle');
}

describe('languages from dist/cdn', () => {
  it('a German page fetches the German texts, once, and no other language', async () => {
    await page.goto(`${host.url}/de`);
    await page.getByText('Noch keine Webhooks').waitFor();
    await openForm('Webhook hinzufügen', 'Speichern');
    assert.deepEqual(locales, ['locale-de.js']);
    assert.deepEqual(problems, []);
  });

  it('two elements in one language fetch it once', async () => {
    await page.goto(`${host.url}/two`);
    await button('Webhook hinzufügen', 1).waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(locales, ['locale-de.js']);
  });

  for (const lang of ['en', 'nl'])
    it(`a page in "${lang}" fetches no language and speaks English`, async () => {
      await page.goto(`${host.url}/${lang}`);
      await openForm('Add Webhook', 'Save');
      assert.deepEqual(locales, []);
      assert.deepEqual(problems, []);
    });

  it('a page that changes its language fetches the other one then, and what was fetched is kept', async () => {
    await page.goto(`${host.url}/de`);
    await button('Webhook hinzufügen').waitFor();
    const speak = (lang) => page.evaluate((code) => (document.documentElement.lang = code), lang);
    await speak('fr');
    await button('Ajouter un webhook').waitFor();
    await speak('en');
    await button('Add Webhook').waitFor();
    await speak('de');
    await button('Webhook hinzufügen').waitFor();
    assert.deepEqual(locales, ['locale-de.js', 'locale-fr.js']);
  });

  it('speaks English where the texts cannot be fetched, and fetches them again later', async () => {
    await page.route('**/locale-de.js', (route) => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await page.goto(`${host.url}/de`);
    await failed;
    await openForm('Add Webhook', 'Save');
    await page.unroute('**/locale-de.js');
    await button('Speichern').waitFor();
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_FAILED')), []);
  });

  it('shows English until the texts are there', async () => {
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await page.route('**/locale-de.js', async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`${host.url}/de`);
    await button('Add Webhook').waitFor();
    release();
    await button('Webhook hinzufügen').waitFor();
  });
});
