// What assistive technology gets: the tree of roles, names and states as text, held against test/a11y/trees. A change that
// is meant is written down by UPDATE_TREES=1 npm run test:e2e -- test/e2e/assistive.test.mjs, and looked at in the diff.
// And what is left of edges and focus where the system forces its colours.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startHost } from './helpers/servers.mjs';
import { authenticationTypes } from './helpers/widget.mjs';

const folder = new URL('../a11y/trees/', import.meta.url);
const updates = process.env.UPDATE_TREES === '1';

const html = `<!doctype html>
<html lang="en">
<head><title>Host</title></head>
<body>
<webhook-settings></webhook-settings>
<script type="module">
  import { createMemoryAdapter } from '/cdn/webhook-settings.js';
  const organizations = [{ id: 'org_1', name: 'Northwind' }, { id: 'org_2', name: 'Contoso' }];
  const webhook = (id, changes) => ({ id, version: '1', name: id, events: ['milestone.status_change'], url: 'https://hooks.example.com/in',
    method: 'POST', contentType: 'application/json', headers: [], test: false, active: true,
    authentication: { type: 'basic', organizationSpecific: false, credentials: [{ username: 'integration', password: { stored: true, hint: '9f2a' } }] },
    createdAt: '2026-01-31T12:00:00.000Z', updatedAt: '2026-01-31T12:00:00.000Z', ...changes });
  const stored = [
    webhook('Live', { health: { recent: ['succeeded', 'failed'] } }),
    webhook('Off', { test: true, active: false, authentication: { type: 'token', organizationSpecific: true,
      credentials: organizations.map(({ id }) => ({ organizationId: id, key: 'X-Token', value: { stored: true } })) } }),
  ];
  const adapter = createMemoryAdapter({ webhooks: stored, organizations });
  const element = document.querySelector('webhook-settings');
  element.organizations = organizations;
  element.adapter = {
    ...adapter,
    list: async (...call) => {
      const page = await adapter.list(...call);
      return { ...page, items: [...page.items, { id: 'wh_x', name: 'Malformed' }], nextCursor: 'more', total: 40 };
    },
    sendTest: () => new Promise(() => undefined),
    listDeliveries: async () => ({ items: [] }),
  };
</script>
</body>
</html>`;

let host, browser, page, problems, close;
before(async () => {
  host = await startHost({ '/': html });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await host?.close();
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser));
  await page.goto(host.url);
  await page.getByRole('textbox', { name: 'Search webhooks' }).or(page.getByRole('searchbox', { name: 'Search webhooks' })).waitFor();
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

/** What each control's `aria-describedby` says: a hint or an error that is not tied to its field is lost. */
const descriptions = () => {
  const lines = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      const ids = element.getAttribute('aria-describedby');
      if (!ids || !element.checkVisibility()) continue;
      const texts = ids.split(' ').map((id) => root.getElementById(id)?.textContent.replace(/\s+/g, ' ').trim() ?? 'NOTHING');
      const label = element.labels?.[0] ?? element;
      lines.push(`${label.textContent.replace(/\s+/g, ' ').trim() || element.localName}: ${texts.join(' ')}`);
    }
  };
  walk(document);
  return lines;
};

/** What the rows and blocks of a form are called by counts on through the page: here it counts from the form's first. */
function countedAnew(tree) {
  const keys = new Map();
  return tree.replace(/(?<="#)([ch])\d+(?=\.)/g, (key, kind) => {
    if (!keys.has(key)) keys.set(key, `${kind}${keys.size + 1}`);
    return keys.get(key);
  });
}

async function expectTree(name, locator) {
  const tree = countedAnew(await locator.ariaSnapshot());
  const told = await page.evaluate(descriptions);
  const text = `${tree}\n${told.length ? `\ndescriptions:\n${told.map((line) => `- ${line}`).join('\n')}\n` : ''}`;
  const file = new URL(`${name}.txt`, folder);
  if (updates) writeFileSync(file, text);
  assert.ok(existsSync(file), `${file.pathname} is missing`);
  assert.equal(text, readFileSync(file, 'utf8'));
}

const widget = () => page.locator('webhook-settings');
const add = async () => {
  await page.getByRole('button', { name: 'Add Webhook' }).click();
  return page.getByRole('dialog', { name: 'Add Webhook' });
};
const row = async (item) => {
  await page.getByRole('button', { name: 'Actions for Live' }).click();
  if (item) await page.getByRole('menuitem', { name: item, exact: true }).click();
};

