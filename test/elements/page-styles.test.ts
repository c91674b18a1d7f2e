import { expect } from '@open-wc/testing';
import { chooseAction, openRowMenu } from '../helpers/hosts.js';
import { enter, everyElement, until } from '../helpers/page.js';
import { atRest } from '../helpers/rest.js';
import { memory, openSettings, organizations, say, storedWebhook, type SettingsPage } from '../helpers/widget.js';

/** What pages do to every element, or to elements of a kind, sometimes without meaning the widget. */
const pages: Readonly<Record<string, string>> = {
  'unsets everything': '* { all: unset; }',
  'sets everything to its initial value': '* { all: initial !important; }',
  'changes every box': `*, *::before, *::after {
    box-sizing: content-box !important; margin: 13px !important; padding: 7px !important; border: 3px solid red !important;
    min-width: 30px !important; max-height: none !important; border-radius: 0 !important; outline: 1px solid red !important;
    transition: all 9s !important; animation-duration: 9s !important; float: left; background: pink !important; }`,
  'hides or dwarfs what forms are made of': `button, dialog, form, fieldset, svg, details, h2, h3, p, strong, footer, header, section, slot, i {
      display: none !important; }
    input, select, textarea { width: 10px !important; height: 4px !important; appearance: none !important; opacity: 0 !important; }
    label, ul, li, legend { position: absolute !important; font-size: 60px !important; }
    [popover] { display: none !important; } ::backdrop { background: red !important; }`,
  'has the same class names, ids, roles and parts': `.base, .row, .card, .list, .buttons, .badge, .notice, .danger, .primary, .menu, .icon, .field, .form, .label,
    #heading, #name, #url, [role], [part], [popover] { display: none !important; color: red !important; }`,
  'sets what is inherited': `* {
    letter-spacing: 1em; word-spacing: 2em; word-break: break-all; text-transform: uppercase; line-height: 3; text-align: center;
    text-indent: 50px; white-space: nowrap; text-shadow: 1px 1px red; cursor: none; accent-color: red; list-style: square inside; }`,
  'sets what is inherited, and means it': `* {
    letter-spacing: 1em !important; word-spacing: 2em !important; text-transform: uppercase !important; line-height: 3 !important;
    text-align: right !important; text-indent: 50px !important; white-space: pre !important; cursor: wait !important; }`,
  'has a root of 9 px': `:root { font-size: 9px; line-height: 3; }`,
};

const style = document.createElement('style');

/** The element in a place of its own, as wide on every page, and of one font size. */
async function openFramed(): Promise<SettingsPage> {
  const health = { recent: ['succeeded', 'failed', 'succeeded'] as const };
  const webhooks = [
    storedWebhook({ name: 'Live', health: { ...health, recent: [...health.recent] } }),
    storedWebhook({ name: 'Off', test: true, active: false }),
  ];
  const page = await openSettings({ organizations, adapter: memory({ webhooks }).adapter });
  await page.appears('textbox', 'Search webhooks');
  page.element.parentElement!.style.cssText = 'all: initial !important; display: block !important; width: 720px !important;';
  page.element.parentElement!.className = 'frame';
  // Its own box belongs to the page; what is inside of it does not.
  page.element.style.cssText = 'box-sizing: content-box !important; width: 720px !important; --webhook-font-size: 16px;';
  return page;
}

async function settled(page: SettingsPage): Promise<void> {
  await page.element.updateComplete;
  await page.modal.settled();
  await atRest(page.element);
}

/** Where it is on the screen is the page's: the sizes and the look are the widget's. */
const skipped = /^(inset|top|left|right|bottom|-webkit-locale|perspective-origin|transform-origin|caret-color|(-webkit-)?(text-)?(emphasis|stroke|fill).*)/;

/** Automatic margins come to what the page's scrollbars leave of the window: what stays is that a dialog is in its middle. */
function middle(values: Map<string, string>): void {
  for (const [before, after] of [['left', 'right'], ['top', 'bottom'], ['inline-start', 'inline-end'], ['block-start', 'block-end']]) {
    const [one, other] = [`margin-${before}`, `margin-${after}`];
    if (values.get(one) !== values.get(other)) continue;
    values.set(one, 'auto').set(other, 'auto');
  }
}

interface Look {
  readonly values: ReadonlyMap<string, string>;
  readonly box: DOMRect;
}

/** Where an element begins may be between two pixels, and Firefox then rounds its size another way. In CSS pixels. */
const ROUNDING = 0.25;

