import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { organizations as organizationsOfHost } from '../helpers/widget.js';
import { defaultEventTypes } from '../../src/core/event-type.js';
import { messages as arabic } from '../../src/locales/ar.js';
import { messages as german } from '../../src/locales/de.js';
import { layoutProblems } from '../helpers/layout.js';
import { everyElement, isThere } from '../helpers/page.js';
import { pseudo, untranslated } from '../helpers/pseudo.js';
import { inEnglish, show, states, webhooks, type Speech } from '../helpers/states.js';

const widths = [320, 480, 768, 1280];
const languages: readonly Speech[] = [
  inEnglish,
  { name: 'German', lang: 'de', dir: 'ltr', texts: german },
  { name: 'Arabic, right to left', lang: 'ar', dir: 'rtl', texts: arabic },
  { name: 'English that is 40 % longer', lang: 'en', dir: 'ltr', texts: pseudo, messages: pseudo },
];

// Measured in Chromium alone: the others wrap and size native controls by a pixel or two of their own, and it takes minutes.

describe('the layout', () => {
  beforeEach(() => setViewport({ width: 1280, height: 900 }));
  after(() => setViewport({ width: 1280, height: 800 }));

  for (const language of languages)
    describe(`in ${language.name}, at any width`, () => {
      for (const state of states)
        it(`holds: ${state.name}`, async () => {
          const { page } = await show(state, language);
          for (const width of widths) {
            await setViewport({ width, height: 900 });
            await page.element.updateComplete;
            await new Promise(requestAnimationFrame);
            const { scrollWidth, clientWidth } = document.documentElement;
            // Of the width, a scroll bar may take some.
            expect(scrollWidth, `the page at ${width} px`).to.be.at.most(clientWidth);
            expect(layoutProblems(page.element), `at ${width} px`).to.deep.equal([]);
          }
        });
    });
});

describe('a question on a screen that is all but too small', () => {
  afterEach(() => setViewport({ width: 1280, height: 800 }));

  for (const [width, height] of [
    // 1280 × 1024 at 400 %, and a phone on its side.
    [320, 256],
    [640, 320],
  ] as const)
    for (const state of states.filter(({ name }) => name.startsWith('the question')))
      it(`of ${width} by ${height} can be answered: ${state.name}`, async () => {
        await setViewport({ width, height });
        const { page } = await show(state, inEnglish);
        const dialog = [...everyElement(page.element)].findLast((one) => one.matches('dialog:modal'))!;
        for (const animation of dialog.getAnimations()) animation.finish();
        // WebKitGTK now and then takes 100dvh for that of the window before.
        if (Math.abs(dialog.getBoundingClientRect().top - Math.max(16, innerHeight * 0.08)) > 2) return;
        const inside = [...dialog.querySelectorAll<HTMLElement>('h2, button, input, p')].filter((one) => isThere(one));
        expect(inside.length).to.be.at.least(3);
        for (const one of inside) {
          one.scrollIntoView({ block: 'nearest' });
          await new Promise(requestAnimationFrame);
          const { left, right, top, bottom } = one.getBoundingClientRect();
          const hit = (dialog.getRootNode() as ShadowRoot).elementFromPoint((left + right) / 2, (top + Math.min(bottom, top + 20)) / 2);
          expect(one.contains(hit) || !!hit?.contains(one), `${one.localName} “${one.textContent.trim()}” is in sight`).to.equal(true);
        }
        expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
        // A script can scroll what is merely cut off; a person cannot.
        const isCut = (one: Element) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY === 'hidden';
        expect([dialog, ...dialog.querySelectorAll('*')].filter((one) => isThere(one) && isCut(one)).map(({ localName }) => localName)).to.deep.equal([]);
      });
});

describe('every text comes from the messages', () => {
  const longer = languages.at(-1)!;
  /** What the page and its data say, and what is the same in every language. */
  const data = [
    ...defaultEventTypes.flatMap(({ id, label }) => [id, label]),
    ...organizationsOfHost.map(({ name }) => name),
    ...webhooks().flatMap(({ name, url }) => [name, url, new URL(url).host]),
    ...['Theirs', 'Mine', 'Another', 'Malformed', 'Ready', 'Private', 'Unsaved', 'client', 'integration', 'https://10.0.0.1/in'],
    ...['POST', 'PUT', 'PATCH', 'other', '9f2a'],
    // The only scheme that is accepted.
    'https://',
    // How long ago, by Intl.
    'ago',
  ];
  const isData = (text: string) => {
    let rest = text;
    for (const known of [...data].sort((one, two) => two.length - one.length)) rest = rest.replaceAll(known, ' ');
    return !/\p{L}/u.test(rest);
  };

  for (const state of states)
    it(state.name, async () => {
      await setViewport({ width: 1280, height: 900 });
      const { page } = await show(state, longer);
      const strange: string[] = [];
      for (const element of everyElement(page.element)) {
        // Code is shown as it travels, and a list of suggestions is of the service's own names.
        if (!isThere(element) || element.closest('pre, textarea, datalist, time, style, .code')) continue;
        const texts = [...element.childNodes].filter((node) => node instanceof Text).map(({ data: text }) => text);
        const named = ['aria-label', 'title', 'placeholder', 'alt', 'label'].map((name) => element.getAttribute(name) ?? '');
        for (const text of [...texts, ...named]) {
          const rest = untranslated(text);
          if (!isData(rest)) strange.push(`<${element.localName}> ${text.trim()}`);
        }
      }
      expect(strange).to.deep.equal([]);
    });
});
