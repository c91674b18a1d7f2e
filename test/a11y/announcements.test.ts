import { expect } from '@open-wc/testing';
import { AdapterError } from '../../src/core/adapter-error.js';
import type { WebhookAdapter } from '../../src/core/adapter.js';
import type { DeliveryAttempt } from '../../src/core/delivery.js';
import { writeExport } from '../../src/core/store/transfer.js';
import type { Webhook } from '../../src/core/webhook.js';
import { byHand, chooseAction } from '../helpers/hosts.js';
import { enter, everyElement, isThere, roleOf, textOf, until } from '../helpers/page.js';
import { memory, mountSettings, openSettings, organizations, say, storedWebhook, type SettingsPage } from '../helpers/widget.js';

const named = (...names: string[]) => names.map((name) => storedWebhook({ name }));
const taken: DeliveryAttempt = {
  id: 'del_1',
  eventType: 'milestone.status_change',
  outcome: 'succeeded',
  startedAt: '2026-01-31T12:00:00.000Z',
  request: { method: 'POST', url: 'https://hooks.example.com/in', headers: [], body: '{}' },
  response: { status: 200, headers: [], body: 'taken' },
};

/** The elements around this one, out of shadow roots. */
function isWithin(outer: Element, inner: Node): boolean {
  for (let node: Node | null = inner; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null)
    if (node === outer) return true;
  return false;
}

/** The modal dialog on top, or undefined: what is outside of it is inert, and a screen reader hears nothing from there. */
const topDialog = (page: SettingsPage): Element | undefined =>
  [...everyElement(page.element)].filter((element) => element.matches('dialog:modal')).at(-1);

/**
 * Listens as a screen reader does: to regions that are live, were there before what they say came (or are alerts), and
 * are neither outside an open modal dialog nor inert.
 */
function listen(page: SettingsPage) {
  const heard: string[] = [];
  const before = new Map<Element, string>();
  const read = (isFirst = false) => {
    const dialog = topDialog(page);
    for (const element of everyElement(page.element)) {
      const role = roleOf(element);
      if (role !== 'status' && role !== 'alert') continue;
      const text = textOf(element);
      const known = before.get(element);
      before.set(element, element.textContent);
      if (isFirst || !text || known === element.textContent || !isThere(element) || element.closest('[inert]')) continue;
      // A status that comes with its text is said by few.
      if (known === undefined && role === 'status') continue;
      if (!dialog || isWithin(dialog, element)) heard.push(text);
    }
  };
  read(true);
  let isOn = true;
  const follow = () => {
    read();
    if (isOn) requestAnimationFrame(follow);
  };
  follow();
  return { heard, stop: () => void (isOn = false) };
}

type Ears = ReturnType<typeof listen>;
const hears = (ears: Ears, text: string) =>
  until(() => ears.heard.some((one) => one.includes(text)), `“${text}” among ${JSON.stringify(ears.heard)}`);

// Listened to in Chromium alone: what is heard is what the elements write, not what the engine does with it.