/** What each element looks like, and how large it is. */
function look(page: SettingsPage): Map<Element, Look> {
  const looks = new Map<Element, Look>();
  for (const element of everyElement(page.element.shadowRoot!)) {
    // It has no box of its own, and what it hands on is reset inside of it.
    if (element === page.modal.element) continue;
    const computed = getComputedStyle(element);
    const isItem = computed.display === 'list-item';
    const names = [...computed].filter((name) => !skipped.test(name) && (isItem || !name.startsWith('list-style')));
    const values = new Map(names.map((name) => [name, computed.getPropertyValue(name)]));
    if (element.matches('dialog:modal')) middle(values);
    looks.set(element, { values, box: element.getBoundingClientRect() });
  }
  return looks;
}

function differences(before: ReturnType<typeof look>, after: ReturnType<typeof look>): string[] {
  return [...before].flatMap(([element, { values, box }]) => {
    const now = after.get(element)!;
    const changed = [...values].flatMap(([name, value]) => (now.values.get(name) === value ? [] : `${name}: ${value} → ${now.values.get(name)}`));
    for (const side of ['width', 'height'] as const)
      if (Math.abs(now.box[side] - box[side]) > ROUNDING) changed.push(`${side}: ${box[side]} → ${now.box[side]}`);
    return changed.map((change) => `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${change}`);
  });
}

const states: Readonly<Record<string, (page: SettingsPage) => Promise<unknown>>> = {
  'the list with a menu': (page) => openRowMenu(page, 'Live'),
  'the form': async (page) => {
    const modal = await page.openAdd();
    await modal.chooseType('Basic');
    enter(modal.get<HTMLInputElement>('switch', 'Org. specific authentication'), true);
    await modal.settled();
    modal.requestHeaders.press('Add Header');
    modal.save();
    await until(() => modal.parts('error').length > 0);
  },
  'the question before deleting': (page) => chooseAction(page, 'Live', 'Delete').then(() => page.appears('alertdialog')),
  'the import': async (page) => {
    page.press('More actions');
    (await page.appears('menuitem', say('import'))).click();
    await page.appears('dialog', say('importTitle'));
  },
};

describe('the styles of the page around', () => {
  afterEach(() => style.remove());

  for (const [state, show] of Object.entries(states))
    for (const [name, css] of Object.entries(pages))
      it(`change nothing in ${state} where the page ${name}`, async () => {
        const page = await openFramed();
        await show(page);
        (document.activeElement as HTMLElement | null)?.blur();
        await settled(page);
        const before = look(page);
        style.textContent = css;
        document.head.append(style);
        await settled(page);
        const changed = differences(before, look(page));
        expect(changed.slice(0, 12), `${changed.length} differences`).to.deep.equal([]);
      });

  it('reach the font, the colours and the direction, which a page means to set', async () => {
    const page = await openFramed();
    style.textContent = '#around { font: italic 20px Georgia; color: rgb(1, 2, 3); direction: rtl; visibility: hidden; }';
    document.head.append(style);
    page.element.parentElement!.removeAttribute('style');
    page.element.removeAttribute('style');
    page.element.parentElement!.id = 'around';
    const { fontFamily, fontStyle, fontSize, color, direction, visibility } = getComputedStyle(page.parts('base')[0]!);
    expect([fontFamily, fontStyle, fontSize, color, direction, visibility]).to.deep.equal(
      ['Georgia', 'italic', '20px', 'rgb(1, 2, 3)', 'rtl', 'hidden'],
    );
  });

  it('cannot show what the page has hidden by the attribute', async () => {
    const page = await openFramed();
    page.element.hidden = true;
    style.textContent = '* { display: block !important; }';
    document.head.append(style);
    expect(page.element.getClientRects().length).to.equal(0);
  });
});

describe('the page around', () => {
  /** Everything in the document that the widget could have left something in. */
  function traces(): Record<string, unknown> {
    const probes = ['button', 'input', 'dialog', 'h2', 'p', 'select'].map((name) => document.createElement(name));
    // Out of the flow, where no scroll bar of the page makes one narrower.
    for (const probe of probes) probe.style.cssText = 'position: absolute; inset: 0 auto auto 0';
    document.body.append(...probes);
    const looks = probes.map((probe) => [...getComputedStyle(probe)].map((name) => getComputedStyle(probe).getPropertyValue(name)).join());
    for (const probe of probes) probe.remove();
    return {
      looks,
      head: document.head.childElementCount,
      sheets: document.styleSheets.length,
      adopted: document.adoptedStyleSheets.length,
      body: [...document.body.children].filter((child) => !child.matches('.frame')).map(({ outerHTML }) => outerHTML),
      attributes: [document.documentElement, document.body].map(({ attributes }) => [...attributes].map(({ name, value }) => `${name}=${value}`)),
      globals: Object.keys(globalThis).length,
      title: document.title,
      address: location.href,
    };
  }

  it('has nothing more in it and looks as it did, whatever was opened', async () => {
    const before = traces();
    for (const show of Object.values(states)) {
      const page = await openFramed();
      await show(page);
      await settled(page);
      expect(traces()).to.deep.equal(before);
      page.element.remove();
    }
  });
});