/** Each state, and where its tree begins. */
const states = {
  list: async () => widget(),
  'list-narrow': async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    return widget();
  },
  'list-selected': async () => {
    await page.getByRole('checkbox', { name: 'Select Live' }).check();
    await page.getByRole('button', { name: 'Clear selection' }).waitFor();
    return widget();
  },
  menu: async () => {
    await row();
    return page.getByRole('menu');
  },
  'delete': async () => {
    await row('Delete');
    return page.getByRole('alertdialog');
  },
  deliveries: async () => {
    await row('View deliveries');
    await page.getByText('Nothing was delivered yet').waitFor();
    await page.getByText('0 deliveries').waitFor({ state: 'attached' });
    return page.getByRole('dialog');
  },
  'test-event': async () => {
    await row('Send test event');
    return page.getByRole('dialog');
  },
  import: async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Import webhooks…' }).click();
    return page.getByRole('dialog');
  },
  ...Object.fromEntries(
    Object.entries(authenticationTypes).flatMap(([type, { label }]) => [
      [
        `add-${type}`,
        async () => {
          const dialog = await add();
          await dialog.getByLabel('Authentication type').selectOption(label);
          return dialog;
        },
      ],
      [
        `add-${type}-per-organization`,
        async () => {
          const dialog = await add();
          await dialog.getByLabel('Authentication type').selectOption(label);
          await dialog.getByLabel('Org. specific authentication').check();
          await dialog.getByRole('button', { name: 'Save' }).click();
          await dialog.getByText(/need.? your attention/).first().waitFor();
          return dialog;
        },
      ],
    ]),
  ),
  'edit-stored': async () => {
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    return page.getByRole('dialog');
  },
  'edit-per-organization': async () => {
    await page.getByRole('button', { name: 'Off', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Replace' }).first().click();
    return dialog;
  },
  discard: async () => {
    const dialog = await add();
    await dialog.getByLabel('Name').fill('Unsaved');
    await page.keyboard.press('Escape');
    return page.getByRole('alertdialog');
  },
};

describe('assistive technology gets the roles, names, states and descriptions written down', () => {
  for (const [name, show] of Object.entries(states))
    it(`of ${name}`, async () => {
      const locator = await show();
      await locator.waitFor();
      await expectTree(name, locator);
    });

  it('and none is written down that is not shown', () => {
    assert.deepEqual(readdirSync(folder).sort(), Object.keys(states).map((name) => `${name}.txt`).sort());
  });
});

/** Controls without an edge, or without a ring while they have the focus. */
const lost = () => {
  const found = [];
  const isClear = (colour) => /^rgba\(.*, 0\)$|^transparent$/.test(colour);
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const what = `${element.localName} “${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30)}”`;
      const isBox = element.matches('button:not(.link, .bare), select, textarea, dialog, .card, .menu, input:not([type=checkbox], [type=radio], [type=file])');
      if (isBox && (style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) === 0 || isClear(style.borderTopColor)))
        found.push(`${what} has no edge`);
      // What has no edge has a mark.
      if (element.matches('.bare')) {
        const { content, color } = getComputedStyle(element, '::before');
        if (!content.includes('···') || isClear(color)) found.push(`${what} has no mark`);
      }
      if (!element.matches('a[href], button, input, select, textarea, summary')) continue;
      // What has it already got it from a pointer, without a ring.
      element.blur();
      element.focus({ focusVisible: true });
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      if (root.activeElement === element && (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || isClear(outlineColor)))
        found.push(`${what} has no ring`);
    }
  };
  walk(document);
  return found;
};

describe('with forced colours, edges and the focus ring stay', () => {
  for (const [name, show] of Object.entries(states))
    it(`in ${name}`, async () => {
      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      await (await show()).waitFor();
      assert.equal(await page.evaluate(() => matchMedia('(forced-colors: active)').matches), true);
      assert.deepEqual(await page.evaluate(lost), []);
    });

  it('a switch that is on differs from one that is off', async () => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const dialog = await add();
    const look = (name) =>
      dialog.getByRole('switch', { name }).evaluate((one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one, '::before').translate]);
    const [on, off] = [await look('Active'), await look('Test credentials')];
    assert.notEqual(on[0], off[0]);
    assert.notEqual(on[1], off[1]);
  });
});
