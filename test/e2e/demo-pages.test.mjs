// The demo's further pages, and what holds for all of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';
import { Modal, authenticationTypes, openAddWebhook, rowOf } from './helpers/widget.mjs';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const landmarks = ['region', 'landmark-one-main', 'page-has-heading-one'];
const paths = ['/', '/bare.html', '/modal.html', '/two.html', '/themes.html', '/csp.html'];

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

const open = async (path) => {
  await page.goto(new URL(path, demo.url).href);
  await page.waitForFunction(() => customElements.get('webhook-settings') && customElements.get('add-webhook-modal'));
};

for (const path of paths)
  describe(`the page ${path}`, () => {
    it('needs no horizontal scrolling at 320 px, and asks no other server for anything', async () => {
      const foreign = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(demo.url)) foreign.push(request.url());
      });
      await page.setViewportSize({ width: 320, height: 640 });
      await open(path);
      await page.getByRole('heading').first().waitFor();
      const [content, viewport] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.ok(content <= viewport, `${content} px in ${viewport} px`);
      assert.deepEqual(foreign, []);
    });

    for (const colorScheme of ['light', 'dark'])
      it(`has no accessibility violations, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await open(path);
        await page.getByRole('heading').first().waitFor();
        // Not through a script element, which a strict policy would refuse.
        await page.evaluate(axe);
        const violations = await page.evaluate(
          async (rules) => {
            const found = await globalThis.axe.run(document, { rules });
            return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
          },
          // A page of one element has no landmarks and no title.
          path === '/bare.html' ? Object.fromEntries(landmarks.map((id) => [id, { enabled: false }])) : {},
        );
        assert.deepEqual(violations, []);
      });
  });

describe('the bare embed', () => {
  it('is one script tag and a few lines: no style sheet, no other file of the demo', async () => {
    const html = await (await fetch(new URL('/bare.html', demo.url))).text();
    assert.deepEqual(html.match(/(?<=src=")[^"]+/g), ['/cdn/webhook-settings.js']);
    assert.doesNotMatch(html, /<link|<style|style=|@vite/);
  });

  for (const type of ['basic', 'aws4'])
    it(`lists what was added with ${authenticationTypes[type].label}`, async () => {
      await open('/bare.html');
      await page.getByText('No webhooks yet').waitFor();
      const modal = await openAddWebhook(page);
      await modal.fillWebhook({ name: 'From a bare page' });
      await modal.chooseType(type);
      await modal.fillCredential(type, () => 'a-secret-of-forty-characters-1234567890x');
      await modal.save();
      await rowOf(page, 'From a bare page').getByText(authenticationTypes[type].label, { exact: true }).waitFor();
    });
});

describe('the modal alone', () => {
  const secret = 'shown-to-nobody-31415-92653';
  const submitted = () => page.getByRole('region', { name: 'Submitted' });
  const closed = () => page.getByRole('region', { name: 'Closed because' });

  it('shows what was submitted, its secrets replaced', async () => {
    await open('/modal.html');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const modal = new Modal(page);
    await modal.fillWebhook({ name: 'Alone' });
    await modal.chooseType('hmac-sha256');
    await modal.fillCredential('hmac-sha256', () => secret);
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });
    assert.deepEqual(JSON.parse(await submitted().locator('pre').textContent()), {
      name: 'Alone',
      events: ['milestone.status_change'],
      url: 'https://example.com/hooks',
      method: 'POST',
      contentType: 'application/json',
      headers: [],
      test: false,
      active: true,
      authentication: {
        type: 'hmac-sha256',
        organizationSpecific: false,
        credentials: [{ clientId: 'northlight', clientSecret: '•••' }],
      },
    });
    await closed().getByText('saved').waitFor();
    assert.ok(!(await page.content()).includes(secret));
  });

  it('sends of a stored webhook only what changed', async () => {
    await open('/modal.html');
    await page.getByRole('button', { name: 'Change a stored one' }).click();
    const modal = new Modal(page, 'Edit Webhook');
    await modal.field('Name').fill('Renamed');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });
    const { id, changes } = JSON.parse(await submitted().locator('pre').textContent());
    assert.match(id, /^wh_/);
    assert.deepEqual(changes, { name: 'Renamed' });
  });

  it('stays open when the server refuses, and says why it closed', async () => {
    await open('/modal.html');
    await page.getByLabel('The server').selectOption('refuses name and URL');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const modal = new Modal(page);
    await modal.fillWebhook({ name: 'Refused' });
    await modal.chooseType('none');
    await modal.save();
    await modal.root.getByText(/already called “Refused”/).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await closed().getByText('escape').waitFor();
  });
});

describe('two widgets', () => {
  it('do not know each other', async () => {
    await open('/two.html');
    await page.evaluate(() => {
      globalThis.heard = [];
      document.addEventListener('webhook-created', ({ target }) => globalThis.heard.push(target.id));
    });
    const [orders, readings] = [page.locator('#orders'), page.locator('#readings')];
    await orders.getByRole('heading', { name: 'Order webhooks' }).waitFor();
    await orders.getByText('Orders to the warehouse').waitFor();
    await readings.getByRole('heading', { name: 'Meter webhooks' }).waitFor();
    await readings.getByText('No webhooks yet').waitFor();

    const offered = async (scope) => {
      const types = scope.getByLabel('Authentication type');
      await types.waitFor();
      return types.locator('option:not([value=""])').allTextContents();
    };
    await orders.getByRole('button', { name: 'Add Webhook' }).click();
    const add = new Modal(orders);
    assert.deepEqual(await offered(add.root), ['HMAC-SHA256', 'Token', 'No Authentication']);
    assert.deepEqual(await add.field('Event').locator('optgroup').evaluateAll((groups) => groups.map(({ label }) => label)), ['Orders', 'Shipments']);
    await add.button('Cancel').click();

    await readings.getByRole('button', { name: 'Add Webhook' }).click();
    const modal = new Modal(readings);
    assert.deepEqual(await offered(modal.root), ['AWS4', 'OAuth2']);
    const events = modal.root.getByRole('group', { name: 'Events', exact: true });
    await events.getByLabel('Reading created').check();
    await events.getByLabel('Meter offline').check();
    await modal.field('Name').fill('Readings');
    await modal.field('Endpoint URL').fill('https://example.com/readings');
    await modal.chooseType('oauth2');
    await modal.fillCredential('oauth2', () => 'secret-of-the-meters-123');
    await modal.save();
    await rowOf(readings, 'Readings').waitFor();
    assert.equal(await orders.getByText('Readings').count(), 0);
    assert.deepEqual(await page.evaluate(() => globalThis.heard), ['readings']);
  });
});
