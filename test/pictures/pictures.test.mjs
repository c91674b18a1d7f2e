// Each state as a picture, against the one that someone has looked at and taken for right. Where they differ, the test fails
// and `test/pictures/out/` has both and what differs. `npm run pictures` takes them anew; look at each before it is committed.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { launchBrowser, openPage } from '../e2e/helpers/browser.mjs';
import { compare } from './compare.mjs';
import { encode, simplify } from './png.mjs';
import { mount, startStage } from './stage.mjs';
import { modalOf, states, tallHeight, variants } from './states.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const baselines = at('./baselines/');
const out = at('./out/');
const isTaking = !!process.env.TAKE_PICTURES;

let browser, stage;
before(async () => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(isTaking ? baselines : out, { recursive: true });
  stage = await startStage();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

/** Takes the picture of a state; `change` is done to the page before. */
async function take({ wish, reach, tall }, { lang, dir, viewport, ...context }, change) {
  const height = tall ? tallHeight[viewport.width < 640 ? 'narrow' : 'wide'] : viewport.height;
  const options = { ...context, viewport: { ...viewport, height }, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' };
  const { page, problems, close } = await openPage(browser, options);
  try {
    await page.clock.setFixedTime('2026-02-01T12:00:00Z');
    await page.goto(stage.url);
    await page.evaluate(([language, direction]) => Object.assign(document.documentElement, { lang: language, dir: direction }), [lang ?? 'en', dir ?? 'ltr']);
    await page.evaluate(mount, wish);
    await reach?.(page);
    // Until the texts of another language are there; the pointer rests where it changes nothing.
    if (lang) await page.waitForLoadState('networkidle');
    await page.mouse.move(0, 0);
    await page.evaluate(async () => {
      await document.querySelector('webhook-settings').updateComplete;
      await document.fonts.ready;
    });
    await change?.(page);
    // What lies over the page is a picture of its own.
    const shown = tall ? modalOf(page) : page;
    const screenshot = await shown.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
    assert.deepEqual(problems, []);
    return simplify(screenshot);
  } finally {
    await close();
  }
}

for (const [variant, settings] of Object.entries(variants))
  describe(`pictures, ${variant}`, () => {
    for (const [state, steps] of Object.entries(states))
      it(state, async () => {
        const name = `${state}.${variant}`;
        const picture = await take(steps, settings);
        const baseline = `${baselines}${name}.png`;
        if (isTaking) return writeFileSync(baseline, encode(picture));
        const keep = (what, one) => writeFileSync(`${out}${name}.${what}.png`, encode(one));
        if (!existsSync(baseline)) {
          keep('actual', picture);
          assert.fail(`There is no picture of “${name}” yet: \`npm run pictures\` takes it.`);
        }
        const expected = PNG.sync.read(readFileSync(baseline));
        const different = compare(expected, picture);
        if (!different) return;
        keep('expected', expected);
        keep('actual', picture);
        keep('difference', different.picture);
        assert.fail(`“${name}”: ${different.said}. See test/pictures/out/${name}.*.png`);
      });
  });

describe('the pictures', () => {
  it('are each of a state', () => {
    const known = Object.keys(states).flatMap((state) => Object.keys(variants).map((variant) => `${state}.${variant}.png`));
    assert.deepEqual(readdirSync(baselines).sort(), known.sort());
  });

  for (const [what, css] of [
    ['a colour', 'webhook-settings { --webhook-accent-color: #0969da; }'],
    ['one pixel of padding', 'webhook-settings { --webhook-density-unit: 4.25px; }'],
    ['a missing label', 'webhook-settings::part(badge) { visibility: hidden; }'],
    ['a radius', 'webhook-settings { --webhook-control-radius: 0; }'],
  ])
    it(`fail when a state changes: ${what}`, async () => {
      const expected = PNG.sync.read(readFileSync(`${baselines}list.light.png`));
      const picture = await take(states.list, variants.light, (page) => page.addStyleTag({ content: css }));
      assert.ok(compare(expected, picture), 'no difference was seen');
    });
});
