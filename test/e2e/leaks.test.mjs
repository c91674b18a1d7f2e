// What fifty mounts and unmounts leave behind, by the browser's own counters.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startHost } from './helpers/servers.mjs';

const CYCLES = 50;
let host, browser;
before(async () => {
  host = await startHost({ '/': '<!doctype html><html lang="en"><head><title>Host</title></head><body></body></html>' });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await host?.close();
});

it(`${CYCLES} mounts and unmounts leave no listener and no node behind`, async () => {
  const { page, problems, close } = await openPage(browser);
  await page.goto(host.url);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');

  /** Mounts, waits for the list, opens the menu and the form, types, searches, and unmounts in the middle of it. */
  const cycle = (times) =>
    page.evaluate(async (count) => {
      const { createMemoryAdapter } = await import('/cdn/webhook-settings.js');
      const until = async (condition) => {
        while (!condition()) await new Promise(requestAnimationFrame);
        return condition();
      };
      const none = { type: 'none', organizationSpecific: false, credentials: [] };
      const dates = { createdAt: '2026-01-31T12:00:00Z', updatedAt: '2026-01-31T12:00:00Z' };
      const webhook = (id) => ({
        id, name: id, events: ['site.archived'], url: 'https://example.com/a', method: 'PUT', contentType: 'application/json',
        headers: [], test: true, active: true, authentication: none, ...dates,
      });
      for (let turn = 0; turn < count; turn++) {
        const settings = document.createElement('webhook-settings');
        settings.adapter = createMemoryAdapter({ webhooks: ['a', 'b', 'c'].map(webhook) });
        document.body.append(settings);
        const root = settings.shadowRoot;
        const search = await until(() => root.querySelector('[part=search]'));
        search.value = 'a';
        search.dispatchEvent(new Event('input'));
        root.querySelector('.menu-cell button').click();
        (await until(() => root.querySelector('[role=menuitem]'))).click();
        const modal = root.querySelector('add-webhook-modal').shadowRoot;
        const name = await until(() => modal.querySelector('#name'));
        name.value = 'typed';
        name.dispatchEvent(new Event('input'));
        settings.remove();
        await new Promise(requestAnimationFrame);
      }
    }, times);

  const counted = async () => {
    await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
    return { listeners: of('JSEventListeners'), nodes: of('Nodes') };
  };

  // Templates and styles are made once, on the first use.
  await cycle(3);
  const start = await counted();
  await cycle(CYCLES);
  const end = await counted();
  // A single node kept by each cycle would be fifty.
  assert.ok(end.listeners - start.listeners < 5, `${end.listeners - start.listeners} more listeners`);
  assert.ok(end.nodes - start.nodes < CYCLES, `${end.nodes - start.nodes} more nodes`);
  assert.deepEqual(problems, []);
  await close();
});
