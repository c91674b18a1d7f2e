import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { layoutProblems } from '../helpers/layout.js';
import { wantLessMotion } from '../helpers/less-motion.js';
import { everyElement, isThere, nameOf, roleOf } from '../helpers/page.js';
import { inEnglish, settled, show, Stage, states } from '../helpers/states.js';

const WIDTHS = [320, 1280];
/** WCAG 2.5.8, in CSS pixels. */
const TARGET = 24;

const roots = (stage: Stage): ShadowRoot[] => [...everyElement(stage.page.element)].flatMap(({ shadowRoot }) => shadowRoot ?? []).concat(stage.root);

/** Puts a person's own style sheet over the elements, as an extension of a browser does. */
async function withUserStyles(stage: Stage, css: string): Promise<void> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  for (const root of roots(stage)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  await settled(stage);
}

async function expectLayout(stage: Stage, widths = WIDTHS): Promise<void> {
  for (const width of widths) {
    await setViewport({ width, height: 900 });
    await settled(stage);
    const { scrollWidth, clientWidth } = document.documentElement;
    // Of the width, a scroll bar may take some.
    expect(scrollWidth, `the page at ${width} px`).to.be.at.most(clientWidth);
    expect(layoutProblems(stage.page.element), `at ${width} px`).to.deep.equal([]);
  }
}

/** What a press that misses would hit instead: the control, or the label that is a part of it. */
function targetOf(control: Element): DOMRect {
  const label = control.matches('input[type=checkbox], input[type=radio]') ? control.closest('label') : null;
  return (label ?? control).getBoundingClientRect();
}

const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"], [role=menuitem]';

afterEach(async () => {
  document.documentElement.removeAttribute('style');
  await setViewport({ width: 1280, height: 800 });
});

// Measured in Chromium alone: the others cannot emulate all of it, and size native controls by their own measure.

describe('with text of 200 %', () => {
  for (const state of states) {
    it(`of the whole page, nothing breaks: ${state.name}`, async () => {
      await setViewport({ width: 1280, height: 900 });
      document.documentElement.style.fontSize = '200%';
      await expectLayout(await show(state));
    });

    it(`of the element alone, nothing breaks, and all of it grows: ${state.name}`, async () => {
      await setViewport({ width: 1280, height: 900 });
      const stage = await show(state);
      const sizes = () =>
        new Map(
          [...everyElement(stage.page.element)]
            .filter((one) => isThere(one) && [...one.childNodes].some((node) => node instanceof Text && node.data.trim()))
            .map((one) => [one, parseFloat(getComputedStyle(one).fontSize)]),
        );
      const before = sizes();
      document.documentElement.style.setProperty('--webhook-font-size', '2em');
      await settled(stage);
      const small = [...sizes()].filter(([one, size]) => size < 1.95 * (before.get(one) ?? 0)).map(([one]) => one.outerHTML.slice(0, 80));
      expect(small).to.deep.equal([]);
      await expectLayout(stage);
    });
  }
});

describe('with the text spacing of WCAG 1.4.12', () => {
  const spacing = `
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`;

  for (const state of states)
    it(`nothing breaks: ${state.name}`, async () => {
      await setViewport({ width: 1280, height: 900 });
      const stage = await show(state);
      await withUserStyles(stage, spacing);
      await expectLayout(stage);
    });
});

describe('every target has 24 by 24 pixels', () => {
  for (const state of states)
    it(`in ${state.name}`, async () => {
      await setViewport({ width: 1280, height: 900 });
      const stage = await show(state);
      for (const width of WIDTHS) {
        await setViewport({ width, height: 900 });
        await settled(stage);
        const small = [...everyElement(stage.page.element)]
          .filter((one) => one.matches(controls) && isThere(one) && !one.closest('[inert]'))
          .map((one) => ({ one, box: targetOf(one) }))
          .filter(({ box }) => box.width > 0 && (box.width < TARGET - 0.01 || box.height < TARGET - 0.01))
          .map(({ one, box }) => `${roleOf(one) ?? one.localName} “${nameOf(one)}” ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`);
        expect(small, `at ${width} px`).to.deep.equal([]);
      }
    });
});

describe('where a person wants less motion', () => {
  for (const state of states)
    it(`nothing moves: ${state.name}`, async () => {
      await setViewport({ width: 1280, height: 900 });
      const stage = new Stage(inEnglish);
      await state.show(stage);
      wantLessMotion(stage.page.element);
      const moving = roots(stage).flatMap((root) => root.getAnimations().map(({ effect }) => (effect as KeyframeEffect).target?.outerHTML.slice(0, 60)));
      expect(moving).to.deep.equal([]);
      // Nor may anything be about to.
      const ready = [...everyElement(stage.page.element)].flatMap((element) =>
        ['', '::before', '::after', ...(element.localName === 'dialog' ? ['::backdrop'] : [])].flatMap((part) => {
          const { transitionDuration, transitionProperty, animationName } = getComputedStyle(element, part || undefined);
          const moves = transitionProperty !== 'none' && parseFloat(transitionDuration) > 0;
          // What is in no place on screen has no style.
          return moves || !['none', ''].includes(animationName) ? `${element.localName}.${element.className.toString()}${part}` : [];
        }),
      );
      expect(ready).to.deep.equal([]);
    });
});
