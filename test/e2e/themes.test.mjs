// The page of themes: four hosts by parts and custom properties alone, in each scheme, density and type size.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';
import { Modal, openAddWebhook, rowOf } from './helpers/widget.mjs';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const folder = new URL('../../demo/themes/', import.meta.url);
const themes = ['github', 'stripe', 'material', 'plain'];
const name = 'Milestones to CRM';

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
  ({ page, problems, close } = await openPage(browser, { reducedMotion: 'reduce' }));
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

const query = () => new URL(page.url()).search;
const styles = (locator, ...properties) =>
  locator.evaluate((element, names) => Object.fromEntries(names.map((one) => [one, getComputedStyle(element)[one]])), properties);

/** The page with this look, its list and its tools there, its style sheets applied. */
async function open(look = {}) {
  await page.goto(`${demo.url}themes.html?${new URLSearchParams(look)}`);
  await rowOf(page, name).waitFor();
  await page.getByLabel('Search webhooks').waitFor();
  await sheets();
}
const sheets = () =>
  page.waitForFunction(() => [...document.querySelectorAll('link[data-sheet]')].every((link) => link.disabled || link.sheet));

async function openMenu() {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menu').waitFor();
}

async function openForm() {
  const modal = await openAddWebhook(page);
  await modal.chooseType('basic');
  await modal.switch('Org. specific authentication').check();
  await modal.field('Password').waitFor();
  return modal;
}