describe('a screen reader hears', () => {
  let ears: Ears;
  const from = (page: SettingsPage): SettingsPage => {
    ears = listen(page);
    return page;
  };
  afterEach(() => ears.stop());

  describe('of the list', () => {
    it('how many there are at first, and after Load more', async () => {
      const { adapter, answers } = byHand();
      const page = from(await mountSettings({ adapter }));
      answers[0]!.resolve({ items: named('A', 'B'), nextCursor: 'more', total: 3 });
      await hears(ears, say('shownOf', { count: 2, total: 3 }));
      page.press('Load more');
      await until(() => answers.length === 2);
      answers[1]!.resolve({ items: named('C'), total: 3 });
      await hears(ears, say('shown', { count: 3 }));
    });

    it('that there is none yet', async () => {
      const { adapter, answers } = byHand();
      from(await mountSettings({ adapter }));
      answers[0]!.resolve({ items: [] });
      await hears(ears, say('shown', { count: 0 }));
    });

    it('how many a search finds, also where it is as many as before, and none', async () => {
      const page = from(await mountSettings());
      page.element.adapter = memory({ webhooks: named('Alpha', 'Beta', 'Gamma') }).adapter;
      const search = await page.appears<HTMLInputElement>('textbox', 'Search webhooks');
      await hears(ears, say('shown', { count: 3 }));
      enter(search, 'Alp');
      await until(() => page.names.join() === 'Alpha');
      await hears(ears, say('shown', { count: 1 }));
      const so = ears.heard.length;
      enter(search, 'Bet');
      await until(() => page.names.join() === 'Beta');
      await until(() => ears.heard.slice(so).includes(say('shown', { count: 1 })), 'the same count again');
      enter(search, 'none of them');
      await hears(ears, say('shown', { count: 0 }));
    });

    it('why it failed', async () => {
      const { adapter, answers } = byHand();
      from(await mountSettings({ adapter }));
      answers[0]!.reject(new AdapterError('network'));
      await hears(ears, say('loadFailed'));
      await hears(ears, say('error.network'));
    });

    it('what was added, saved, switched off and deleted, once no dialog is open any more', async () => {
      const page = from(await openSettings({ adapter: memory({ webhooks: named('Here') }).adapter }));
      const modal = await page.openAdd();
      await modal.fillValid({ Name: 'Mine' });
      modal.save();
      await hears(ears, say('added', { name: 'Mine' }));
      await page.openEdit('Mine');
      modal.fill('Name', 'Yours');
      modal.save();
      await hears(ears, say('saved', { name: 'Yours' }));
      await chooseAction(page, 'Yours', 'Deactivate');
      await hears(ears, say('deactivated', { name: 'Yours' }));
      await chooseAction(page, 'Yours', 'Delete');
      await page.appears('alertdialog');
      page.within('alertdialog').press('Delete');
      await hears(ears, say('deleted', { name: 'Yours' }));
    });

    it('what failed in a row', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = from(await openSettings({ adapter: { ...adapter, update: () => Promise.reject(new AdapterError('forbidden')) } }));
      await chooseAction(page, 'Here', 'Deactivate');
      await hears(ears, say('error.forbidden'));
    });
  });

  describe('inside the form', () => {
    it('how many fields are wrong', async () => {
      const page = from(await openSettings({ adapter: memory().adapter }));
      const modal = await page.openAdd();
      modal.fill('Name', 'Only a name');
      modal.save();
      await hears(ears, say('summaryTitle', { count: 3 }));
    });

    it('that it is being saved, and why that failed', async () => {
      const { adapter } = memory();
      let refuse!: (reason: unknown) => void;
      const create = () => new Promise<Webhook>((_, reject) => (refuse = reject));
      const page = from(await openSettings({ adapter: { ...adapter, create } }));
      const modal = await page.openAdd();
      await modal.fillValid();
      modal.save();
      await hears(ears, say('saving'));
      refuse(new AdapterError('validation', { fieldErrors: { url: 'Blocked.' } }));
      await hears(ears, say('saveFailed'));
      await hears(ears, say('error.validation'));
    });

    it('that saving was stopped', async () => {
      const { adapter } = memory();
      const page = from(await openSettings({ adapter: { ...adapter, create: () => new Promise<Webhook>(() => undefined) } }));
      const modal = await page.openAdd();
      await modal.fillValid();
      modal.save();
      await hears(ears, say('saving'));
      modal.press('Cancel');
      await hears(ears, say('savingStopped'));
    });

    it('that an organization was removed', async () => {
      const page = from(await openSettings({ adapter: memory().adapter, organizations }));
      const modal = await page.openAdd();
      await modal.chooseType('Basic');
      modal.fill('Org. specific authentication', true);
      await modal.settled();
      modal.fill('Organization', 'Northwind');
      await modal.settled();
      modal.press('Remove Organization');
      await hears(ears, say('organizationRemoved', { name: 'Northwind' }));
    });

    it('whether the request was copied, each time', async () => {
      const page = from(await openSettings({ adapter: memory().adapter }));
      const modal = await page.openAdd();
      const details = [...everyElement(modal.root)].find((one) => one.matches('details.preview')) as HTMLDetailsElement;
      details.open = true;
      const copy = await modal.appears('button', say('copyCurl'));
      const said = () => ears.heard.filter((text) => [say('copied'), say('copyFailed')].includes(text)).length;
      copy.click();
      await until(() => said() === 1);
      copy.click();
      await until(() => said() === 2);
    });
  });

  describe('inside the other dialogs', () => {
    it('why deleting failed', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      const page = from(await openSettings({ adapter: { ...adapter, delete: () => Promise.reject(new AdapterError('unavailable')) } }));
      await chooseAction(page, 'Here', 'Delete');
      await page.appears('alertdialog');
      page.within('alertdialog').press('Delete');
      await hears(ears, say('error.unavailable'));
    });

    it('how far a change of many has come, and how it ended', async () => {
      const { adapter } = memory({ webhooks: named('A', 'B') });
      const calls: (() => void)[] = [];
      const page = from(
        await openSettings({
          adapter: {
            ...adapter,
            update: async (id, changes, options) => {
              await new Promise<void>((resolve) => calls.push(resolve));
              return adapter.update(id, changes, { signal: options.signal });
            },
          },
        }),
      );
      for (const name of ['A', 'B']) page.get('checkbox', `Select ${name}`).click();
      await page.appears('button', 'Clear selection');
      page.press('Deactivate');
      await page.appears('alertdialog');
      page.within('alertdialog').press('Deactivate');
      await until(() => calls.length === 1);
      calls[0]!();
      await until(() => calls.length === 2);
      await hears(ears, say('progress', { count: 1, total: 2 }));
      calls[1]!();
      await hears(ears, say('deactivateDone', { count: 2 }));
    });

    it('what an import holds, how many were added, and one whose secrets were entered', async () => {
      const open = storedWebhook({ name: 'Open', authentication: { type: 'none', organizationSpecific: false, credentials: [] } });
      const file = new File([writeExport([open, ...named('Secret')])], 'webhooks.json', { type: 'application/json' });
      const page = from(await openSettings({ adapter: memory({ webhooks: named('Here') }).adapter }));
      page.press('More actions');
      (await page.appears('menuitem', say('import'))).click();
      await page.appears('dialog', say('importTitle'));
      const input = [...everyElement(page.root)].find((one) => one.matches('input[type=file]')) as HTMLInputElement;
      const files = new DataTransfer();
      files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
      await hears(ears, say('shown', { count: 2 }));
      page.press(say('importOne', { count: 1 }));
      await hears(ears, say('importDone', { count: 1 }));
      page.press(say('importEnter', { name: 'Secret' }));
      const modal = await page.modal.opened();
      modal.fill('Password', 'entered');
      modal.save();
      await hears(ears, say('added', { name: 'Secret' }));
    });

    it('that a file cannot be read', async () => {
      const page = from(await openSettings({ adapter: memory({ webhooks: named('Here') }).adapter }));
      page.press('More actions');
      (await page.appears('menuitem', say('import'))).click();
      await page.appears('dialog', say('importTitle'));
      const input = [...everyElement(page.root)].find((one) => one.matches('input[type=file]')) as HTMLInputElement;
      const files = new DataTransfer();
      files.items.add(new File(['no webhooks'], 'webhooks.json'));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
      await hears(ears, say('importInvalid'));
    });

    it('that a test is sent, how it went in a sentence and not in every line, and why it was not sent', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      let answer!: { resolve(attempt: DeliveryAttempt): void; reject(reason: unknown): void };
      const sendTest = () => new Promise<DeliveryAttempt>((resolve, reject) => (answer = { resolve, reject }));
      const page = from(await openSettings({ adapter: { ...adapter, sendTest } }));
      await chooseAction(page, 'Here', 'Send test event');
      await page.appears('dialog', say('testTitle'));
      page.press('Send');
      await hears(ears, say('sending'));
      answer.resolve(taken);
      await hears(ears, say('advice.2xx', { status: '200' }));
      expect(ears.heard.some((text) => text.includes('taken'))).to.equal(false);
      page.press('Send');
      await until(() => ears.heard.filter((text) => text === say('sending')).length === 2);
      answer.reject(new AdapterError('rate-limited'));
      await hears(ears, say('testNotSent'));
    });

    it('how many deliveries there are, at first, for a filter and after Load more; what was sent again; what failed', async () => {
      const { adapter } = memory({ webhooks: named('Here') });
      let isDown = false;
      const more: Partial<WebhookAdapter> = {
        listDeliveries: (_, { cursor, outcome }) =>
          isDown
            ? Promise.reject(new AdapterError('unavailable'))
            : Promise.resolve(
                outcome === 'pending' ? { items: [] } : cursor ? { items: [{ ...taken, id: 'del_2' }] } : { items: [taken], nextCursor: 'more' },
              ),
        redeliver: () => Promise.resolve(taken),
      };
      const page = from(await openSettings({ adapter: { ...adapter, ...more } }));
      await chooseAction(page, 'Here', 'View deliveries');
      await hears(ears, say('deliveriesShown', { count: 1 }));
      page.press('Load more');
      await hears(ears, say('deliveriesShown', { count: 2 }));
      enter(page.field<HTMLSelectElement>(say('outcome')), 'pending');
      await hears(ears, say('deliveriesShown', { count: 0 }));
      enter(page.field<HTMLSelectElement>(say('outcome')), '');
      await until(() => page.element.shadowRoot!.querySelector<HTMLElement>('.deliveries li summary'));
      page.element.shadowRoot!.querySelector<HTMLElement>('.deliveries li summary')!.click();
      (await page.appears('button', say('redeliver'))).click();
      await hears(ears, say('redelivered'));
      isDown = true;
      enter(page.field<HTMLSelectElement>(say('outcome')), 'failed');
      await hears(ears, say('deliveriesFailed'));
    });
  });
});
