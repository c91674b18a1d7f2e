import { expect, fixture, html } from '@open-wc/testing';
import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { nothing } from 'lit';
import type { AddWebhookModal } from '../../src/elements/add-webhook-modal/add-webhook-modal.js';
import type { Access, WebhookSettings } from '../../src/elements/webhook-settings/webhook-settings.js';
import { enter, until } from '../helpers/page.js';
import { atRest } from '../helpers/rest.js';
import { memory, ModalPage, mountSettings, say, SettingsPage, storedWebhook } from '../helpers/widget.js';

const { axe } = globalThis as unknown as { axe: typeof axeCore };

async function expectAccessible(element: Element): Promise<void> {
  await atRest(element);
  const { violations } = await axe.run(element, { rules: { region: { enabled: false }, 'heading-order': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: markup }) => markup).join('; ')}`)).to.deep.equal([]);
}

const words = html`
  <p slot="header">See <a href="https://docs.example.com/hooks">how to receive them</a>.</p>
  <p slot="empty">Connect your CRM here.</p>
  <p slot="no-match">Nobody called it that.</p>
  <p slot="denied">Write to it@example.com.</p>
  <p slot="unavailable">Part of the Team plan.</p>
  <a slot="modal-footer" href="https://docs.example.com/form">Help with this form</a>
`;

async function mount(properties: Partial<WebhookSettings>, content: unknown = words): Promise<SettingsPage> {
  const element = await fixture<WebhookSettings>(html`<webhook-settings>${content}</webhook-settings>`);
  Object.assign(element, properties);
  await element.updateComplete;
  return new SettingsPage(element).loaded();
}

const slotted = (page: SettingsPage, name: string) => page.element.querySelector(`[slot=${name}]`)!;
const isSeen = (element: Element) => element.getClientRects().length > 0;
const seen = (page: SettingsPage) => [...page.element.children].filter(isSeen).map(({ slot }) => slot);

// In Chromium alone: axe reads the colours of native drop-downs elsewhere as they are not painted.

describe('the slots of <webhook-settings>', () => {
  it('header: stands between the heading and the list, with a link that works by keyboard', async () => {
    const page = await mount({ adapter: memory({ webhooks: [storedWebhook({ name: 'One' })] }).adapter });
    expect(seen(page)).to.deep.equal(['header']);
    const header = slotted(page, 'header').getBoundingClientRect();
    expect(header.top).to.be.at.least(page.get('heading', 'Webhooks').getBoundingClientRect().bottom);
    expect(header.bottom).to.be.at.most(page.parts('list')[0]!.getBoundingClientRect().top);
    expect(page.text).to.include('See how to receive them.');
    const link = slotted(page, 'header').querySelector('a')!;
    link.focus();
    expect(document.activeElement).to.equal(link);
    await expectAccessible(page.element);
  });

  it('empty: replaces the text, not the button', async () => {
    const page = await mount({ adapter: memory().adapter });
    expect(seen(page)).to.deep.equal(['header', 'empty']);
    expect(page.text).to.include('Connect your CRM here.').and.not.include(say('empty')).and.not.include(say('emptyHint'));
    await expectAccessible(page.element);
    await page.openAdd();
  });

  it('no-match: replaces the text, not the button', async () => {
    const page = await mount({ adapter: memory({ webhooks: [storedWebhook({ name: 'One' })] }).adapter });
    enter(await page.appears<HTMLInputElement>('textbox', 'Search webhooks'), 'nothing like it');
    await page.appears('button', 'Clear filters');
    expect(seen(page)).to.deep.equal(['header', 'no-match']);
    expect(page.text).to.include('Nobody called it that.').and.not.include(say('noMatch'));
  });

  for (const access of ['denied', 'unavailable'] as const)
    it(`${access}: replaces the text of that gate alone`, async () => {
      const page = await mount({ access, adapter: memory().adapter });
      expect(seen(page)).to.deep.equal(['header', access]);
      expect(page.text).to.include(slotted(page, access).textContent).and.not.include(say(access)).and.not.include(say(`${access}Hint`));
      await expectAccessible(page.element);
    });

  for (const access of ['denied', 'unavailable'] satisfies Access[])
    it(`${access}, without words of the host: says what it says by itself`, async () => {
      const page = await mount({ access }, nothing);
      expect(page.text).to.include(say(access)).and.include(say(`${access}Hint`));
    });

  it('modal-footer: is in the open form, beside its buttons, and nowhere before', async () => {
    const page = await mount({ adapter: memory().adapter });
    const link = slotted(page, 'modal-footer') as HTMLElement;
    expect(isSeen(link)).to.equal(false);
    const modal = await page.openAdd();
    expect(isSeen(link)).to.equal(true);
    const [footer, box, save] = [modal.parts('dialog-footer')[0]!, link, modal.button('Save')].map((one) => one.getBoundingClientRect());
    expect(box!.top >= footer!.top && box!.bottom <= footer!.bottom, 'within the footer').to.equal(true);
    expect(box!.right).to.be.at.most(save!.left);
    expect(modal.text).to.include('Help with this form');
    link.focus();
    expect(document.activeElement).to.equal(link);
    await expectAccessible(page.element);
    modal.press('Cancel');
    await modal.closed();
    expect(isSeen(link)).to.equal(false);
  });

  it('take up no room where they are not used', async () => {
    const page = await mountSettings({ adapter: memory().adapter });
    await page.loaded();
    const toolbar = page.parts('toolbar')[0]!.getBoundingClientRect();
    const empty = page.parts('empty')[0]!.getBoundingClientRect();
    expect(empty.top - toolbar.bottom).to.equal(16);
    await page.openAdd();
    const footer = page.modal.parts('dialog-footer')[0]!;
    const padding = parseFloat(getComputedStyle(footer).paddingInlineStart);
    expect(footer.getBoundingClientRect().right - page.modal.parts('toolbar')[0]!.getBoundingClientRect().right).to.be.closeTo(padding, 1);
    expect(footer.getBoundingClientRect().height).to.be.below(64);
  });

  it('show what the page puts in later, and their own text again when it is gone', async () => {
    const page = await mount({ access: 'denied' }, nothing);
    const own = document.createElement('strong');
    own.slot = 'denied';
    own.textContent = 'Ask Maya.';
    page.element.append(own);
    await until(() => page.text.includes('Ask Maya.') && !page.text.includes(say('denied')));
    own.remove();
    await until(() => page.text.includes(say('denied')));
  });

  it('ignore what has no slot', async () => {
    const page = await mount({ adapter: memory().adapter }, html`<p>Loading the page…</p>`);
    expect(seen(page)).to.deep.equal([]);
    expect(page.text).to.include(say('empty'));
  });
});

describe('the slot of <add-webhook-modal>', () => {
  it('footer: is beside the buttons, long texts too', async () => {
    const long = 'Calls are retried for three days; after that the webhook is switched off and its owner gets a message. '.repeat(2);
    const element = await fixture<AddWebhookModal>(html`<add-webhook-modal><p slot="footer">${long}</p></add-webhook-modal>`);
    await element.show();
    const modal = await new ModalPage(element).opened();
    expect(modal.text).to.include('Calls are retried');
    const footer = modal.parts('dialog-footer')[0]!;
    const text = element.querySelector('p')!.getBoundingClientRect();
    const buttons = modal.parts('toolbar')[0]!.getBoundingClientRect();
    expect(text.right <= buttons.left || text.top >= buttons.bottom || text.bottom <= buttons.top, 'apart from the buttons').to.equal(true);
    expect(footer.scrollWidth).to.be.at.most(footer.clientWidth);
    await expectAccessible(element);
  });
});
