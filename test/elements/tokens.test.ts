import { expect } from '@open-wc/testing';
import type { DeliveryAttempt } from '../../src/core/delivery.js';
import { chooseAction, openRowMenu } from '../helpers/hosts.js';
import { enter, everyElement, until } from '../helpers/page.js';
import { memory, openSettings, organizations, say, storedWebhook, type SettingsPage } from '../helpers/widget.js';

const style = document.createElement('style');
const few = `
  --webhook-font-family: TokenFont, sans-serif; --webhook-code-font-family: TokenCode, monospace; --webhook-font-size: 20px;
  --webhook-control-radius: 3px; --webhook-accent-color: rgb(1, 2, 200); --webhook-density-unit: 8px; --webhook-dialog-radius: 5px;`;

const attempt: DeliveryAttempt = {
  id: 'at_1',
  eventType: 'milestone.status_change',
  outcome: 'succeeded',
  startedAt: '2026-01-31T12:00:00.000Z',
  request: { method: 'POST', url: 'https://hooks.example.com/in', headers: [{ key: 'X-A', value: '1' }], body: '{}' },
  response: { status: 200, headers: [], body: 'ok' },
};

async function open(): Promise<SettingsPage> {
  const webhooks = [storedWebhook({ name: 'Live', health: { recent: ['succeeded'] } }), storedWebhook({ name: 'Off', active: false, test: true })];
  const { adapter } = memory({ webhooks });
  const page = await openSettings({
    organizations,
    eventSelection: 'multiple',
    adapter: {
      ...adapter,
      sendTest: () => Promise.resolve(attempt),
      listDeliveries: () => Promise.resolve({ items: [attempt] }),
      redeliver: () => Promise.resolve(attempt),
    },
  });
  await page.appears('textbox', 'Search webhooks');
  return page;
}

/** Each place with everything in it that there is to be dressed. */
const places: Readonly<Record<string, (page: SettingsPage) => Promise<unknown>>> = {
  'the list': (page) => {
    page.get('checkbox', 'Select Live').click();
    return page.appears('button', 'Clear selection');
  },
  'a menu': (page) => openRowMenu(page, 'Live'),
  'the question before deleting': (page) => chooseAction(page, 'Live', 'Delete').then(() => page.appears('alertdialog')),
  'the import': async (page) => {
    page.press('More actions');
    (await page.appears('menuitem', say('import'))).click();
    await page.appears('dialog', say('importTitle'));
  },
  'the form': async (page) => {
    const modal = await page.openEdit('Off');
    enter(modal.get<HTMLInputElement>('switch', 'Org. specific authentication'), true);
    await modal.settled();
    modal.requestHeaders.press('Add Header');
    modal.save();
    await until(() => modal.parts('error').length > 0);
    modal.element.shadowRoot!.querySelector<HTMLDetailsElement>('.preview')!.open = true;
    await until(() => modal.find('button', say('copyCurl')));
  },
  'the question before discarding': async (page) => {
    const modal = await page.openAdd();
    enter(modal.field('Name'), 'Unsaved');
    modal.press('Cancel');
    await modal.appears('alertdialog');
  },
  'a test call': async (page) => {
    await chooseAction(page, 'Live', say('sendTest'));
    await page.appears('dialog', say('testTitle'));
    page.within('dialog', say('testTitle')).press(say('send'));
    await until(() => page.text.includes(say('outcome.succeeded')));
  },
  'the deliveries': async (page) => {
    await chooseAction(page, 'Live', say('deliveries'));
    await page.appears('dialog', say('deliveriesTitle', { name: 'Live' }));
    for (const details of page.element.shadowRoot!.querySelectorAll<HTMLDetailsElement>('.deliveries details')) details.open = true;
  },
};

