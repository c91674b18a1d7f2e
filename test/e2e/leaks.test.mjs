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

/** What a person does with the list before it goes. Each leaves the page in the middle of it. */
const scenes = {
  'the list, searched, with its menu and the form': async ({ settings, root, until }) => {
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
  },
  'a save that never ends, and then a conflict': async ({ settings, root, until }) => {
    let answer;
    const { adapter } = settings;
    settings.adapter = { ...adapter, update: () => new Promise((_, reject) => (answer = reject)) };
    await settings.edit('a');
    const modal = root.querySelector('add-webhook-modal').shadowRoot;
    const name = await until(() => modal.querySelector('#name'));
    name.value = 'mine';
    name.dispatchEvent(new Event('input'));
    modal.querySelector('[part=save-button]').click();
    await until(() => answer);
    answer({ code: 'conflict', current: { ...(await adapter.get('a', { signal: new AbortController().signal })), version: '9', name: 'theirs' } });
    await until(() => modal.querySelector('.conflict[open]'));
    settings.remove();
  },
  'the import, and a delete that never ends': async ({ settings, root, until }) => {
    settings.adapter = { ...settings.adapter, delete: () => new Promise(() => undefined) };
    await until(() => root.querySelector('[part=search]'));
    root.querySelector('.toolbar .menu-button').click();
    (await until(() => root.querySelector('[role=menuitem]'))).click();
    const dialog = await until(() => root.querySelector('.import[open]'));
    const files = new DataTransfer();
    files.items.add(new File(['{"webhooks":[{"name":"x"}]}'], 'x.json'));
    dialog.querySelector('input').files = files.files;
    dialog.querySelector('input').dispatchEvent(new Event('change'));
    await until(() => dialog.querySelector('li'));
    dialog.querySelector('header button').click();
    await until(() => !root.querySelector('.import'));
    root.querySelector('.menu-cell button').click();
    (await until(() => root.querySelector('[role=menuitem].danger'))).click();
    (await until(() => root.querySelector('.confirm[open] .danger'))).click();
    await until(() => root.querySelector('.confirm .danger[aria-disabled]'));
    settings.remove();
  },
  'the modal alone, with something typed': async ({ settings, until }) => {
    settings.remove();
    const modal = document.createElement('add-webhook-modal');
    document.body.append(modal);
    await modal.show();
    const name = await until(() => modal.shadowRoot.querySelector('#name'));
    name.value = 'typed';
    name.dispatchEvent(new Event('input'));
    modal.shadowRoot.querySelector('[part=cancel-button]').click();
    await until(() => modal.shadowRoot.querySelector('.confirm[open]'));
    modal.remove();
  },
};

for (const [what, scene] of Object.entries(scenes))
  it(`${CYCLES} mounts and unmounts leave no listener, timer or node behind: ${what}`, async () => {
    const { page, problems, close } = await openPage(browser);
    // The timers that are running, by how long they were to take.
    await page.addInitScript(() => {
      const running = (window.running = new Map());
      const { setTimeout: set, clearTimeout: clear } = window;
      window.setTimeout = (run, delay = 0, ...all) => {
        const id = set(() => {
          running.delete(id);
          run(...all);
        }, delay);
        running.set(id, delay);
        return id;
      };
      window.clearTimeout = (id) => {
        running.delete(id);
        clear(id);
      };
    });
    await page.goto(host.url);
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable');
    await page.evaluate((source) => {
      window.scene = new Function(`return ${source}`)();
    }, scene.toString());

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
          await window.scene({ settings, root: settings.shadowRoot, until });
          await new Promise(requestAnimationFrame);
        }
      }, times);

    const counted = async () => {
      await client.send('HeapProfiler.collectGarbage');
      const { metrics } = await client.send('Performance.getMetrics');
      const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
      return { listeners: of('JSEventListeners'), nodes: of('Nodes') };
    };

    // Templates and styles are made once, on the first use. Those of the form also when the browser is idle, which it is in some
    // cycle or in none: they are made before anything is counted.
    await page.evaluate(async () => {
      await import('/cdn/webhook-settings.js');
      const modal = document.createElement('add-webhook-modal');
      document.body.append(modal);
      await modal.show();
      modal.remove();
    });
    await cycle(3);
    const start = await counted();
    await cycle(CYCLES);
    const end = await counted();
    // A single node kept by each cycle would be fifty.
    assert.ok(end.listeners - start.listeners < 5, `${end.listeners - start.listeners} more listeners`);
    assert.ok(end.nodes - start.nodes < CYCLES, `${end.nodes - start.nodes} more nodes`);
    // Short ones end by themselves; one that somebody is patient for would go on for seconds.
    assert.deepEqual(await page.evaluate(() => [...window.running.values()].filter((delay) => delay >= 1000)), [], 'timers');
    assert.deepEqual(problems, []);
    await close();
  });
