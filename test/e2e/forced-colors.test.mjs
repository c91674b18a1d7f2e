// With the system's colours forced (Windows' contrast themes) grounds and shadows are gone: edges, focus and states stay.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { startDemo } from './helpers/servers.mjs';
import { openAddWebhook, rowOf } from './helpers/widget.mjs';

const name = 'Milestones to CRM';
let demo, browser, page, problems, close, system;
before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});
beforeEach(async () => {
  ({ page, problems, close } = await openPage(browser, { forcedColors: 'active', reducedMotion: 'reduce' }));
});
afterEach(async () => {
  await close();
  assert.deepEqual(problems, []);
});

const style = (locator, pseudo) =>
  locator.evaluate((element, which) => {
    const { backgroundColor, color, borderTopColor, borderTopWidth, borderTopStyle, outlineColor, outlineStyle, outlineWidth, borderInlineStartColor } =
      getComputedStyle(element, which);
    return { backgroundColor, color, borderTopColor, borderTopWidth, borderTopStyle, outlineColor, outlineStyle, outlineWidth, borderInlineStartColor };
  }, pseudo);

async function open(theme) {
  await page.goto(`${demo.url}themes.html?theme=${theme}`);
  await rowOf(page, name).waitFor();
  await page.getByLabel('Search webhooks').waitFor();
  system = await page.evaluate(() => {
    const probe = document.createElement('i');
    document.body.append(probe);
    const colors = Object.fromEntries(
      ['Canvas', 'CanvasText', 'Highlight', 'HighlightText'].map((one) => {
        probe.style.cssText = `forced-color-adjust: none; color: ${one}`;
        return [one, getComputedStyle(probe).color];
      }),
    );
    probe.remove();
    return colors;
  });
}

/** Its edge can be told from what is around it. */
async function hasEdge(locator, what) {
  const { borderTopColor, borderTopStyle, borderTopWidth } = await style(locator);
  assert.equal(borderTopStyle, 'solid', what);
  assert.ok(parseFloat(borderTopWidth) >= 1, what);
  assert.ok(![system.Canvas, 'rgba(0, 0, 0, 0)'].includes(borderTopColor), `${what}: ${borderTopColor}`);
}

for (const theme of ['github', 'stripe', 'material', 'plain'])
  describe(`forced colours, dressed as ${theme}`, () => {
    it('the list: card, fields, buttons and labels have edges; health can be told', async () => {
      await open(theme);
      const part = (one) => page.locator(`webhook-settings [part~="${one}"]`).first();
      for (const one of ['list', 'search', 'filter', 'add-button', 'badge--test']) await hasEdge(part(one), one);
      const bars = rowOf(page, 'Signed contracts to billing').getByRole('img').locator('i');
      const fills = await bars.evaluateAll((all) => all.map((one) => getComputedStyle(one).borderInlineStartWidth));
      assert.ok(new Set(fills).size === 2, `full and hollow: ${fills}`);
      assert.equal((await style(bars.first())).borderInlineStartColor, system.CanvasText);
    });

    it('a row that is selected, an item that is hovered, a control with the focus', async () => {
      await open(theme);
      const row = rowOf(page, name);
      await row.getByRole('checkbox').check();
      const selected = await style(row);
      assert.equal(selected.outlineStyle, 'solid');
      assert.equal(selected.outlineColor, system.Highlight);

      await page.getByRole('button', { name: `Actions for ${name}` }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
      await hasEdge(page.getByRole('menu'), 'the menu');
      const [first, second] = [page.getByRole('menuitem').first(), page.getByRole('menuitem').nth(1)];
      assert.equal((await style(first)).backgroundColor, system.Highlight, 'the item with the focus');
      assert.equal((await style(first)).color, system.HighlightText);
      await second.hover();
      assert.equal((await style(second)).backgroundColor, system.Highlight, 'the hovered item');

      await page.keyboard.press('Escape');
      await page.getByLabel('Search webhooks').waitFor({ state: 'detached' });
      await page.keyboard.press('Shift+Tab');
      const focused = page.locator('webhook-settings :focus');
      const { outlineStyle, outlineWidth, outlineColor } = await style(focused);
      assert.equal(outlineStyle, 'solid');
      assert.ok(parseFloat(outlineWidth) >= 2 && outlineColor !== system.Canvas);
    });

    it('the form: dialog, fields, errors, organizations and switches', async () => {
      await open(theme);
      const modal = await openAddWebhook(page);
      await modal.chooseType('basic');
      await modal.switch('Org. specific authentication').check();
      await modal.organization(0).waitFor();
      await hasEdge(modal.root, 'the dialog');
      await hasEdge(modal.organization(0), 'the organization');
      for (const label of ['Name', 'Event', 'Username']) await hasEdge(modal.field(label), label);
      for (const button of ['Save', 'Cancel', 'Add Header']) await hasEdge(modal.button(button), button);
      const [off, on] = [modal.switch('Test credentials'), modal.switch('Active')];
      assert.equal(await off.isChecked(), false);
      assert.equal(await on.isChecked(), true);
      await hasEdge(off, 'a switch that is off');
      assert.equal((await style(on)).backgroundColor, system.Highlight);
      assert.notEqual((await style(off)).backgroundColor, system.Highlight);
      assert.equal((await style(on, '::before')).backgroundColor, system.HighlightText);
      await modal.save();
      await modal.root.getByRole('group', { name: /need your attention/ }).waitFor();
      const [wrong, right] = [await style(modal.field('Endpoint URL')), await style(modal.field('Content type'))];
      assert.ok(parseFloat(wrong.borderTopWidth) > parseFloat(right.borderTopWidth), 'a field with an error has a thicker edge');
    });
  });