const hasText = (element: Element) => [...element.childNodes].some((node) => node instanceof Text && node.data.trim());
const told = (element: Element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${element.textContent.trim().slice(0, 20)}`;

describe('a handful of custom properties on the page’s root', () => {
  before(() => {
    style.textContent = `:root {${few}} body { font: 11px serif; }`;
    document.head.append(style);
  });
  after(() => style.remove());

  for (const [place, show] of Object.entries(places))
    it(`reaches everything in ${place}`, async () => {
      const page = await open();
      await show(page);
      const wrong: string[] = [];
      const expectStyle = (element: Element, name: string, value: string) => {
        const now = getComputedStyle(element).getPropertyValue(name);
        if (now !== value) wrong.push(`${told(element)}: ${name} ${now}, not ${value}`);
      };
      let seen = 0;
      // Once colours have reached what they change to.
      const roots = [page.element.shadowRoot!, page.modal.element.shadowRoot!];
      await Promise.all(roots.flatMap((root) => root.getAnimations()).map(({ finished }) => finished.catch(() => undefined)));
      for (const element of everyElement(page.element.shadowRoot!)) {
        if (!element.checkVisibility()) continue;
        seen += 1;
        const { fontFamily, fontSize } = getComputedStyle(element);
        const isCode = !!element.closest('.code, pre, textarea');
        if (hasText(element) || element.matches('input, select, textarea')) {
          if (!fontFamily.startsWith(isCode ? 'TokenCode' : 'TokenFont')) wrong.push(`${told(element)}: ${fontFamily}`);
          // Smaller and larger than the size that was set, but made from it: never from the page's.
          const ratio = parseFloat(fontSize) / 20;
          if (ratio < 0.64 || ratio > 1.5) wrong.push(`${told(element)}: ${fontSize}`);
        }
        if (element.matches('button:not(.link, .bare), select, textarea, input:not([type=checkbox], [type=radio], [type=file])'))
          expectStyle(element, 'border-top-left-radius', '3px');
        if (element.matches('dialog')) expectStyle(element, 'border-top-left-radius', '5px');
        if (element.matches('button.primary:not(.danger), [role=switch]:checked')) expectStyle(element, 'background-color', 'rgb(1, 2, 200)');
        if (element.matches('input[type=checkbox], input[type=radio], progress')) expectStyle(element, 'accent-color', 'rgb(1, 2, 200)');
        if (element.matches('.rows > .row')) expectStyle(element, 'padding', '24px 32px');
        if (element.matches('header, footer')) expectStyle(element, 'padding-block-start', '24px');
        if (element.matches('.dialog-body')) expectStyle(element, 'padding-block-start', '40px');
        if (element.matches('dialog.confirm')) expectStyle(element, 'padding-block-start', '48px');
        if (element.matches('.menu')) expectStyle(element, 'padding-block-start', '8px');
      }
      expect(seen).to.be.above(20);
      expect(wrong).to.deep.equal([]);
    });

  it('reaches the shape of what is a button only when it is looked at', async () => {
    const page = await open();
    for (const name of ['Live', 'Actions for Live']) {
      const button = page.get('button', name);
      button.focus();
      expect(button.matches(':focus-visible'), name).to.equal(true);
      expect(getComputedStyle(button).borderTopLeftRadius, name).to.equal('3px');
    }
  });

  it('keeps the menu button of a row in its place, however large the type is', async () => {
    const page = await open();
    page.element.style.setProperty('--webhook-font-size', '40px');
    const { width, height } = page.get('button', 'Actions for Live').getBoundingClientRect();
    expect([width, height]).to.deep.equal([24, 24]);
  });

  it('leaves each button with a text that can be read on it', async () => {
    const page = await open();
    await chooseAction(page, 'Live', 'Delete');
    const button = (await page.appears('alertdialog')).querySelector('.primary')!;
    const { color, backgroundColor } = getComputedStyle(button);
    expect(color).not.to.equal(backgroundColor);
  });
});

describe('the density', () => {
  afterEach(() => style.remove());

  for (const unit of ['1px', '3px', '4px', '6px'])
    it(`of ${unit} leaves targets of 24 px`, async () => {
      style.textContent = `:root { --webhook-density-unit: ${unit}; } body { font: 14px sans-serif; }`;
      document.head.append(style);
      const small: string[] = [];
      for (const show of [places['the list']!, places['a menu']!, places['the form']!, places['the deliveries']!]) {
        const page = await open();
        await show(page);
        for (const element of everyElement(page.element.shadowRoot!)) {
          // A link in a sentence is as high as its line (WCAG 2.5.8, inline); a box in a label is pressed by its label.
          if (!element.matches('button, input, select, summary, textarea') || !element.checkVisibility()) continue;
          const { width, height } = (element.matches('[type=checkbox]:not([role=switch])') ? element.closest('label')! : element).getBoundingClientRect();
          if (Math.min(width, height) < 23.9) small.push(`${told(element)}: ${width} × ${height}`);
        }
        page.element.remove();
      }
      expect(small).to.deep.equal([]);
    });
});
