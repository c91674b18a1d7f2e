// dist/cdn in a page that has nothing else: one script tag and ten lines of adapter.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { cdnFolder, startHost } from './helpers/servers.mjs';
import { Modal, openAddWebhook, rowOf } from './helpers/widget.mjs';

const pageWith = (...scripts) => `<!doctype html>
<html lang="en">
<head><title>Host</title>${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('')}</head>
<body>
<webhook-settings></webhook-settings>
<script type="module">
  const stored = (input, id) => ({ ...input, id, createdAt: '2026-01-31T12:00:00Z', updatedAt: '2026-01-31T12:00:00Z' });
  const none = { type: 'none', organizationSpecific: false, credentials: [] };
  const first = { name: 'Already there', events: ['site.archived'], url: 'https://example.com/a', method: 'PUT',
    contentType: 'application/json', headers: [], test: true, active: false, authentication: none };
  const rows = [stored(first, 'wh_1')];
  document.querySelector('webhook-settings').adapter = {
    list: async () => ({ items: rows }),
    create: async (input) => (rows.push(stored(input, 'wh_2')), rows.at(-1)),
  };
</script>
</body>
</html>`;

/** A page that always has something to do, as one with a game in it may. */
const busy = `<script>
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    for (const start = performance.now(); performance.now() - start < 4; );
    port2.postMessage(0);
  };
  port2.postMessage(0);
</script>`;

/** The files that the entry file imports statically, directly or not: what a list needs. */
function staticClosure() {
  const seen = new Set(['webhook-settings.js']);
  for (const file of seen)
    for (const [, next] of readFileSync(`${cdnFolder}${file}`, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
      seen.add(next);
  return seen;
}

let host, browser, page, problems, close;
before(async () => {
  host = await startHost(
    {
      '/': pageWith('/cdn/webhook-settings.js'),
      '/busy': pageWith('/cdn/webhook-settings.js').replace('</head>', `${busy}</head>`),
      '/twice': pageWith('/cdn/webhook-settings.js', '/copy/webhook-settings.js'),
    },
    ['/cdn/', '/copy/'],
  );
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser));
});
afterEach(() => close());

async function addOne(name) {
  const modal = await openAddWebhook(page);
  await modal.fillWebhook({ name });
  await modal.chooseType('none');
  await modal.save();
  await modal.root.waitFor({ state: 'hidden' });
  await rowOf(page, name).waitFor();
}

describe('the file for a script tag', () => {
  it('is all that a page needs: the list shows its rows, the modal opens and saves', async () => {
    const requested = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.goto(host.url);
    const row = rowOf(page, 'Already there');
    for (const text of ['test', 'inactive', 'Site Archived', 'PUT', 'No Authentication'])
      await row.getByText(text, { exact: true }).waitFor();
    await addOne('Added here');
    assert.deepEqual(problems, []);
    assert.deepEqual(requested.filter((url) => !url.startsWith(`${host.url}/`)), []);
  });

  it('has its search also in a page that is never idle', async () => {
    await page.goto(`${host.url}/busy`);
    await rowOf(page, 'Already there').waitFor();
    await page.getByRole('searchbox').waitFor();
    assert.deepEqual(problems, []);
  });

  it('exports what a page needs to speak to it', async () => {
    await page.goto(host.url);
    const names = await page.evaluate(async () => Object.keys(await import('/cdn/webhook-settings.js')));
    for (const name of [
      'WebhookSettings', 'AddWebhookModal', 'AdapterError', 'defaultEventTypes',
      'createMemoryAdapter', 'createLocalAdapter', 'createRestAdapter',
    ])
      assert.ok(names.includes(name), name);
  });

  for (const adapter of ['createMemoryAdapter', 'createLocalAdapter'])
    it(`brings ${adapter}`, async () => {
      await page.goto(host.url);
      await page.evaluate(async (name) => {
        const module = await import('/cdn/webhook-settings.js');
        document.querySelector('webhook-settings').adapter = module[name]();
      }, adapter);
      await page.getByText('No webhooks yet').waitFor();
      await addOne('Kept by an adapter');
      assert.deepEqual(problems, []);
    });

  it('shows the list without what only the modal needs', async () => {
    const needed = staticClosure();
    const held = new Set();
    let release;
    const released = new Promise((resolve) => (release = resolve));
    await page.route('**/cdn/*.js', async (route) => {
      const file = new URL(route.request().url()).pathname.split('/').pop();
      if (!needed.has(file)) {
        held.add(file);
        await released;
      }
      await route.continue();
    });
    await page.goto(host.url, { waitUntil: 'domcontentloaded' });
    await rowOf(page, 'Already there').waitFor();
    await page.getByRole('button', { name: 'Add Webhook' }).click();
    await page.getByText('Loading the form…').waitFor();
    assert.equal(await new Modal(page).root.count(), 0);
    release();
    await new Modal(page).field('Name').waitFor();
    assert.ok(held.size > 0, 'the modal is in a file of its own');
    assert.deepEqual(problems, []);
  });

  it('fetches the modal ahead when the browser is idle', async () => {
    const ahead = page.waitForRequest((request) => !staticClosure().has(new URL(request.url()).pathname.slice(5)) && request.url().endsWith('.js'));
    await page.goto(host.url);
    await ahead;
  });

  it('says when the form could not be fetched, and fetches it again on Retry', async () => {
    const needed = staticClosure();
    await page.route('**/cdn/*.js', (route) =>
      needed.has(new URL(route.request().url()).pathname.slice(5)) ? route.continue() : route.abort(),
    );
    await page.goto(host.url);
    await page.getByRole('button', { name: 'Add Webhook' }).click();
    await page.getByRole('alert').getByText(/could not be loaded/).waitFor();
    await page.unroute('**/cdn/*.js');
    await page.getByRole('button', { name: 'Retry' }).click();
    await new Modal(page).field('Name').waitFor();
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_FAILED')), []);
  });

  it('says so too where nothing was pressed: without them the rest of a long list is out of reach', async () => {
    const needed = staticClosure();
    await page.route('**/cdn/*.js', (route) =>
      needed.has(new URL(route.request().url()).pathname.slice(5)) ? route.continue() : route.abort(),
    );
    await page.goto(host.url);
    await page.getByRole('alert').getByText(/could not be loaded/).waitFor();
    await rowOf(page, 'Already there').waitFor();
    await page.unroute('**/cdn/*.js');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByLabel('Search webhooks').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.deepEqual(problems.filter((problem) => !problem.includes('ERR_FAILED')), []);
  });

  it('may be on a page twice: the first copy stays, and nothing throws', async () => {
    await page.goto(`${host.url}/twice`);
    await rowOf(page, 'Already there').waitFor();
    const kept = await page.evaluate(async () => {
      const [first, second] = await Promise.all([
        import('/cdn/webhook-settings.js'),
        import('/copy/webhook-settings.js'),
      ]);
      return [
        first.WebhookSettings !== second.WebhookSettings,
        customElements.get('webhook-settings') === first.WebhookSettings,
        customElements.get('add-webhook-modal') === first.AddWebhookModal,
      ];
    });
    assert.deepEqual(kept, [true, true, true]);
    await addOne('Added beside a second copy');
    assert.deepEqual(problems, []);
  });
});