async function violations() {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await globalThis.axe.run(document);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join(', ')}`);
  });
}

const overflow = () =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });

describe('the theme files', () => {
  const files = readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[^]*?\*\//g, '')]);
  const manifest = JSON.parse(readFileSync(new URL('../../custom-elements.json', import.meta.url), 'utf8'));
  const elements = manifest.modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName, cssParts }) => tagName || cssParts);
  const partsOf = (tag) => elements.find(({ name: one }) => one === tag.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())).cssParts.map((one) => one.name);

  it('are one for each host and one for high contrast', () => {
    assert.deepEqual(files.map(([file]) => file).sort(), ['contrast.css', 'github.css', 'material.css', 'stripe.css']);
  });

  for (const [file, css] of files)
    it(`${file} speaks of public parts and custom properties alone`, () => {
      const tokens = elements.flatMap(({ cssProperties = [] }) => cssProperties.map((one) => one.name));
      for (const [token] of css.matchAll(/--[\w-]+/g)) assert.ok(tokens.includes(token), token);
      for (const [, selectors] of css.matchAll(/([^{}]+)\{/g))
        for (const selector of selectors.split(',').map((one) => one.trim())) {
          const match = /^(webhook-settings|add-webhook-modal)(?:::part\(([\w-]+)\))?$/.exec(selector);
          assert.ok(match, selector);
          if (match[2]) assert.ok(partsOf(match[1]).includes(match[2]), selector);
        }
      assert.doesNotMatch(css, /!important|url\(|@import/);
    });

  for (const [file, css] of files)
    it(`${file} dresses a form on its own as it does the one in the list`, () => {
      for (const [, part] of css.matchAll(/webhook-settings::part\(modal-([\w-]+)\)/g))
        assert.ok(css.includes(`add-webhook-modal::part(${part})`), part);
      for (const [, part] of css.matchAll(/webhook-settings::part\((dialog[\w-]*)\)/g))
        assert.ok(css.includes(`webhook-settings::part(modal-${part})`), part);
    });
});

describe('the page of themes', () => {
  const choice = (label) => page.getByLabel(label, { exact: true });

  it('has a control with a label for each choice; the address keeps it, and Back undoes it', async () => {
    await open();
    assert.equal(query(), '');
    await choice('Theme').selectOption('Stripe-like');
    await choice('Scheme').selectOption('Dark');
    await choice('Density').selectOption('Compact');
    await choice('Type size').selectOption('200 %');
    assert.equal(query(), '?theme=stripe&scheme=dark&density=compact&type=200');
    await page.getByRole('heading', { level: 1, name: 'Developers' }).waitFor();
    await page.reload();
    await rowOf(page, name).waitFor();
    const chosen = await page.locator('.look select').evaluateAll((all) => all.map(({ value }) => value));
    assert.deepEqual(chosen, ['stripe', 'dark', 'compact', '200']);
    assert.deepEqual(await styles(page.locator('html'), 'colorScheme', 'fontSize'), { colorScheme: 'dark', fontSize: '32px' });
    await page.goBack();
    assert.equal(query(), '?theme=stripe&scheme=dark&density=compact');
    assert.equal(await choice('Type size').inputValue(), '100');
  });

  it('takes what it does not know for the default', async () => {
    await open({ theme: 'nobody', type: '9000' });
    assert.equal(await choice('Theme').inputValue(), 'github');
    assert.equal(await choice('Type size').inputValue(), '100');
  });

  it('keeps what was typed in the widget when the look changes', async () => {
    await open();
    await page.getByLabel('Search webhooks').fill('billing');
    await rowOf(page, name).waitFor({ state: 'hidden' });
    await choice('Theme').selectOption('Material-like');
    assert.equal(await page.getByLabel('Search webhooks').inputValue(), 'billing');
  });

  it('shows one host at a time, each with its own page around the same widget', async () => {
    const headings = [];
    for (const theme of themes) {
      await open({ theme });
      headings.push(await page.getByRole('heading', { level: 1 }).allTextContents());
      assert.equal(await page.locator('webhook-settings').count(), 1);
    }
    assert.deepEqual(headings.flat().map((text) => text.replace(/\s+/g, ' ')), ['northlight / solar-api', 'Developers', 'Integrations', 'Settings']);
  });

  it('looks different for each host, in the list and in the form', async () => {
    const looks = { list: [], row: [], add: [], heading: [], field: [], save: [], dialog: [] };
    for (const theme of themes) {
      await open({ theme, scheme: 'light' });
      const part = (one) => page.locator(`webhook-settings [part~="${one}"]`).first();
      looks.list.push(await styles(part('list'), 'borderTopLeftRadius', 'boxShadow', 'borderInlineStartWidth'));
      looks.row.push(await styles(part('name'), 'color', 'fontWeight'));
      looks.add.push(await styles(part('add-button'), 'backgroundColor', 'borderTopLeftRadius', 'boxShadow'));
      looks.heading.push(await styles(part('heading'), 'fontSize', 'fontWeight'));
      const modal = await openForm();
      const inModal = (one) => page.locator(`add-webhook-modal [part~="${one}"]`).first();
      looks.field.push(await styles(inModal('input'), 'backgroundColor', 'borderTopColor', 'boxShadow', 'borderTopWidth'));
      looks.save.push(await styles(inModal('save-button'), 'backgroundColor', 'borderTopLeftRadius', 'boxShadow'));
      looks.dialog.push(await styles(inModal('dialog'), 'borderTopLeftRadius', 'boxShadow', 'borderTopWidth', 'inlineSize'));
      assert.equal(await modal.root.count(), 1);
    }
    for (const [what, all] of Object.entries(looks)) assert.equal(new Set(all.map((one) => JSON.stringify(one))).size, themes.length, `${what}: ${JSON.stringify(all)}`);
  });

  it('is denser in three steps, by one custom property', async () => {
    const heights = [];
    for (const density of ['compact', 'regular', 'spacious']) {
      await open({ theme: 'plain', density });
      const { height } = await rowOf(page, 'Signed contracts to billing').boundingBox();
      heights.push(height);
    }
    const [compact, regular, spacious] = heights;
    assert.ok(compact <= regular - 5 && regular <= spacious - 5, heights.join(', '));
  });
});

for (const theme of themes)
  describe(`as the host ${theme}`, () => {
    for (const [scheme, system] of [
      ['light', 'light'],
      ['dark', 'light'],
      ['contrast', 'dark'],
    ])
      it(`has no accessibility violations in the list, a menu, the form and the deliveries: ${scheme}, on a ${system} system`, async () => {
        await page.emulateMedia({ colorScheme: system, reducedMotion: 'reduce' });
        await open({ theme, scheme });
        assert.deepEqual(await violations(), []);
        await openMenu();
        assert.deepEqual(await violations(), []);
        await page.getByRole('menuitem', { name: 'View deliveries' }).click();
        await page.getByRole('dialog', { name: `Deliveries of ${name}` }).locator('summary').getByText('Failed', { exact: true }).waitFor();
        assert.deepEqual(await violations(), []);
        await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
        const modal = await openForm();
        await modal.save();
        await modal.root.getByRole('group', { name: /need your attention/ }).waitFor();
        assert.deepEqual(await violations(), []);
      });

    it('needs no horizontal scrolling, on a phone and on a desktop, with type of 100 % and 200 %', async () => {
      for (const width of [320, 1280])
        for (const type of ['100', '200']) {
          await page.setViewportSize({ width, height: 800 });
          await open({ theme, type });
          assert.equal(await overflow(), 0, `${width} px, ${type} %`);
          const modal = await openForm();
          const cut = await modal.root.locator('.dialog-body').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
          assert.ok(cut <= 0, `the form is cut by ${cut} px at ${width} px, ${type} %`);
        }
    });
  });

describe('a form on its own', () => {
  it('is dressed like the one in the list', async () => {
    await open({ theme: 'stripe' });
    await page.evaluate(() => {
      const modal = document.createElement('add-webhook-modal');
      document.querySelector('main').append(modal);
      return modal.show();
    });
    const modal = new Modal(page);
    const { backgroundColor } = await styles(modal.button('Save'), 'backgroundColor');
    await modal.button('Cancel').click();
    const own = await openAddWebhook(page);
    assert.equal((await styles(own.button('Save'), 'backgroundColor')).backgroundColor, backgroundColor);
  });
});
